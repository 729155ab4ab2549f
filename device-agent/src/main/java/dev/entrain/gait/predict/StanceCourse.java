package dev.entrain.gait.predict;

/**
 * What a foot that should have left the ground by now is doing, and how long its step still takes.
 *
 * <p>In turning, stopping and starting, feet leave later than usual, turn on the ground before they leave, or step flat, so
 * that no swing is seen before it is over. What remains can be read from how long the foot has been moving: a resting one
 * has its rising, push-off and swing before it, one that rises on its toes most of them, one that has turned and slid for
 * a while next to nothing. Counted in usual swings, recorded turning strides had, as medians,
 *
 * <pre>  at rest 1.6   pushing off 1.1   moving for 0.4 swings 1.1, for 0.6 1.0, for 0.9 0.9, for 1.2 0.6, for 2 0.3
 *  turning as in swing 0.5 to 0.8</pre>
 *
 * <p>left to the contact. The size of the whole angular rate says whether it moves, so a turn on the spot counts as a push-off
 * does. Not thread-safe; realtime-safe.
 */
final class StanceCourse {
    /** A foot turns on the ground at less than this share of its usual swing peak when it rests, */
    private static final double STILL_SHARE = 0.15;

    /** and always at less than this, rad/s. */
    private static final double STILL_RADPS = 0.25;

    /** A pitch rate of this share of the swing peak is one: negative in push-off, positive in swing. */
    private static final double CLEAR = 0.1;

    /** Swings to the contact of a resting foot, */
    private static final double RESTING = 1.1;

    /** and less for each swing's time that it has been moving; */
    private static final double PER_MOVING = 0.45;

    /** of one that pushes off; */
    private static final double PUSHING = 1.1;

    /** of one that turns as in swing, at most, */
    private static final double SWINGING = 0.8;

    /** and less by its share of the swing peak. */
    private static final double PER_SHARE = 0.6;

    /** A contact is never nearer than this while none is seen. */
    private static final double LEAST = 0.25;

    /** How much the newest swing's peak counts. */
    private static final double NEWEST = 0.3;

    private double usualRadps;
    private double peakRadps;
    private double rateRadps;
    private double movesSinceS = Double.NaN;

    /** Forgets the walker. */
    void reset() {
        usualRadps = 0;
        peakRadps = 0;
        rateRadps = 0;
        movesSinceS = Double.NaN;
    }

    /**
     * Consumes a sample.
     *
     * @param rateRadps pitch rate, positive in swing, rad/s
     * @param turnRadps size of the whole angular rate, rad/s
     */
    void add(double timeS, double rateRadps, double turnRadps) {
        this.rateRadps = rateRadps;
        peakRadps = Math.max(peakRadps, rateRadps);
        if (turnRadps < Math.max(STILL_RADPS, STILL_SHARE * usualRadps)) {
            movesSinceS = Double.NaN;
        } else if (Double.isNaN(movesSinceS)) {
            movesSinceS = timeS;
        }
    }

    /** The foot touched: its swing's peak is what is usual. */
    void learn() {
        usualRadps = usualRadps == 0 ? peakRadps : usualRadps + NEWEST * (peakRadps - usualRadps);
        peakRadps = 0;
    }

    /** Returns whether the foot moves. */
    boolean moves() {
        return !Double.isNaN(movesSinceS);
    }

    /** Returns how long after {@code timeS}, the time of the newest sample, the foot will touch, in swings. */
    double leftSwings(double timeS, double swingS) {
        double share = usualRadps > 0 ? rateRadps / usualRadps : 0;
        if (moves() && share < -CLEAR) {
            return PUSHING;
        }
        double left = moves() ? RESTING - PER_MOVING * (timeS - movesSinceS) / swingS : RESTING;
        return Math.max(LEAST, share > CLEAR ? Math.min(left, SWINGING - PER_SHARE * share) : left);
    }
}
