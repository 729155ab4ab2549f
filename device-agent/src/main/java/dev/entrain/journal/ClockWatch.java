package dev.entrain.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says when a CLOCK record is due: at first, when the wall clock was set (a board without a clock of its own gets the time
 * minutes after boot, and may have been years off), when it has become much surer, and once an hour. Pure; used by one
 * thread.
 */
public final class ClockWatch {
    /** What is said of a wall clock nobody vouches for: 10 years of 365 days, s. */
    public static final double UNKNOWN_ERROR_S = 10 * 365 * 86_400.0;

    private static final long JUMP_NS = 50_000_000L;
    private static final long AGAIN_NS = 3_600_000_000_000L;

    private @Nullable ClockReading last;

    /**
     * Looks at both clocks, read one right after the other.
     *
     * @param monoNs CLOCK_MONOTONIC
     * @param wall what the operating system believes
     * @param errorS how wrong that may be, s; not a number where the system does not say or is not synchronised
     * @return the reading to keep, or null while the last one still tells enough
     */
    public @Nullable ClockReading see(long monoNs, Instant wall, double errorS) {
        double error = errorS >= 0 && errorS < UNKNOWN_ERROR_S ? errorS : UNKNOWN_ERROR_S;
        ClockReading before = last;
        if (before != null
                && monoNs - before.timeNs() < AGAIN_NS
                && stillTrue(before, monoNs, wall)
                && error * 4 >= before.errorS()) {
            return null;
        }
        last = new ClockReading(monoNs, wall, error);
        return last;
    }

    private static boolean stillTrue(ClockReading before, long monoNs, Instant wall) {
        Instant expected = before.utc().plusNanos(monoNs - before.timeNs());
        // In steps, because nanoseconds of a year hold in a long but those of a wild clock may not.
        long seconds = wall.getEpochSecond() - expected.getEpochSecond();
        if (Math.abs(seconds) > 1) {
            return false;
        }
        return Math.abs(seconds * 1_000_000_000L + wall.getNano() - expected.getNano()) <= JUMP_NS;
    }
}
