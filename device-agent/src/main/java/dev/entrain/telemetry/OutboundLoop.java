package dev.entrain.telemetry;

import dev.entrain.health.Counters;
import dev.entrain.journal.LiveState;
import dev.entrain.journal.RecordLog;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The outbound thread: shows the walk live, brings the log's records to the clinic until it says that it has them, and takes
 * what comes from there. The only thing it shares with the control loop is a ring, so whatever happens to the broker or this
 * thread, the worst for the walk is a full ring that refuses and counts.
 */
public final class OutboundLoop implements Runnable {
    /** Pause between two rounds: short against the second a record may wait, long against a context switch. */
    private static final long PAUSE_NS = 20_000_000L;

    /** The same while a backlog goes at full speed, which it does only at rest: the broker has answered by then. */
    private static final long SHORT_PAUSE_NS = 2_000_000L;

    /** Records taken from the ring in one round; it holds less. */
    private static final int DRAIN_LIMIT = 4096;

    /** Longest wait at the end for the clinic's word, and then for the farewell, ns each. */
    private static final long FAREWELL_LIMIT_NS = 1_500_000_000L;

    /** A state older than this tells nothing about walking any more. */
    private static final long STATE_AGE_NS = 3_000_000_000L;

    private final TelemetryConfig config;
    private final NanoClock clock;
    private final SlotRing<LiveState> states;
    private final RecordLog log;
    private final TelemetryPort port;
    private final Uplink uplink;
    private final LiveState state = new LiveState();
    private boolean stateIsNew;
    private long stateTakenNs;
    private boolean backlog;
    private volatile boolean connected;
    private volatile String problem = "";
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    /**
     * Makes the loop; nothing happens before {@link #run}.
     *
     * @param birth what the unit says of itself on every connection
     * @param clock CLOCK_MONOTONIC
     * @param states the state of the walk; this is their only consumer
     * @param log whose records go out; this loop reads and acknowledges, somebody else appends and commits
     * @param inbound takes what the clinic sends but for acknowledgements
     * @param port used by this loop alone; closed when the loop ends
     * @param random jitter of the waits between attempts; seed it differently on every unit
     * @param counters counts messages and connections
     */
    public OutboundLoop(
            TelemetryConfig config,
            Birth birth,
            NanoClock clock,
            SlotRing<LiveState> states,
            RecordLog log,
            Inbound inbound,
            TelemetryPort port,
            RandomGenerator random,
            Counters counters) {
        this.config = config;
        this.clock = clock;
        this.states = states;
        this.log = log;
        this.port = port;
        long nowNs = clock.nowNs();
        stateTakenNs = nowNs - STATE_AGE_NS;
        uplink = new Uplink(config, birth, log, inbound, port, new Backoff(random), counters, nowNs);
    }

    /** Body of the outbound thread: works until {@link #stop}, says farewell within about 4 s and ends. */
    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!stopping) {
            doWork(clock.nowNs());
            LockSupport.parkNanos(this, backlog ? SHORT_PAUSE_NS : PAUSE_NS);
        }
        farewell();
    }

    /** Any thread: asks {@link #run} to end; records already in the log still go out if there is a connection. */
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
        takeStates(nowNs);
        if (!config.enabled()) {
            return;
        }
        uplink.mindConnection(nowNs);
        connected = uplink.up();
        problem = uplink.problem();
        if (stateIsNew) {
            stateIsNew = false;
            uplink.publishState(state);
        }
        boolean walking = state.walking && nowNs - stateTakenNs < STATE_AGE_NS;
        backlog = uplink.publishRecords(walking, false, nowNs);
    }

    /**
     * Returns why records cannot get through although there is a connection, and what to do, for a technician; empty while they
     * can. Thread-safe.
     */
    public String trouble() {
        return uplink.trouble();
    }

    /** Returns whether there is a connection to the broker. Thread-safe. */
    public boolean connected() {
        return connected;
    }

    /** Returns why there was no connection at the last try; empty before one failed and once one came about. Thread-safe. */
    public String problem() {
        return problem;
    }

    private void takeStates(long nowNs) {
        LiveState next = states.peek();
        for (int n = 0; next != null && n < DRAIN_LIMIT; n++) {
            state.copyFrom(next);
            stateIsNew = true;
            stateTakenNs = nowNs;
            states.release();
            next = states.peek();
        }
    }

    private void farewell() {
        if (uplink.up()) {
            long startNs = clock.nowNs();
            long nowNs = startNs;
            do {
                uplink.mindConnection(nowNs);
                uplink.publishRecords(false, true, nowNs);
                LockSupport.parkNanos(this, PAUSE_NS / 4);
                nowNs = clock.nowNs();
            } while (uplink.up() && !uplink.settled() && nowNs - startNs < FAREWELL_LIMIT_NS);
            startNs = nowNs;
            boolean told = false;
            while (uplink.up() && !(told && uplink.answered()) && nowNs - startNs < FAREWELL_LIMIT_NS) {
                told = told || uplink.publishStopped(nowNs);
                uplink.mindConnection(nowNs);
                LockSupport.parkNanos(this, PAUSE_NS / 4);
                nowNs = clock.nowNs();
            }
        }
        port.close();
        long left = log.waiting();
        if (config.enabled() && left > 0) {
            Logger.info("telemetry: {} records wait in the journal for {}", left, config.broker());
        }
    }
}
