package dev.entrain.agent;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.ClockReading;
import dev.entrain.journal.ClockWatch;
import dev.entrain.journal.Moment;
import dev.entrain.journal.RecordBodies;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SessionLog;
import dev.entrain.journal.SettledFacts;
import dev.entrain.journal.WalkRecord;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import org.tinylog.Logger;

/**
 * The body of the journal's thread: takes the facts of the walk from the control thread, keeps them once they are certain,
 * and adds what the unit knows of itself: faults, its clock, the timing of its cues. Commits at most once a second, at once
 * what must not be lost. A full disk is told and counted; the walk goes on, and what fits into memory is written when there
 * is room again.
 */
final class JournalLoop implements Runnable {
    private static final long PAUSE_NS = 50_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    /** Shortest pause between two timing reports: an output that comes and goes shall not flood the journal. */
    private static final long NEWS_NS = 2 * SECOND_NS;

    /** A disk that refuses holds the next session up for so long; what is not written by then is lost. */
    private static final long PATIENCE_NS = 30 * SECOND_NS;

    /** Facts taken in one round; the ring holds fewer. */
    private static final int MOST_FACTS = 4096;

    private final SlotRing<WalkRecord> ring;
    private final SessionLog log;
    private final RecordBodies bodies;
    private final SettledFacts facts;
    private final KeptSessions sessions;
    private final SessionKeeper keeper;
    private final FaultWatch faults;
    private final ClockWatch clocks = new ClockWatch();
    private final WalkTiming timing;
    private final long timingNs;
    private final Counters counters;
    private final NanoClock clock;
    private final WallClock wall;
    private final DoubleSupplier wallErrorS;
    private final String bootId;
    private long secondNs;
    private long lastTimingNs;
    private boolean ended;
    private long endedNs;
    private volatile boolean over;
    private volatile boolean stopping;

    /**
     * Makes the loop.
     *
     * @param ring from the control thread; this loop is the consumer
     * @param timing asked once in {@code timingS}, when there is news, and at the end
     * @param wallErrorS by how much {@code wall} may be wrong, s; not a number while nobody keeps it
     */
    JournalLoop(
            SlotRing<WalkRecord> ring,
            SessionLog log,
            RecordBodies bodies,
            SettledFacts facts,
            KeptSessions sessions,
            SessionKeeper keeper,
            FaultWatch faults,
            WalkTiming timing,
            int timingS,
            Counters counters,
            NanoClock clock,
            WallClock wall,
            DoubleSupplier wallErrorS,
            String bootId) {
        this.ring = ring;
        this.log = log;
        this.bodies = bodies;
        this.facts = facts;
        this.sessions = sessions;
        this.keeper = keeper;
        this.faults = faults;
        this.timing = timing;
        timingNs = timingS * SECOND_NS;
        this.counters = counters;
        this.clock = clock;
        this.wall = wall;
        this.wallErrorS = wallErrorS;
        this.bootId = bootId;
        lastTimingNs = clock.nowNs();
        secondNs = lastTimingNs - SECOND_NS;
    }

    @Override
    public void run() {
        while (!stopping) {
            round(clock.nowNs());
            LockSupport.parkNanos(this, PAUSE_NS);
        }
        end(clock.nowNs());
    }

    /** Any thread: asks the loop to write what is left and end. */
    void stop() {
        stopping = true;
    }

    /** Any thread: returns whether a programme's session ended and all of it is on the disk, or the disk refused for 30 s. */
    boolean over() {
        return over;
    }

    /** One round without waiting: for {@link #run}, and for tests that move time by hand. */
    void round(long nowNs) {
        drain(nowNs);
        facts.settle(nowNs);
        keeper.look(nowNs);
        boolean second = nowNs - secondNs >= SECOND_NS;
        if (second) {
            secondNs = nowNs;
            faults.look(nowNs);
            lookAtClocks();
            takeTiming(nowNs);
        }
        boolean happened = keeper.news();
        boolean failed = faults.news();
        if (second || happened || failed) {
            commit(nowNs);
        }
    }

    private void end(long nowNs) {
        drain(nowNs);
        keeper.stop();
        faults.look(nowNs);
        log.append(RecordKind.TIMING, null, nowNs, bodies.timing(timing.report(nowNs, true)));
        commit(nowNs);
        long refused = counters.get(Counter.RECORDS_REFUSED);
        if (refused > 0) {
            Logger.warn("The journal lacks {} facts: the disk was too slow", refused);
        }
    }

    private void drain(long nowNs) {
        Moment now = new Moment(nowNs, wall.now(), bootId);
        WalkRecord record = ring.peek();
        for (int i = 0; record != null && i < MOST_FACTS; i++) {
            keeper.take(record, now);
            ring.release();
            record = ring.peek();
        }
        keeper.hearSongs();
    }

    private void lookAtClocks() {
        ClockReading reading = clocks.see(clock.nowNs(), wall.now(), wallErrorS.getAsDouble());
        if (reading != null) {
            log.appendClock(reading);
        }
    }

    private void takeTiming(long nowNs) {
        long sinceNs = nowNs - lastTimingNs;
        if (sinceNs >= timingNs || (sinceNs >= NEWS_NS && timing.news())) {
            lastTimingNs = nowNs;
            log.append(RecordKind.TIMING, null, nowNs, bodies.timing(timing.report(nowNs, false)));
        }
    }

    private void commit(long nowNs) {
        boolean done = sessions.summarise() && log.commit();
        faults.disk(done, nowNs);
        if (keeper.over() && !ended) {
            ended = true;
            endedNs = nowNs;
        }
        over = ended && (over || done || nowNs - endedNs >= PATIENCE_NS);
    }
}
