package dev.entrain.sim;

import dev.entrain.time.NanoClock;
import java.util.concurrent.atomic.AtomicLong;

/** A monotonic clock that stands still until it is moved by hand. Thread-safe and realtime-safe. */
public final class ManualClock implements NanoClock {
    private final AtomicLong nowNs;

    /** Creates a clock that shows zero. */
    public ManualClock() {
        this(0);
    }

    /**
     * Creates a clock.
     *
     * @param nowNs its first reading, ns; any value, since a monotonic clock has no origin
     */
    public ManualClock(long nowNs) {
        this.nowNs = new AtomicLong(nowNs);
    }

    @Override
    public long nowNs() {
        return nowNs.get();
    }

    /**
     * Moves the clock forward and returns its new reading, ns.
     *
     * @param byNs how far, ns, at least 0
     * @throws IllegalArgumentException if it would go back
     */
    public long advance(long byNs) {
        if (byNs < 0) {
            throw new IllegalArgumentException("a monotonic clock never goes back, asked to move by " + byNs + " ns");
        }
        return nowNs.addAndGet(byNs);
    }

    /**
     * Moves the clock to a reading at or after the present one.
     *
     * @throws IllegalArgumentException if it would go back
     */
    public void advanceTo(long thenNs) {
        advance(thenNs - nowNs.get());
    }
}
