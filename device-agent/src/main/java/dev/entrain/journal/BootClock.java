package dev.entrain.journal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The UTC of a boot's monotonic times, by everything that became known about it, also later: a walk in the first minutes
 * after boot gets its time from the reading after the network came. Immutable.
 */
public final class BootClock {
    /** How fast a monotonic clock may run away from UTC: 100 millionths, above any board's crystal. */
    private static final double DRIFT = 100e-6;

    private final List<ClockReading> readings;

    /** A moment and by how much it may be wrong either way, s. */
    public record Utc(Instant utc, double errorS) {}

    /** Keeps the readings of one boot, in any order. */
    public BootClock(List<ClockReading> readings) {
        this.readings = List.copyOf(readings);
    }

    /**
     * Returns the UTC of a monotonic time of the boot, by the reading that is surest there; null if there is none.
     *
     * @param monoNs CLOCK_MONOTONIC of the boot
     */
    public @Nullable Utc utc(long monoNs) {
        Utc best = null;
        for (ClockReading reading : readings) {
            long apartNs = monoNs - reading.timeNs();
            double errorS = reading.errorS() + DRIFT * Math.abs(apartNs / 1e9);
            if (best == null || errorS < best.errorS()) {
                best = new Utc(reading.utc().plusNanos(apartNs), errorS);
            }
        }
        return best;
    }
}
