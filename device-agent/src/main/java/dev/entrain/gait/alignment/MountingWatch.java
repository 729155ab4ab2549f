package dev.entrain.gait.alignment;

/**
 * Holds the swing axis to account, stride by stride, by evidence that owes nothing to the shape of the gait cycle: the way
 * the foot goes. Up comes from the rest before a straight stride, forward from its displacement; the two leave no doubt
 * about axis and sign, whatever the mounting, and they show at once that the sensor has turned on its foot. Where the
 * accelerometer holds no gravity, the share of the rotation that lies along the axis is watched instead.
 *
 * <p>Turns, shuffles on the spot and single odd steps change nothing: only straight strides of some length count, and a
 * change must be seen twice alike. Someone who walks backwards for two long strides looks like a sensor turned by 180
 * degrees, and again when going forward. Not thread-safe; realtime-safe.
 */
public final class MountingWatch {
    /** What a reading showed. */
    public enum Verdict {
        /** Nothing new. */
        NOTHING,
        /** A stride ended, and the mounting is as it was. */
        STRIDE,
        /** The sensor sits otherwise than the axis says; {@link #targetX()} is the new one, sign and all. */
        TURNED,
        /** The rotation no longer lies along the axis, and nothing says where the new one is. */
        LOST
    }

    /** Shorter ways have no reliable direction, m: an error of 3 cm is then 8 degrees. */
    private static final double LEAST_LENGTH_M = 0.2;

    /** Strides that turn the foot by more do not go where it points, rad. */
    private static final double STRAIGHT_RAD = Math.toRadians(22);

    /** A direction this far from the mean of earlier ones is a sensor that has turned; feet vary by 10 degrees, rad. */
    private static final double TURNED_COS = Math.cos(Math.toRadians(24));

    /** An axis that is further from the way's direction is wrong: no one points the toes out by so much. */
    private static final double WRONG_COS = Math.cos(Math.toRadians(50));

    /** An axis that is further from the way's direction, and explains the rotation worse, is wrong too. */
    private static final double DOUBTFUL_COS = Math.cos(Math.toRadians(30));

    /** Straight strides before a wrong axis is corrected by their direction. */
    private static final int SURE_STRIDES = 2;

    /** Weight of a new stride in the mean direction. */
    private static final double FOLLOW = 0.25;

    /** Share of the rotation's energy along the axis under which a movement does not fit it: the sensor turned by 45 deg. */
    private static final double LOST_SHARE = 0.5;

    /** Share of the rotation's energy along its own principal direction that makes a movement a swing and no turn. */
    private static final double LINEAR_SHARE = 0.75;

    /** Lines further apart are not the same axis. */
    private static final double ALIKE_COS = Math.cos(Math.toRadians(25));

    /** What the new axis must explain better than the old one. */
    private static final double BETTER = 1.1;

    /** Strides that go backwards before the sensor, not the walker, is thought to have turned. */
    private static final int BACKWARDS = 3;

    /** No step turns a foot by more, rad. */
    private static final double SPIN_RAD = Math.toRadians(100);

    /** A sensor that was silent for longer may have been taken off, s. */
    private static final double SILENCE_S = 1.0;

    /** Movements in a row that must not fit, where there is no gravity: a u-turn on the spot has two of a foot. */
    private static final int LOST_MOVEMENTS = 3;

    /** A longer time between readings says nothing about the rate in between, s. */
    private static final double LONGEST_STEP_S = 0.1;

    /** Rotation before a movement without gravity is judged, rad. */
    private static final double LEAST_ANGLE_RAD = 0.6;

    private final StridePath path = new StridePath();
    private final SensorTriad mean = new SensorTriad();
    private final SensorTriad other = new SensorTriad();
    private final SensorTriad now = new SensorTriad();
    private final SwingAxis moved = new SwingAxis();
    private int known;
    private int odd;
    private boolean spun;
    private boolean justSpun;
    private double oldEnergy;
    private double newEnergy;
    private double targetX;
    private double targetY;
    private double targetZ;
    private int unfit;
    private double unfitX;
    private double unfitY;
    private double unfitZ;
    private double share = Double.NaN;
    private boolean straight;

