package dev.entrain.time;

import java.time.Instant;

/** Civil time. Only for file headers and telemetry: it may jump, and a unit without network may not know it. */
@FunctionalInterface
public interface WallClock {
    /** UTC as the operating system believes it to be. */
    WallClock SYSTEM = Instant::now;

    /** No clock that was ever set says an earlier time: this was written then. */
    Instant EARLIEST = Instant.parse("2026-11-01T00:00:00Z");

    /**
     * Returns whether a time can be the present. A board without a clock of its own begins in 1970, or where its system was
     * built, until the network tells it the time.
     */
    static boolean set(Instant now) {
        return !now.isBefore(EARLIEST);
    }

    /** Returns the present instant. */
    Instant now();
}
