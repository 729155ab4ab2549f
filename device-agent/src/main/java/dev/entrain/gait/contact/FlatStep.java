package dev.entrain.gait.contact;

/**
 * A movement from rest that has no swing lobe, and may yet be a step, as in turning on the spot, shuffling, the first step
 * of a walk or the last: the foot turns about whatever axis, and comes to rest after a jolt. Looks at the size of the
 * whole angular rate and at the change of the specific force only, so neither the mounting nor gravity matters (after the
 * stance detectors of Skog et al. 2010). Not thread-safe; realtime-safe.
 */
final class FlatStep {
    /** From leaving to touching it lasts no less, s. */
    private static final double LEAST_S = 0.15;

    /** A large movement turns the foot, all in all, by this share of the usual swing. */
    private static final double LARGE_PATH = 0.5;

    /** A movement of less than this share is none. */
    private static final double LEAST_PATH = 0.15;

    /** The touch is felt if its jolt has this share of the hardest of late. */
    private static final double FELT = 0.2;

    /** And if it is this many times as hard as the mean of the movement: noise is as hard throughout. */
    private static final double CLEAR = 3.0;

    /** A jolt is felt with the movement for this long, s; one of the foot's leaving is forgotten at its touch. */
    private static final double JOLT_FADE_S = 0.4;

    /** Of two twists this far apart the later one may be 1/e as hard and still be taken for the touch, s. */
    private static final double TWIST_FADE_S = 0.15;

    /** The touch is where the twists begin that lead to the hardest: no longer before it, s, */
    private static final double BURST_S = 0.1;

    /** and at this share of it. */
    private static final double BURST_SHARE = 0.35;

    /** The hardest jolts fade with this time, s: several strides. */
    private static final double HARD_FADE_S = 5.0;

    /** After the touch the foot is calm when it turns at less than this share of the movement's peak, */
    private static final double CALM_SHARE = 0.3;

    /** smoothed with this time, s, for a foot that carries the body wobbles, */
    private static final double SMOOTH_S = 0.05;

    /** for this long, s. */
    private static final double CALM_S = 0.1;

    /** A movement that took this many times a usual swing was not all in the air. */
    private static final double LONG_SWING = 1.3;

    /** A push-off that let go less than this many usual swings before the touch was none. */
    private static final double SHORT_SWING = 0.7;

    private boolean rested;
    private double fromS;
    private double pathRad;
    private double peakRadps;
    private double joltMps3;
    private double sumMps3;
    private int count;
    private double twistRadps2;
    private double twistS;
    private double burstRadps2;

    private double burstS;
    private double calmS;
    private double meanRadps;
    private double hardMps3;
    private double x = Double.NaN;
    private double y;
    private double z;

    /** The foot was lost from sight: no such step before the next rest. */
    void clear() {
        rested = false;
    }

    /** The foot landed: no such step before the next rest, but what follows may show that it had not. */
    void landed(double timeS) {
        start(timeS);
        rested = false;
    }

    /** The foot rests at {@code timeS}; a step may begin here. */
    void rest(double timeS) {
        start(timeS);
        rested = true;
    }

    private void start(double timeS) {
        fromS = timeS;
        pathRad = 0;
        peakRadps = 0;
        joltMps3 = 0;
        sumMps3 = 0;
        count = 0;
        twistRadps2 = 0;
        burstRadps2 = 0;
        burstS = timeS;
        calmS = 0;
    }

    /**
     * Consumes a sample.
     *
     * @param turnRadps size of the whole angular rate, rad/s
     * @param changeRadps change of the pitch rate since the last sample, rad/s
     * @param ax specific force along x, m/s2
     * @param dtS seconds since the last sample, positive
     */
    void add(double timeS, double turnRadps, double changeRadps, double ax, double ay, double az, double dtS) {
        double dx = ax - x;
        double dy = ay - y;
        double dz = az - z;
        x = ax;
        y = ay;
        z = az;
        double jolt = Math.sqrt(dx * dx + dy * dy + dz * dz) / dtS;
        if (Double.isNaN(jolt)) {
            return;
        }
        sumMps3 += jolt;
        count++;
        hardMps3 = Math.max(jolt, hardMps3 * Math.max(0, 1 - dtS / HARD_FADE_S));
        pathRad += turnRadps * dtS;
        peakRadps = Math.max(peakRadps, turnRadps);
        double midS = timeS - 0.5 * dtS;
        joltMps3 = Math.max(jolt, joltMps3 * Math.max(0, 1 - dtS / JOLT_FADE_S));
        double twist = Math.abs(changeRadps) / dtS;
        if (twist > twistRadps2 * Math.exp((twistS - midS) / TWIST_FADE_S)) {
            if (midS - burstS > BURST_S || burstRadps2 < BURST_SHARE * twist) {
                burstS = midS;
                burstRadps2 = twist;
            }
            twistRadps2 = twist;
            twistS = midS;
        }
        meanRadps += dtS / (SMOOTH_S + dtS) * (turnRadps - meanRadps);
        calmS = meanRadps < CALM_SHARE * peakRadps && timeS - twistS > 0 ? calmS + dtS : 0;
    }

    /** Returns whether a movement that was felt to touch the ground seems over though the foot does not quite rest. */
    boolean isCalm() {
        return rested && calmS >= CALM_S && isFelt();
    }

    /** Returns whether anything like a step happened since the last rest. */
    boolean moved(double usualRad) {
        return rested && pathRad >= LEAST_PATH * usualRad && touchS() - fromS >= LEAST_S;
    }

    /** Returns how far the foot turned since it rested or landed, rad. */
    double pathRad() {
        return pathRad;
    }

    /** Returns the hardest jolt of late, m/s3. */
    double joltMps3() {
        return joltMps3;
    }

    /** Returns whether the movement was as large as a step is. */
    boolean isLarge(double usualRad, double acceptRadps) {
        return pathRad >= LARGE_PATH * usualRad && peakRadps >= acceptRadps;
    }

    /** Returns whether the touch was felt. */
    boolean isFelt() {
        return joltMps3 >= FELT * hardMps3 && joltMps3 * count >= CLEAR * sumMps3;
    }

    /**
     * Returns when the foot left the ground, s: a foot that moved for longer than a swing takes turned on the ground first.
     *
     * @param releasedS when a push-off let go, s; NaN if there was none
     * @param usualSwingS how long this walker's swings last, s
     */
    double leftS(double releasedS, double usualSwingS) {
        double longestS = LONG_SWING * usualSwingS;
        double swingS = touchS() - releasedS;
        if (swingS >= SHORT_SWING * usualSwingS && swingS <= longestS) {
            return releasedS;
        }
        return touchS() - fromS > longestS ? touchS() - usualSwingS : fromS;
    }

    /** Returns when the foot touched, s. */
    double touchS() {
        return burstS;
    }
}