    /** Forgets everything. */
    public void reset() {
        path.reset();
        known = 0;
        odd = 0;
        spun = false;
        unfit = 0;
        moved.reset();
        share = Double.NaN;
        straight = false;
    }

    /**
     * Consumes a reading.
     *
     * @param axis the swing axis as it is believed to be
     * @param found whether it is believed at all
     */
    public Verdict add(
            double ax,
            double ay,
            double az,
            double gx,
            double gy,
            double gz,
            double gapS,
            SwingAxis axis,
            boolean found) {
        moved.add(gx, gy, gz, Math.min(gapS, LONGEST_STEP_S));
        straight = false;
        justSpun = gapS > SILENCE_S;
        if (!path.add(ax, ay, az, gx, gy, gz, gapS)) {
            return Verdict.NOTHING;
        }
        boolean enough = moved.angleRad() > LEAST_ANGLE_RAD;
        double newShare = moved.energy(axis.x(), axis.y(), axis.z()) / moved.energy();
        if (path.turnRad() > SPIN_RAD) {
            spun = true;
            justSpun = true;
        }
        Verdict verdict = path.hasGravity() ? judgeWay(axis, found) : judgeShare(enough, newShare, found);
        if (enough) {
            share = !Double.isNaN(share) ? share + FOLLOW * (newShare - share) : newShare;
        }
        moved.reset();
        return verdict;
    }

    private Verdict judgeWay(SwingAxis axis, boolean found) {
        unfit = 0;
        if (!path.isSound()) {
            return Verdict.STRIDE;
        }
        if (path.lengthM() < LEAST_LENGTH_M || Math.abs(path.yawRad()) > STRAIGHT_RAD) {
            return Verdict.STRIDE;
        }
        now.set(path);
        if (known == 0) {
            mean.copy(now);
            known = 1;
        } else if (mean.turnCos(now) > TURNED_COS) {
            mean.follow(now, Math.max(FOLLOW, 1.0 / (known + 1)));
            known++;
            odd = 0;
            spun = false;
        } else {
            return judgeOdd(axis, found);
        }
        straight = true;
        if (!found || known < SURE_STRIDES || !isWrong(axis)) {
            return Verdict.STRIDE;
        }
        target(mean.rightX, mean.rightY, mean.rightZ);
        return Verdict.TURNED;
    }

    /** Whether the axis contradicts the way, and this stride's rotation does not speak for the axis. */
    private boolean isWrong(SwingAxis axis) {
        double cos = axis.rate(mean.rightX, mean.rightY, mean.rightZ);
        double across = moved.energy(mean.rightX, mean.rightY, mean.rightZ);
        boolean better = across > BETTER * moved.energy(axis.x(), axis.y(), axis.z());
        return cos < -WRONG_COS || (cos < DOUBTFUL_COS && better);
    }

    /** A straight stride that went another way than the earlier ones: an odd step, or the sensor has turned. */
    private Verdict judgeOdd(SwingAxis axis, boolean found) {
        if (odd == 0 || other.turnCos(now) < TURNED_COS) {
            other.copy(now);
            odd = 0;
            oldEnergy = 0;
            newEnergy = 0;
        } else {
            other.follow(now, 0.5);
        }
        odd++;
        // The axis keeps its place in the foot: it turns with up and the way.
        mean.carry(axis.x(), axis.y(), axis.z(), other);
        target(other.carriedX, other.carriedY, other.carriedZ);
        if (axis.rate(mean.rightX, mean.rightY, mean.rightZ) < WRONG_COS) {
            target(other.rightX, other.rightY, other.rightZ);
        }
        oldEnergy += moved.energy(axis.x(), axis.y(), axis.z());
        newEnergy += moved.energy(targetX, targetY, targetZ);
        boolean backwards = axis.rate(targetX, targetY, targetZ) < -WRONG_COS;
        // A sensor turned by so much was seen to spin, a walker who goes backwards was not.
        boolean proven = backwards
                ? odd >= (spun ? SURE_STRIDES : BACKWARDS)
                : odd >= SURE_STRIDES && newEnergy > BETTER * oldEnergy;
        if (!proven) {
            return Verdict.STRIDE;
        }
        mean.copy(other);
        known = SURE_STRIDES;
        odd = 0;
        spun = false;
        return found ? Verdict.TURNED : Verdict.STRIDE;
    }

