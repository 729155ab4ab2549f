package dev.entrain.gait.contact;

/**
 * A step from rest to rest without a swing lobe, as in turning on the spot or shuffling: the foot turns about whatever
 * axis, and comes to rest after a jolt. Not thread-safe; realtime-safe.
 */
final class FlatStep {
    /** Such a step turns the foot, all in all, by this share of the usual swing. */
    private static final double PATH_SHARE = 0.5;

    /** From leaving to touching it lasts no less, s. */
    static final double LEAST_S = 0.15;

    /** Of two jolts this far apart the later one may be 1/e as hard and still be taken for the touch, s. */
    private static final double JOLT_FADE_S = 0.15;

    private boolean rested;
    private double fromS;
    private double pathRad;
    private double peakRadps;
    private double joltRadps2;
    private double joltS;

    /** The foot landed or was lost from sight: no such step before the next rest. */
    void clear() {
        rested = false;
    }

    /** The foot rests at {@code timeS}; a step may begin here. */
    void rest(double timeS) {
        rested = true;
        fromS = timeS;
        pathRad = 0;
        peakRadps = 0;
        joltRadps2 = 0;
    }

    /**
     * Consumes a sample of stance.
     *
     * @param turnRadps size of the whole angular rate, rad/s
     * @param changeRadps change of the pitch rate since the last sample, rad/s
     * @param dtS seconds since the last sample, positive
     */
    void add(double timeS, double turnRadps, double changeRadps, double dtS) {
        pathRad += turnRadps * dtS;
        peakRadps = Math.max(peakRadps, turnRadps);
        double jolt = Math.abs(changeRadps) / dtS;
        if (jolt > joltRadps2 * Math.exp((joltS - timeS) / JOLT_FADE_S)) {
            joltRadps2 = jolt;
            joltS = timeS;
        }
    }

    /** Returns whether the movement since the last rest, which has just ended, was a step. */
    boolean happened(double usualRad, double acceptRadps) {
        return rested && pathRad >= PATH_SHARE * usualRad && peakRadps >= acceptRadps && joltS - fromS >= LEAST_S;
    }

    /** Returns when the movement began, s. */
    double fromS() {
        return fromS;
    }

    /** Returns when the foot touched: at the last hard jolt, s. */
    double touchS() {
        return joltS;
    }
}
