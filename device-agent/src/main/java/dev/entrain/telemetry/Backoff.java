package dev.entrain.telemetry;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: full jitter, a random share of a ceiling that doubles from 1 s to 120 s, so
 * that a thousand units do not come back in step after their broker did.
 */
final class Backoff {
    private static final long FIRST_NS = 1_000_000_000L;
    private static final long LAST_NS = 120_000_000_000L;

    private final RandomGenerator random;
    private long ceilingNs = FIRST_NS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the wait before the next attempt, ns, and doubles the ceiling of the one after. */
    long nextNs() {
        long waitNs = (long) (random.nextDouble() * ceilingNs);
        ceilingNs = Math.min(LAST_NS, 2 * ceilingNs);
        return waitNs;
    }

    /** Starts over: the connection has held. */
    void reset() {
        ceilingNs = FIRST_NS;
    }
}
