package dev.entrain.clinic.ingest;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Keeps a connection to the broker: a fresh client each time, full-jitter waits between, from a thread of its own. What
 * is done with the connection is its {@link Work}.
 */
final class BrokerLink implements AutoCloseable {
    private static final long TICK_NS = 50_000_000L;
    /** A connection that held so long was a good one. */
    private static final long HELD_NS = 10_000_000_000L;

    /** A broker that takes a connection and then says nothing must not hold us. */
    private static final long CONNECT_LIMIT_NS = 6_000_000_000L;

    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    /** What is done with connections; called on the link's thread. */
    interface Work {
        /** Tells whether a connection is wanted at all now. */
        boolean wanted();

        /** A new connection carries. */
        void onUp(BrokerLine line);

        /** Called at least every 50 ms while it carries, and soon after anything changed. */
        void onTick(BrokerLine line);

        /** The connection is gone. */
        void onDown();
    }

    private final BrokerConfig config;
    private final String clientId;
    private final BrokerLine.Taker taker;
    private final Work work;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean up;
    private String told = "";

    BrokerLink(BrokerConfig config, String clientId, String threadName, BrokerLine.Taker taker, Work work) {
        this.config = config;
        this.clientId = clientId;
        this.taker = taker;
        this.work = work;
        thread = Thread.ofPlatform().name(threadName).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean up() {
        return up;
    }

    /** Has the thread look at once. */
    void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        running = false;
        wake();
        try {
            thread.join(END_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            if (work.wanted()) {
                hold();
                pause(backoff.nextNs());
            } else {
                pause(TICK_NS);
            }
        }
    }

    private void hold() {
        BrokerLine line = new BrokerLine(config, clientId, taker, this::wake);
        long openNs = System.nanoTime();
        line.open();
        long upSinceNs = 0;
        while (running && work.wanted() && line.state() != BrokerLine.State.DOWN) {
            if (line.state() == BrokerLine.State.UP) {
                if (!up) {
                    up = true;
                    told = "";
                    upSinceNs = System.nanoTime();
                    Logger.info("broker: connected to {}", config.uri());
                    work.onUp(line);
                }
                work.onTick(line);
            } else if (line.state() == BrokerLine.State.CONNECTING && System.nanoTime() - openNs > CONNECT_LIMIT_NS) {
                line.fail("it takes connections but does not answer");
            }
            LockSupport.parkNanos(TICK_NS);
        }
        if (up && System.nanoTime() - upSinceNs > HELD_NS) {
            backoff.reset();
        }
        up = false;
        String problem = line.problem();
        if (!problem.isEmpty() && !problem.equals(told)) {
            told = problem;
            Logger.warn("broker: no connection to {}: {}; trying again", config.uri(), problem);
        }
        line.end(!running);
        work.onDown();
    }

    private void pause(long forNs) {
        long startNs = System.nanoTime();
        long leftNs = forNs;
        while (running && leftNs > 0) {
            LockSupport.parkNanos(Math.min(leftNs, TICK_NS));
            leftNs = forNs - (System.nanoTime() - startNs);
        }
    }
}
