package dev.entrain.telemetry;

import dev.entrain.health.Counters;
import dev.entrain.journal.Outbox;
import dev.entrain.journal.WalkRecord;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The outbound thread: takes what the control loop recorded, keeps it in the outbox and brings it to the broker. The only
 * thing it shares with the control loop are the rings, so whatever happens to the broker, the disk or this thread, the
 * worst for the walk is a full ring that refuses and counts.
 */
public final class OutboundLoop implements Runnable {
    /** Pause between two rounds: short against the 250 ms a batch may wait, long against a context switch. */
    private static final long PAUSE_NS = 20_000_000L;

    /** Records taken from one ring in one round; the rings hold less. */
    private static final int DRAIN_LIMIT = 4096;

    /** Longest wait at the end for events, and then for the farewell, ns each. */
    private static final long FAREWELL_LIMIT_NS = 1_500_000_000L;

    /** Shortest pause between two timing reports: an output that comes and goes shall not flood the outbox. */
    private static final long NEWS_NS = 2_000_000_000L;

    /** Timing reports kept without a connection, four hours of them at one a minute; the next one holds what was left out. */
    private static final int MOST_TIMINGS_WAITING = 240;

    private final TelemetryConfig config;
    private final NanoClock clock;
    private final List<SlotRing<WalkRecord>> rings;
    private final Outbox outbox;
    private final TelemetryPort port;
    private final TimingSource timing;
    private final Uplink uplink;
    private final long[] recorded = new long[WalkRecord.Kind.COUNT];
    private final WalkRecord state = new WalkRecord();
    private final WalkRecord timingRecord = new WalkRecord();
    private boolean stateIsNew;
    private long lastTimingNs;
    private int timingsWaiting;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    /**
     * Makes the loop; nothing happens before {@link #run}.
     *
     * @param birth what the unit says of itself on every connection
     * @param clock CLOCK_MONOTONIC
     * @param rings what the control loop (and whoever else records) fills; this is their only consumer
     * @param timing asked once in {@link TelemetryConfig#timingS()}, when there is news, and at the end
     * @param outbox used by this loop alone
     * @param port used by this loop alone; closed when the loop ends
     * @param random jitter of the waits between attempts; seed it differently on every unit
     * @param counters counts messages and connections
     */
    public OutboundLoop(
            TelemetryConfig config,
            Birth birth,
            NanoClock clock,
            List<SlotRing<WalkRecord>> rings,
            TimingSource timing,
            Outbox outbox,
            TelemetryPort port,
            RandomGenerator random,
            Counters counters) {
        this.config = config;
        this.clock = clock;
        this.rings = List.copyOf(rings);
        this.timing = timing;
        this.outbox = outbox;
        this.port = port;
        lastTimingNs = clock.nowNs();
        uplink = new Uplink(config, birth, outbox, port, new Backoff(random), counters, lastTimingNs);
    }

    /** Body of the outbound thread: works until {@link #stop}, says farewell within about 4 s and ends. */
    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!stopping) {
            doWork(clock.nowNs());
            LockSupport.parkNanos(this, PAUSE_NS);
        }
        farewell();
    }

    /** Any thread: asks {@link #run} to end; records already in the rings still go out if there is a connection. */
    public void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /**
     * One round without waiting: for {@link #run}, and for simulations that move time by hand.
     *
     * @param nowNs CLOCK_MONOTONIC
     */
    public void doWork(long nowNs) {
        takeRecords();
        if (!config.enabled()) {
            return;
        }
        takeTiming(nowNs);
        uplink.mindConnection(nowNs);
        if (stateIsNew) {
            stateIsNew = false;
            uplink.publishState(state, recorded);
        }
        uplink.publishEvents(nowNs, false);
    }

    private void takeRecords() {
        for (int i = 0; i < rings.size(); i++) {
            SlotRing<WalkRecord> ring = rings.get(i);
            WalkRecord record = ring.peek();
            for (int n = 0; record != null && n < DRAIN_LIMIT; n++) {
                take(record);
                ring.release();
                record = ring.peek();
            }
        }
    }

    private void take(WalkRecord record) {
        recorded[record.kind.ordinal()]++;
        if (record.kind == WalkRecord.Kind.STATE) {
            state.copyFrom(record);
            stateIsNew = true;
        } else if (config.enabled()) {
            outbox.append(record);
        }
    }

    private void takeTiming(long nowNs) {
        timingsWaiting = uplink.up() ? 0 : timingsWaiting;
        long sinceNs = nowNs - lastTimingNs;
        boolean due = sinceNs >= config.timingS() * 1_000_000_000L || (sinceNs >= NEWS_NS && timing.news());
        if (due && timingsWaiting < MOST_TIMINGS_WAITING) {
            lastTimingNs = nowNs;
            timingsWaiting++;
            outbox.append(timingRecord.setTiming(timing.report(nowNs, false)));
        }
    }

    private void farewell() {
        takeRecords();
        if (config.enabled()) {
            outbox.append(timingRecord.setTiming(timing.report(clock.nowNs(), true)));
        }
        if (uplink.up()) {
            long startNs = clock.nowNs();
            long nowNs = startNs;
            while (uplink.up() && !uplink.settled() && nowNs - startNs < FAREWELL_LIMIT_NS) {
                uplink.mindConnection(nowNs);
                uplink.publishEvents(nowNs, true);
                LockSupport.parkNanos(this, PAUSE_NS / 4);
                nowNs = clock.nowNs();
            }
            uplink.publishStopped(nowNs);
            startNs = nowNs;
            while (uplink.up() && !uplink.answered() && nowNs - startNs < FAREWELL_LIMIT_NS) {
                uplink.mindConnection(nowNs);
                LockSupport.parkNanos(this, PAUSE_NS / 4);
                nowNs = clock.nowNs();
            }
        }
        port.close();
        long left = outbox.lastSeq() - outbox.settledSeq();
        if (left > 0) {
            Logger.warn("telemetry: {} records were not delivered to {} and end with the agent", left, config.broker());
        }
    }
}
