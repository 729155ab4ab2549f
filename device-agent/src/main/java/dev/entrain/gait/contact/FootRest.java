package dev.entrain.gait.contact;

/** Whether a foot is still, and since when. Not thread-safe; realtime-safe. */
final class FootRest {
    /** Still for this long is foot flat, s. */
    private static final double FLAT_S = 0.06;

    /** Still for this long is rest, s; between a slow push-off and its swing the rate is small for 0.1 s. */
    private static final double REST_S = 0.15;

    /** Under this share of the usual swing peak the foot is still: a standing foot pivots a little in a turn. */
    private static final double STILL_SHARE = 0.15;

    /** And always under this, rad/s. */
    private static final double STILL_RADPS = 0.25;

    private double stillS;
    private double sinceS;

    /** Starts counting anew. */
    void clear() {
        stillS = 0;
    }

    /**
     * Consumes a sample.
     *
     * @param turnRadps size of the whole angular rate, rad/s
     * @param dtS seconds since the last sample
     * @param usualRadps usual peak rate of a swing, rad/s
     */
    void add(double timeS, double turnRadps, double dtS, double usualRadps) {
        if (turnRadps >= Math.max(STILL_RADPS, STILL_SHARE * usualRadps)) {
            stillS = 0;
            return;
        }
        if (stillS == 0) {
            sinceS = timeS;
        }
        stillS += dtS;
    }

    /** Returns whether the foot has been still long enough to be flat on the ground. */
    boolean isFlat() {
        return stillS >= FLAT_S;
    }

    /** Returns whether the foot has been still long enough to be at rest. */
    boolean isRest() {
        return stillS >= REST_S;
    }

    /** Returns since when it has been still, s; meaningful while it is. */
    double sinceS() {
        return sinceS;
    }
}
