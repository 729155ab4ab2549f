package dev.entrain.time;

import java.time.Instant;

/** Civil time. Only for file headers and telemetry: it may jump, and a unit without network may not know it. */
@FunctionalInterface
public interface WallClock {
    /** UTC as the operating system believes it to be. */
    WallClock SYSTEM = Instant::now;

    /** Returns the present instant. */
    Instant now();
}
