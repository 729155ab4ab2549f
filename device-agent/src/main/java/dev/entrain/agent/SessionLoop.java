package dev.entrain.agent;

import dev.entrain.config.Prescription;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.Moment;
import dev.entrain.journal.SessionFiles;
import dev.entrain.journal.SessionHeader;
import dev.entrain.journal.SessionRecord;
import dev.entrain.journal.SessionWriter;
import dev.entrain.ring.SlotRing;
import dev.entrain.session.SessionEvent;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The body of the session's thread: keeps the session in its folder. A full disk is counted and told; the walk goes on, and
 * what fits into memory is written when there is room again.
 */
final class SessionLoop implements Runnable {
    private static final long PAUSE_NS = 50_000_000L;

    /** So much of a session is lost at most when the power goes. */
    private static final long FLUSH_NS = 5_000_000_000L;

    private final SlotRing<SessionRecord> records;
    private final Prescription prescription;
    private final Path sessionsDir;
    private final @Nullable InterruptedSession interrupted;
    private final Counters counters;
    private final NanoClock clock;
    private final WallClock wall;
    private final String bootId;
    private @Nullable SessionWriter writer;
    private boolean begun;
    private boolean important;
    private boolean failing;
    private long countedLost;
    private long flushedNs;
    private volatile @Nullable Path folder;
    private volatile boolean over;
    private volatile boolean stopping;

    /**
     * Makes the loop.
     *
     * @param records from the control thread; this loop is the consumer
     * @param sessionsDir where a new session's folder is made
     * @param interrupted the session that goes on; null for a new one
     * @param bootId of this start of the machine
     */
    SessionLoop(
            SlotRing<SessionRecord> records,
            Prescription prescription,
            Path sessionsDir,
            @Nullable InterruptedSession interrupted,
            Counters counters,
            NanoClock clock,
            WallClock wall,
            String bootId) {
        this.records = records;
        this.prescription = prescription;
        this.sessionsDir = sessionsDir;
        this.interrupted = interrupted;
        this.counters = counters;
        this.clock = clock;
        this.wall = wall;
        this.bootId = bootId;
    }

    @Override
    public void run() {
        while (!stopping) {
            round(clock.nowNs());
            LockSupport.parkNanos(this, PAUSE_NS);
        }
        round(clock.nowNs());
        close();
    }

    /** Any thread: asks the loop to write what is left and end. */
    void stop() {
        stopping = true;
    }

    /** Any thread: returns the session's folder; null before it began. */
    @Nullable
    Path folder() {
        return folder;
    }

    /** Any thread: returns whether the session ended and all of it was handed to the disk. */
    boolean over() {
        return over;
    }

    private void round(long nowNs) {
        Moment now = new Moment(nowNs, wall.now(), bootId);
        SessionRecord record = records.peek();
        while (record != null) { // Ends: far fewer come than can be taken.
            take(record, now);
            records.release();
            record = records.peek();
        }
        SessionWriter open = writer;
        if (open == null) {
            return;
        }
        open.settle(nowNs);
        if (open.ended()) {
            // Not before all of it is on the disk: a session that has ended must not be found again as interrupted.
            if (nowNs - flushedNs >= FLUSH_NS || !failing) {
                flushedNs = nowNs;
                if (flush(open)) {
                    close();
                }
            }
            return;
        }
        if (important || nowNs - flushedNs >= FLUSH_NS) {
            important = false;
            flushedNs = nowNs;
            flush(open);
        }
    }

    private void take(SessionRecord record, Moment now) {
        try {
            if (!begun) {
                begun = true;
                writer = open(record, now);
                folder = writer.folder();
                Logger.info("The session is kept in {}", writer.folder());
            }
            SessionWriter open = writer;
            if (open != null && !open.ended()) {
                open.take(record, now);
                important |= record.kind == SessionRecord.Kind.EVENT && lasting(record.event.kind);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private static boolean lasting(SessionEvent.Kind kind) {
        return switch (kind) {
            case LOCKED, UNLOCKED -> false; // They come often and mean nothing to a restart.
            default -> true;
        };
    }

    private SessionWriter open(SessionRecord first, Moment now) throws IOException {
        if (interrupted != null) {
            try {
                return SessionWriter.goOn(interrupted.folder(), interrupted.originNs());
            } catch (IOException e) {
                Logger.warn(
                        "{} can't be gone on with: {}. The rest is kept as a session of its own.",
                        interrupted.folder(),
                        e.getMessage());
            }
        }
        Instant started =
                now.utc().minusNanos(Math.max(0, now.timeNs() - first.timeNs)).truncatedTo(ChronoUnit.MILLIS);
        String id = newId(started, now.timeNs());
        return SessionWriter.begin(
                sessionsDir.resolve(SessionFiles.folderName(started, id)),
                new SessionHeader(
                        id,
                        prescription.programme().name(),
                        prescription.programme().condition().name().toLowerCase(Locale.ROOT),
                        started,
                        Double.NaN,
                        false,
                        null,
                        null),
                prescription.text(),
                first.timeNs);
    }

    /** A name that says nothing of the patient; both clocks together differ between units and starts. */
    private static String newId(Instant started, long nowNs) {
        long bits = new SplittableRandom(nowNs ^ Long.rotateLeft(started.toEpochMilli(), Integer.SIZE)).nextLong();
        return String.format(Locale.ROOT, "%012x", bits >>> 16);
    }

    /** Returns whether all that was rows by now is on the disk. */
    private boolean flush(SessionWriter open) {
        boolean done = false;
        try {
            open.flush();
            done = true;
            if (failing) {
                failing = false;
                Logger.info("The session is written to the disk again");
            }
        } catch (IOException e) {
            failed(e);
        }
        countLost(open);
        return done;
    }

    private void close() {
        SessionWriter open = writer;
        if (open == null) {
            return;
        }
        writer = null;
        try {
            open.close();
        } catch (IOException e) {
            failed(e);
        }
        countLost(open);
        long refused = counters.get(Counter.SESSION_REFUSED);
        if (refused + open.lost() > 0) {
            Logger.warn("{} lacks {} facts: the disk was too slow or full", open.folder(), refused + open.lost());
        }
        over = open.ended();
    }

    private void countLost(SessionWriter open) {
        counters.add(Counter.SESSION_ROWS_LOST, open.lost() - countedLost);
        countedLost = open.lost();
    }

    private void failed(IOException e) {
        counters.increment(Counter.SESSION_WRITES_FAILED);
        if (!failing) {
            failing = true;
            Logger.error(
                    "The session can't be written: {}. The walk goes on; free some space, or correct state_dir.",
                    e.toString());
        }
    }
}
