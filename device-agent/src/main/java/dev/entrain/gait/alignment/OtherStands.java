package dev.entrain.gait.alignment;

/**
 * Tells which way round the swing axis points from the other foot: while one foot swings, the other stands, whoever walks;
 * while one pushes off or comes down, the other rolls or swings. So the other foot turns less during the lobes that are
 * swings, and how its sensor sits does not matter. On walkers of all kinds 4 s of walking tell the sign, where the shape
 * of a slow stride may not. Not thread-safe; realtime-safe.
 */
final class OtherStands {
    /** What a foot has turned by more than this is forgotten, rad: about seven strides. */
    private static final double FORGET_RAD = 20;

    /** Turning to either side that says something, rad: half a stride. */
    private static final double LEAST_RAD = 0.5;

    /** The other foot must have turned at this rate on average, rad/s; if it stands all the time it tells nothing. */
    private static final double LEAST_RADPS = 0.5;

    /** Turning that makes half of all trust, rad: a stride. */
    private static final double HALF_RAD = 2;

    /**
     * The other foot walks too once it has turned by this much, rad: most of a stride. Whoever starts with this foot has
     * the other one flat during the first push-off, and heel off during the first swing.
     */
    private static final double WALKS_RAD = 2;

    /** A foot that turns more slowly stands, rad/s. */
    private static final double STANDS_RADPS = 0.5;

    /** Standing for longer is no stance of walking, s. */
    private static final double STANDING_S = 1.5;

    private double walkedRad;
    private double stoodS;
    private double ahead;
    private double back;
    private double otherAhead;
    private double otherBack;

    void reset() {
        walkedRad = 0;
        stoodS = 0;
        ahead = 0;
        back = 0;
        otherAhead = 0;
        otherBack = 0;
    }

    /** The axis was turned round. */
    void flip() {
        double swap = ahead;
        ahead = back;
        back = swap;
        swap = otherAhead;
        otherAhead = otherBack;
        otherBack = swap;
    }

    /** Consumes the rate about the axis and how fast the other foot turns, rad/s; NaN if unknown. */
    void add(double rateRadps, double otherRadps, double dtS) {
        if (Double.isNaN(otherRadps) || !walks(otherRadps, dtS)) {
            return;
        }
        double turned = Math.abs(rateRadps) * dtS;
        double keep = Math.max(0, 1 - turned / FORGET_RAD);
        ahead *= keep;
        back *= keep;
        otherAhead *= keep;
        otherBack *= keep;
        if (rateRadps > 0) {
            ahead += turned;
            otherAhead += turned * otherRadps;
        } else {
            back += turned;
            otherBack += turned * otherRadps;
        }
    }

    private boolean walks(double otherRadps, double dtS) {
        if (otherRadps < STANDS_RADPS) {
            stoodS += dtS;
            if (stoodS > STANDING_S) {
                walkedRad = 0;
            }
        } else {
            stoodS = 0;
            walkedRad += otherRadps * dtS;
        }
        return walkedRad > WALKS_RAD;
    }

    /** Returns from -1 to 1 how much speaks for the swing being positive; 0 if nothing is known. */
    double vote() {
        if (ahead < LEAST_RAD || back < LEAST_RAD) {
            return 0;
        }
        double during = otherAhead / ahead;
        double between = otherBack / back;
        double both = during + between;
        return both < LEAST_RADPS ? 0 : (between - during) / both * (ahead + back) / (ahead + back + HALF_RAD);
    }
}