    private void target(double x, double y, double z) {
        targetX = x;
        targetY = y;
        targetZ = z;
    }

    private Verdict judgeShare(boolean enough, double newShare, boolean found) {
        if (!enough || !found) {
            return Verdict.STRIDE;
        }
        moved.refresh();
        boolean line = moved.energy(moved.x(), moved.y(), moved.z()) > LINEAR_SHARE * moved.energy();
        boolean fits = newShare > LOST_SHARE || newShare > 0.7 * share;
        if (fits || !line) {
            unfit = 0;
            return Verdict.STRIDE;
        }
        boolean alike = Math.abs(moved.rate(unfitX, unfitY, unfitZ)) > ALIKE_COS;
        unfit = unfit > 0 && alike ? unfit + 1 : 1;
        unfitX = moved.x();
        unfitY = moved.y();
        unfitZ = moved.z();
        if (unfit < LOST_MOVEMENTS) {
            return Verdict.STRIDE;
        }
        unfit = 0;
        share = Double.NaN;
        return Verdict.LOST;
    }

    /**
     * Returns whether the foot has just turned by more than a step does, or the sensor was silent: what was known of the
     * sign may be outdated.
     */
    public boolean justSpun() {
        return justSpun;
    }

    /** The axis was turned round for another reason: the way is learnt anew. */
    public void forgetWay() {
        known = 0;
        odd = 0;
        spun = false;
    }

    /** Returns whether the way speaks for the present sign of the axis. */
    public boolean supports(SwingAxis axis) {
        return known > 0 && !spun && axis.rate(mean.rightX, mean.rightY, mean.rightZ) > 0;
    }

    /** Returns the swing axis as it must be after {@link Verdict#TURNED}, a unit vector in sensor axes. */
    public double targetX() {
        return targetX;
    }

    /** See {@link #targetX()}. */
    public double targetY() {
        return targetY;
    }

    /** See {@link #targetX()}. */
    public double targetZ() {
        return targetZ;
    }

    /** Returns how far the foot's own forward direction points to the left of its way on average, rad. */
    public double toesLeftRad(SwingAxis axis) {
        double x = mean.rightY * axis.z() - mean.rightZ * axis.y();
        double y = mean.rightZ * axis.x() - mean.rightX * axis.z();
        double z = mean.rightX * axis.y() - mean.rightY * axis.x();
        double sin = x * mean.upX + y * mean.upY + z * mean.upZ;
        return Math.atan2(sin, axis.rate(mean.rightX, mean.rightY, mean.rightZ));
    }

    /**
     * Returns the probability that an axis lies within 20 degrees of the foot's and has its sign.
     *
     * @param axis the axis
     * @param vote what the gait cycle's shape says of the sign, see {@link SwingSign#vote()}
     */
    public double confidence(SwingAxis axis, double vote) {
        if (known > 0) {
            double cos = axis.rate(mean.rightX, mean.rightY, mean.rightZ);
            double apartRad = Math.acos(Math.clamp(cos, -1, 1));
            double agreed = 1 / (1 + Math.exp((apartRad - 0.45) / 0.07));
            return agreed * known / (known + (odd > 0 ? 1.5 : 0.3));
        }
        double sign = 1 / (1 + Math.exp(-2.5 * vote));
        double line = !Double.isNaN(share) ? 1 / (1 + Math.exp((0.55 - share) / 0.07)) : 0.5;
        return sign * line;
    }

    /** Returns the way of the last stride. */
    public StridePath path() {
        return path;
    }

    /** Returns whether the last reading ended a straight stride that fits the earlier ones. */
    public boolean straight() {
        return straight;
    }

    /** Returns up in sensor axes on average; NaN before the first straight stride with gravity. */
    public double upX() {
        return known > 0 ? mean.upX : Double.NaN;
    }

    /** See {@link #upX()}. */
    public double upY() {
        return known > 0 ? mean.upY : Double.NaN;
    }

    /** See {@link #upX()}. */
    public double upZ() {
        return known > 0 ? mean.upZ : Double.NaN;
    }
}
