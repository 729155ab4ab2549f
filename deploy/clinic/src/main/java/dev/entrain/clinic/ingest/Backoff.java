package dev.entrain.clinic.ingest;

import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: a random share of a ceiling that doubles from 0.2 s to 30 s. For one thread. */
final class Backoff {
    private static final long FIRST_NS = 200_000_000L;
    private static final long LAST_NS = 30_000_000_000L;

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

    /** Starts over: it has held. */
    void reset() {
        ceilingNs = FIRST_NS;
    }
}
