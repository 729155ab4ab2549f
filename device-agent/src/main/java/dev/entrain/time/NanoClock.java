package dev.entrain.time;

/** A monotonic clock. The clock is read once per cycle and the reading passed down. Thread-safe and realtime-safe. */
@FunctionalInterface
public interface NanoClock {
    /** CLOCK_MONOTONIC of this host. */
    NanoClock SYSTEM = System::nanoTime;

    /** Returns nanoseconds since an arbitrary origin that does not change while the host is up. */
    long nowNs();
}
