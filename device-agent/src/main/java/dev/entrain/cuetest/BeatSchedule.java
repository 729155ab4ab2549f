package dev.entrain.cuetest;

import java.util.SplittableRandom;

/**
 * How far apart the beats of a run are. Beats of one period sound alike a period later, so that a recording could not tell a
 * sound that is late from the next one; where one is looked for in a recording the intervals are therefore irregular, the same
 * in every run.
 */
public final class BeatSchedule {
    private static final double LOOSENESS = 0.12;
    private static final long SEED = 20_250_731;

    private final long periodNs;
    private final double looseness;

    private BeatSchedule(long periodNs, double looseness) {
        this.periodNs = periodNs;
        this.looseness = looseness;
    }

    /** Beats of one period, ns. */
    public static BeatSchedule steady(long periodNs) {
        return new BeatSchedule(periodNs, 0);
    }

    /** Beats whose intervals lie within 12 % around a period, ns. */
    public static BeatSchedule irregular(long periodNs) {
        return new BeatSchedule(periodNs, LOOSENESS);
    }

    /** Returns the mean interval, ns. */
    long periodNs() {
        return periodNs;
    }

    /** Returns the time from a beat, counted from 0, to the next, ns. */
    long intervalNs(long beat) {
        if (looseness == 0) {
            return periodNs;
        }
        double share = new SplittableRandom(SEED + beat).nextDouble(-looseness, looseness);
        return Math.round(periodNs * (1 + share));
    }
}
