package dev.entrain.journal.sqlite;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.ClockReading;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RawFolder;
import dev.entrain.journal.RecordKind;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Brings what is pending into the file, transaction by transaction, and does what helps when the disk refuses or the file is
 * damaged. Not thread-safe, but for {@link #append}, {@link #lastSeq} and {@link #waiting}.
 */
final class JournalWriter implements AutoCloseable {
    private static final int MOST_ROUNDS = 16;
    private static final int COMMITS_PER_ROOM_CHECK = 64;

    private final String bootId;
    private final NanoClock clock;
    private final WallClock wall;
    private final Counters counters;
    private final Pending pending;
    private final DiskRoom room;
    private final RawFolder raw;
    private final PendingSessions sessionsPending = new PendingSessions();
    private final SequenceMark mark;
    private final Refusal refusal;
    private final CurrentFile current;
    private int commits;
    private volatile long lastSeq;
    private final AtomicLong waiting = new AtomicLong();

    JournalWriter(
            Path file,
            JournalLimits limits,
            String bootId,
            NanoClock clock,
            WallClock wall,
            Counters counters,
            String synchronous)
            throws JournalException {
        Path stateDir = Objects.requireNonNull(file.getParent(), "the journal is in a folder");
        this.bootId = bootId;
        this.clock = clock;
        this.wall = wall;
        this.counters = counters;
        room = new DiskRoom(stateDir);
        raw = new RawFolder(stateDir);
        refusal = new Refusal(file);
        mark = new SequenceMark(file, bootId);
        current = new CurrentFile(file, limits, synchronous, mark.closedInOrder());
        try {
            JournalStore store = current.store();
            lastSeq = Math.max(mark.floor(clock.nowNs()), store.lastSeqKept());
            mark.begin(lastSeq, clock.nowNs());
            pending = new Pending(lastSeq);
            begin(store);
        } catch (SQLException e) {
            throw new JournalException(file + ": can't be opened (" + e.getMessage() + ")", e);
        } catch (JournalException | RuntimeException e) {
            current.close(); // Who tries next, in this process, shall find it free.
            throw e;
        }
        current.takeTold().forEach(this::tellDamage);
        room.prepare();
    }

    long append(RecordKind kind, @Nullable String session, long timeNs, byte[] body, @Nullable ClockReading reading) {
        return pending.append(kind, session, timeNs, body, reading);
    }

    private void append(RecordKind kind, byte[] body) {
        append(kind, null, clock.nowNs(), body, null);
    }

    void putSession(KeptSession session) {
        sessionsPending.put(session);
    }

    /** Returns the greatest durable number. */
    long lastSeq() {
        return lastSeq;
    }

    /** Returns how many durable records wait for the clinic. */
    long waiting() {
        return waiting.get();
    }

    /** Writes what is pending; returns false if the disk refuses whatever is tried. */
    boolean commit() {
        boolean done = flush();
        if (done && pending.lostCount() > 0) {
            for (Pending.Lost lost : pending.takeLost()) {
                counters.add(Counter.JOURNAL_RECORDS_LOST, lost.count());
                append(RecordKind.LOST, RecordBodies.lost(clock.nowNs(), lost));
            }
            done = flush();
        }
        if (done && ++commits % COMMITS_PER_ROOM_CHECK == 0) {
            room.prepare();
        }
        if (!done) {
            counters.increment(Counter.JOURNAL_WRITES_FAILED);
        }
        refusal.committed(done);
        return done;
    }

    /** Notes what the clinic has; returns false if that can't be, or the file can't be read. */
    boolean settle(String boot, long upToSeq) {
        Long settled = answer(store -> store.acknowledge(boot, upToSeq, lastSeq));
        waiting.addAndGet(settled == null ? 0 : -Math.max(0, settled));
        return settled != null && settled >= 0;
    }

    /** Writes what it can, and closes the file. */
    @Override
    public void close() {
        boolean done = commit();
        boolean open = current.isOpen();
        current.close();
        if (done && open) {
            mark.closed();
        }
    }

    /** One transaction after the other until nothing is left, or the disk refuses whatever is tried. */
    private boolean flush() {
        if (!current.isOpen() && !renew()) {
            return false;
        }
        boolean forced = false;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<KeptSession> sessions = sessionsPending.take();
            Pending.Batch batch = null;
            try {
                JournalStore store = current.store();
                if (pending.isEmpty() && sessions.isEmpty() && !store.changed()) {
                    if (forced) {
                        remakeDiskRoom(store);
                    }
                    return true;
                }
                boolean tight = forced || store.low();
                batch = pending.take(tight ? RecordKind.values().length : 0);
                mark.cover(pending.lastSeq(), clock.nowNs());
                JournalStore.Written written = store.write(batch, sessions, tight, forced, lastSeq, clock.nowNs());
                counters.add(Counter.JOURNAL_RECORDS_LOST, written.lost());
                waiting.addAndGet(written.waiting());
                lastSeq = Math.max(lastSeq, written.lastSeq());
                if (!written.whole()) {
                    putBack(batch, written.lastSeq() > 0);
                    if (written.removed() == 0) {
                        return false;
                    }
                }
            } catch (SQLException e) {
                rollback();
                sessionsPending.putBack(sessions);
                if (batch != null) {
                    pending.putBack(batch);
                }
                if (!mend(e)) {
                    return false;
                }
                forced = Database.refused(e);
            }
        }
        return false;
    }

    /** Nothing that is not on the disk may have a smaller number than what is: who sends that says that nothing is before it. */
    private void putBack(Pending.Batch batch, boolean overtaken) {
        if (overtaken) {
            pending.putBackAbove(batch);
        } else {
            pending.putBack(batch);
        }
    }

    @SuppressWarnings("EmptyCatch") // No file, nothing to take back.
    private void rollback() {
        try {
            current.store().rollback();
        } catch (SQLException closed) {
        }
    }

    /** Does what may help against a refusal. Returns whether to try again. */
    private boolean mend(SQLException e) {
        if (Database.damaged(e)) {
            return setAside(e);
        }
        refusal.because("can't be written (" + e.getMessage() + ").");
        return Database.refused(e) && (raw.giveOldestUp() || makeDiskRoom());
    }

    /** Whether deleting what the clinic has may help; then there is room on the disk for it. */
    private boolean makeDiskRoom() {
        try {
            if (!current.store().canGiveWay(lastSeq)) {
                return false;
            }
            room.giveUp();
            current.store().resetLog();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** The disk was full and deleting helped: deletes on, until the disk has room for the next time. */
    private void remakeDiskRoom(JournalStore store) {
        try {
            for (int i = 0; i < MOST_ROUNDS && !store.canGiveBack(); i++) {
                Pending.Batch nothing = new Pending.Batch(List.of(), 0, lastSeq + 1);
                if (store.write(nothing, List.of(), true, true, lastSeq, clock.nowNs())
                                .removed()
                        == 0) {
                    break;
                }
                store.resetLog();
            }
            store.giveBack();
        } catch (SQLException e) {
            store.rollback();
        }
        room.prepare();
    }

    /**
     * The file turned out to be damaged: goes on with a fresh one. What waited for the clinic in the damaged one will not
     * come, which is told as LOST. Returns whether there is a fresh one; if not, every commit tries again.
     */
    private boolean setAside(SQLException e) {
        long gone = waiting.getAndSet(0);
        if (gone > 0 && current.isOpen()) {
            counters.add(Counter.JOURNAL_RECORDS_LOST, gone);
            long nowNs = clock.nowNs();
            append(RecordKind.LOST, RecordBodies.lost(nowNs, "unknown", gone, firstWaiting(), lastSeq));
        }
        current.damaged(String.valueOf(e.getMessage()));
        return renew();
    }

    private long firstWaiting() {
        try {
            return current.store().acknowledgedUpTo(lastSeq) + 1;
        } catch (SQLException e) {
            return lastSeq;
        }
    }

    /** Begins a fresh file where there is none. */
    private boolean renew() {
        try {
            begin(current.renew());
        } catch (JournalException e) {
            current.close();
            refusal.because(String.valueOf(e.getMessage()));
            return false;
        }
        current.takeTold().forEach(this::tellDamage);
        return true;
    }

    private void begin(JournalStore fresh) throws JournalException {
        waiting.set(fresh.begin(bootId, lastSeq + 1, clock.nowNs(), wall.now()));
    }

    private void tellDamage(String text) {
        Logger.error("{}", text);
        append(RecordKind.FAULT, RecordBodies.fault(clock.nowNs(), "journal_damaged", text));
    }

    /** What is asked of the file. */
    @FunctionalInterface
    interface Question<T> {
        T answer(JournalStore store) throws SQLException;
    }

    /** Asks the file; null if it can't be read. A damaged one is found by reading as well, and gives way to a fresh one. */
    <T> @Nullable T answer(Question<T> question) {
        if (!current.isOpen()) {
            return null;
        }
        try {
            return question.answer(current.store());
        } catch (SQLException e) {
            if (!Database.damaged(e) || !setAside(e)) {
                refusal.because("can't be read (" + e.getMessage() + ").");
            }
            return null;
        }
    }
}
