package dev.entrain.gait.freeze;

/**
 * The log-odds that a walker who still moves is frozen: a sum of four things that can be read off the feet.
 *
 * <p>All are relative to this walker's own strides. Weights are a logistic regression's on the recordings of O'Day et al.
 * (2022) against those of people who do not freeze, rounded; trained on either person alone it finds all episodes of the
 * other.
 */
final class FreezeEvidence {
    private static final double CONSTANT = 4.0;

    /** The foot that moved less has made this much of a stride: it is stuck, the strongest sign. */
    private static final double STUCK = -6.3;

    /** The foot that moved more has not come to rest: stopping on purpose stills both. */
    private static final double BUSY = 3.2;

    /** Strides of late were irregular (Plotnik et al. 2008; O'Day et al. 2022). */
    private static final double IRREGULAR = 1.8;

    /** Turning on the spot: a foot that pivots does get on. */
    private static final double TURNING = -0.9;

    private static final double LEAST_TURN_DEG = 40;
    private static final double MOST_TURN_DEG = 120;

    private FreezeEvidence() {}

    /**
     * Returns the log-odds.
     *
     * @param stuck angle the quieter foot turned in the time of a stride, as a share of its usual stride
     * @param busy the same of the other foot
     * @param spread relative spread of stride times
     * @param turnDeg how far a foot turned to the side in the time of a stride, deg
     */
    static double logOdds(double stuck, double busy, double spread, double turnDeg) {
        return CONSTANT
                + STUCK * Math.log(Math.clamp(stuck, 0.3, 1.1))
                + BUSY * Math.log(Math.clamp(busy, 0.4, 1.1))
                + IRREGULAR * Math.log(Math.clamp(spread + 0.02, 0.03, 0.2))
                + TURNING * (Math.clamp(turnDeg, LEAST_TURN_DEG, MOST_TURN_DEG) - LEAST_TURN_DEG) / 40;
    }
}
