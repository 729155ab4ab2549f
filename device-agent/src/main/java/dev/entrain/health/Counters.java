package dev.entrain.health;

import java.util.concurrent.atomic.AtomicLongArray;

/** One monotonic count per {@link Counter}. Thread-safe, lock-free and realtime-safe. */
public final class Counters {
    private final AtomicLongArray counts = new AtomicLongArray(Counter.COUNT);

    /** Adds one. */
    public void increment(Counter counter) {
        counts.getAndIncrement(counter.ordinal());
    }

    /** Adds an amount, at least 0. */
    public void add(Counter counter, long amount) {
        counts.getAndAdd(counter.ordinal(), amount);
    }

    /** Returns the count since construction. */
    public long get(Counter counter) {
        return counts.get(counter.ordinal());
    }
}
