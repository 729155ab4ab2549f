package dev.entrain.gait.predict;

/**
 * How long after one kind of moment a foot's next contact comes, learned from the strides so far.
 *
 * <p>With e the newest lead's deviation from the mean m, s2 the variance and k strides seen, each stride does
 *
 * <pre>  w = (v + 1) / (v + e2 / s2)        g = max(0.4, 1/k)
 *   m += min(1, g w) e                  s2 += g (min(w e2, 9 s2) - s2)</pre>
 *
 * <p>which is the recursive estimate of place and scale under Student's t with v = 4 degrees of freedom (Lange, Little and
 * Taylor 1989): a stride three spreads away counts a third, one ten spreads away next to nothing. So a missed contact
 * (a lead twice as long), a stumble or a turn pollutes little, while a new pace, which widens the spread, is followed
 * within two or three strides. Not thread-safe; realtime-safe.
 */
final class Lead {
    /** How much the newest stride counts at least: what the last two or three strides did follows a change of pace. */
    private static final double NEWEST = 0.4;

    /** Spread assumed before there is any, as a fraction of the time; two unlike strides at the start of a walk. */
    private static final double FIRST_SPREAD = 0.08;

    /** No lead is known better, s: sampling and detection alone scatter by this. */
    private static final double LEAST_SPREAD_S = 0.006;

    /** Degrees of freedom of the deviations: gait has far more unlike strides than a Gaussian would. */
    private static final double FREEDOM = 4.0;

    /** Most that one stride's squared deviation counts, in variances. */
    private static final double MOST_VARIANCES = 9.0;

    private int strides;
    private double meanS;
    private double varianceS2;
    private double anchorS = Double.NaN;

    /** Forgets the walker. */
    void reset() {
        strides = 0;
        anchorS = Double.NaN;
    }

    /** The moment happened at {@code timeS}. */
    void anchor(double timeS) {
        anchorS = timeS;
    }

    /** The moment did not happen after all, or its stride is over. */
    void drop() {
        anchorS = Double.NaN;
    }

    /** The foot touched at {@code contactS}; learns if the moment happened in this stride, within {@code longestS}. */
    void learn(double contactS, double longestS) {
        double leadS = contactS - anchorS;
        if (Double.isNaN(leadS) || leadS <= 0 || leadS > longestS) {
            return;
        }
        strides++;
        if (strides == 1) {
            meanS = leadS;
            varianceS2 = square(FIRST_SPREAD * leadS);
            return;
        }
        double spreadS2 = Math.max(square(LEAST_SPREAD_S), varianceS2);
        double error = leadS - meanS;
        double weight = (FREEDOM + 1) / (FREEDOM + square(error) / spreadS2);
        double share = Math.max(NEWEST, 1.0 / strides);
        meanS += Math.min(1, share * weight) * error;
        double seenS2 = Math.min(weight * square(error), MOST_VARIANCES * spreadS2);
        varianceS2 = spreadS2 + share * (seenS2 - spreadS2);
    }

    /** Returns the time of the next contact that this moment makes expect, s; NaN if it has none to say. */
    double expectedS() {
        return strides == 0 ? Double.NaN : anchorS + meanS;
    }

    /** Returns the usual time from the moment to the contact, s; NaN while unknown. */
    double meanS() {
        return strides == 0 ? Double.NaN : meanS;
    }

    private static double square(double value) {
        return value * value;
    }
}
