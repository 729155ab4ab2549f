package dev.entrain.gait.freeze;

/**
 * The log-odds that a walker who still moves is frozen: a sum of five things that can be read off the feet.
 *
 * <p>All are relative to this walker's own strides. Weights began as a logistic regression's on the first 1.7 s of the
 * episodes that O'Day et al. (2022) labelled, against the rest of those walks and those of people who do not freeze, and
 * were then moved, rounded, towards early alarms at three thresholds at once. They are in-sample for those two people.
 */
final class FreezeEvidence {
    private static final double CONSTANT = 3.9;

    /** The foot that moved less has made this much of a stride: it is stuck. */
    private static final double STUCK = -4.6;

    /** And that share shrinks: who freezes gets less far from moment to moment, who sets off again gets further. */
    private static final double SHRINKS = -4.2;

    /** Neither foot swings, though one moves. */
    private static final double SWINGLESS = 1.3;

    /** Strides of late were irregular (Plotnik et al. 2008; O'Day et al. 2022). */
    private static final double IRREGULAR = 2.0;

    /**
     * A sharp turn is made of short steps, for everybody. Chosen by hand so that four signs of a real freeze outweigh it:
     * nobody froze in a turn as sharp while the weights were learnt, but people do.
     */
    private static final double SHARP_TURN = -2.0;

    private static final double SHARP_DEG = 90;
    private static final double REVERSAL_DEG = 160;

    /** Shares of a stride outside of this range say no more. */
    private static final double LEAST_SHARE = 0.25;

    private static final double MOST_SHARE = 1.1;
    private static final double MOST_SHRINKING = 0.6;

    private FreezeEvidence() {}

    /** Returns by how much a share of a usual stride, as a logarithm, grew from one moment to another. */
    static double growth(double earlier, double share) {
        return Math.log(Math.clamp(share, LEAST_SHARE, MOST_SHARE) / Math.clamp(earlier, LEAST_SHARE, MOST_SHARE));
    }

    /**
     * Returns the log-odds.
     *
     * @param stuck angle the quieter foot turned in the time of a stride, as a share of its usual stride
     * @param growth how that changed, as {@link #growth} has it
     * @param swingless time since a foot swung, in strides
     * @param spread relative spread of stride times
     * @param turnDeg how far a foot turned to the side in the time of a stride, deg, at most of late
     */
    static double logOdds(double stuck, double growth, double swingless, double spread, double turnDeg) {
        return CONSTANT
                + STUCK * Math.log(Math.clamp(stuck, LEAST_SHARE, MOST_SHARE))
                + SHRINKS * Math.clamp(growth, -MOST_SHRINKING, MOST_SHRINKING)
                + SWINGLESS * Math.clamp(swingless, 0.1, 1.5)
                + IRREGULAR * Math.log(Math.clamp(spread + 0.02, 0.03, 0.2))
                + SHARP_TURN * (Math.clamp(turnDeg, SHARP_DEG, REVERSAL_DEG) - SHARP_DEG) / 35;
    }
}
