package dev.entrain.cue;

/**
 * The one place that every beat passes on its way out: absolute tempo, and the rate at which tempo may change. Not
 * thread-safe; realtime-safe.
 */
public final class CueLimits {
    /** Shortest interval between beats: 160 per minute, ns. */
    public static final long MIN_PERIOD_NS = 375_000_000L;

    /** Longest interval between beats: 40 per minute, ns. */
    public static final long MAX_PERIOD_NS = 1_500_000_000L;

    /** Greatest relative change of tempo per second. */
    public static final double SLEW_PER_S = 0.01;

    private long shortestNs = MIN_PERIOD_NS;

    /** Bounds tempo from now on: no interval shorter than this; only ever tightens. */
    public void neverFasterThan(long periodNs) {
        shortestNs = Math.clamp(periodNs, shortestNs, MAX_PERIOD_NS);
    }

    /** Takes the bound of {@link #neverFasterThan} away. */
    public void clearCeiling() {
        shortestNs = MIN_PERIOD_NS;
    }

    /** Returns how much an interval of this length may differ from the one before it, ns. */
    public static long slewNs(long periodNs) {
        return (long) (periodNs * SLEW_PER_S * (periodNs * 1e-9));
    }

    /** Brings a first beat within the absolute limits. */
    public void limitFirst(Beat beat) {
        beat.periodNs = Math.clamp(beat.periodNs, shortestNs, MAX_PERIOD_NS);
    }

    /**
     * Brings a proposed beat within all limits: the interval to the beat before it differs from the interval before that
     * by no more than the slew allows, and lies within the absolute limits.
     *
     * @param last the beat before; its period is the interval that led to it and within the limits
     * @param beat the proposal, changed in place; afterwards its period is the interval from the last beat
     */
    public void limitNext(Beat last, Beat beat) {
        long slewNs = slewNs(last.periodNs);
        long high = Math.min(MAX_PERIOD_NS, last.periodNs + slewNs);
        long low = Math.min(high, Math.max(shortestNs, last.periodNs - slewNs));
        beat.periodNs = Math.clamp(beat.onsetNs - last.onsetNs, low, high);
        beat.onsetNs = last.onsetNs + beat.periodNs;
    }
}
