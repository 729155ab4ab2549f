package dev.entrain.gait.freeze;

/**
 * Whether one foot trembles: its pitch rate reverses again and again, faster than any walk (the freeze band of Moore et al.
 * 2008 begins at 3 Hz), and too little for a swing. Not thread-safe; realtime-safe.
 */
final class Trembling {
    /** A reversal goes through this rate on both sides, rad/s: above noise and sway, below a tremor of 1 degree. */
    private static final double LEAST_RADPS = 0.12;

    /** Reversals in a row that are trembling: three to and fro. */
    static final int REVERSALS = 6;

    /** Two reversals of a tremor lie no further apart, s: half a period of 3 Hz, and some. */
    private static final double LONGEST_S = 0.21;

    /** And no closer: faster is the ringing of a strike. */
    private static final double SHORTEST_S = 0.04;

    /** A tremor that has paused this long is over, s. */
    private static final double PAUSE_S = 0.5;

    private boolean positive;
    private double reversalS = Double.NEGATIVE_INFINITY;
    private double firstS;
    private int reversals;
    private double trembledS = Double.NEGATIVE_INFINITY;

    /** Forgets everything. */
    void reset() {
        reversals = 0;
        reversalS = Double.NEGATIVE_INFINITY;
        trembledS = Double.NEGATIVE_INFINITY;
    }

    /**
     * Consumes a pitch rate.
     *
     * @param timeS its time, s
     * @param rateRadps pitch rate, rad/s
     * @param swingRadps a rate that belongs to a swing, rad/s
     */
    void add(double timeS, double rateRadps, double swingRadps) {
        if (Math.abs(rateRadps) > swingRadps || timeS - reversalS > LONGEST_S) {
            reversals = 0;
        }
        if (positive ? rateRadps > -LEAST_RADPS : rateRadps < LEAST_RADPS) {
            return;
        }
        positive = !positive;
        if (timeS - reversalS < SHORTEST_S) {
            reversals = 0;
        }
        if (reversals == 0) {
            firstS = timeS;
        }
        reversals++;
        reversalS = timeS;
        if (reversals >= REVERSALS) {
            trembledS = timeS;
        }
    }

    /** Returns whether the foot trembles. */
    boolean isOn(double timeS) {
        return timeS - trembledS <= PAUSE_S;
    }

    /** Returns how many reversals the present row has; none if it began before {@code fromS} or has paused. */
    int row(double timeS, double fromS) {
        return firstS > fromS && timeS - reversalS <= LONGEST_S ? reversals : 0;
    }

    /** Returns when the present row of reversals began, s; meaningful while trembling. */
    double sinceS() {
        return firstS;
    }
}
