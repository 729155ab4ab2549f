package dev.entrain.gait.predict;

/**
 * How long after one kind of moment a foot's next contact comes, learned from the strides so far. Not thread-safe;
 * realtime-safe.
 */
final class Lead {
    /** How much the newest stride counts at least: a memory of about four strides follows a change of pace. */
    private static final double NEWEST = 0.25;

    /** Spread assumed before there is any, as a fraction of the time; two unlike strides at the start of a walk. */
    private static final double FIRST_SPREAD = 0.08;

    /** No lead is known better, s: sampling and detection alone scatter by this. */
    private static final double LEAST_SPREAD_S = 0.006;

    /** One stride moves the belief by at most this many spreads: a stop or a stumble is not a change of pace. */
    private static final double CLIP_SPREADS = 3.0;

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
        double limit = CLIP_SPREADS * spreadS();
        double error = Math.max(-limit, Math.min(limit, leadS - meanS));
        double share = Math.max(NEWEST, 1.0 / strides);
        varianceS2 += share * (error * error - varianceS2);
        meanS += share * error;
    }

    /** Returns the time of the next contact that this moment makes expect, s; NaN if it has none to say. */
    double expectedS() {
        return strides == 0 ? Double.NaN : anchorS + meanS;
    }

    /** Returns the usual time from the moment to the contact, s; NaN while unknown. */
    double meanS() {
        return strides == 0 ? Double.NaN : meanS;
    }

    /** Returns the spread of {@link #expectedS()}, s. */
    double spreadS() {
        return Math.max(LEAST_SPREAD_S, Math.sqrt(varianceS2));
    }

    private static double square(double value) {
        return value * value;
    }
}
