package dev.entrain.gait.alignment;

import dev.entrain.sample.Foot;

/**
 * Asks whether left and right are swapped. Walkers carry a swinging foot past the standing leg on its outside, and point
 * their toes outwards; both are mirror images of each other in the two feet, so they tell which foot is which with any
 * mounting that leaves gravity in the readings. Only straight strides count. Not thread-safe; realtime-safe.
 */
public final class SideCheck {
    /** Straight strides of each foot before anything is said. */
    private static final int LEAST_STRIDES = 4;

    /** Newer strides count this much at least, so that swapping mid-walk is noticed. */
    private static final double LEAST_SHARE = 0.08;

    /** Log odds per metre that the left foot's mean path lies further left than the right one's (measured: 1 to 4 cm). */
    private static final double ODDS_PER_M = 150;

    /** Log odds per radian that the left foot's axis is turned further out than the right one's (measured: 0 to 20 deg). */
    private static final double ODDS_PER_RAD = 4.5;

    /** Strides of chance that dilute the evidence of the first ones. */
    private static final double DOUBT_STRIDES = 3;

    private final int[] strides = new int[Foot.COUNT];
    private final double[] leftwardM = new double[Foot.COUNT];
    private final double[] toeLeftRad = new double[Foot.COUNT];

    /**
     * Consumes a straight stride.
     *
     * @param foot the foot it is said to be
     * @param meanLeftwardM how far left of the straight way it ran, m
     * @param toesLeftRad how far the foot's own forward direction pointed left of the way, rad
     */
    public void add(Foot foot, double meanLeftwardM, double toesLeftRad) {
        int i = foot.ordinal();
        strides[i]++;
        double share = Math.max(LEAST_SHARE, 1.0 / strides[i]);
        // One odd stride may not outweigh many: no foot swings out by more, or points further, in walking.
        leftwardM[i] += share * (Math.clamp(meanLeftwardM, -0.06, 0.06) - leftwardM[i]);
        toeLeftRad[i] += share * (Math.clamp(toesLeftRad, -0.6, 0.6) - toeLeftRad[i]);
    }

    /** Returns the probability that the feet are swapped, 0 to 1; NaN before enough straight strides of both. */
    public double swapped() {
        int fewest = Math.min(strides[0], strides[1]);
        if (fewest < LEAST_STRIDES) {
            return Double.NaN;
        }
        double odds = ODDS_PER_M * (leftwardM[0] - leftwardM[1]) + ODDS_PER_RAD * (toeLeftRad[0] - toeLeftRad[1]);
        return 1 / (1 + Math.exp(odds * fewest / (fewest + DOUBT_STRIDES)));
    }
}
