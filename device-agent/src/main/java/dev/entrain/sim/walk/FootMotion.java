package dev.entrain.sim.walk;

import dev.entrain.noise.SeededNoise;

/**
 * Where one foot is and how it moves, as smooth functions of time with exact derivatives, so that whoever integrates
 * the readings finds the motion again.
 *
 * <p>A step rolls over the toes from heel-off to final contact, flies, and rolls over the heel from initial contact to
 * foot flat. The sensor sits at {@code pivot + R * lever}: the pivot lies under the toes in push-off and under the heel in
 * landing and travels between the two in swing, while the lever changes from one to the other. Pitch is positive with
 * the heel up. Shapes of the rates follow published foot-worn gyroscope curves (Mariani 2012, Trojaniello 2014). Foot
 * axes: x forward, y left, z up. Not thread-safe; does not allocate.
 */
final class FootMotion {
    /** How long shocks ring on after foot flat, ns; afterwards the foot is perfectly still. */
    static final long SETTLING_NS = 40_000_000L;

    private static final double GRAVITY_MPS2 = 9.80665;
    private static final double TOE_M = 0.14;
    private static final double HEEL_M = 0.11;
    private static final double HEIGHT_M = 0.03;
    /** A foot that catches is arrested within some 50 ms. */
    private static final double TRIP_CONSTANT_S = 0.015;

    private static final double MOST_TOE_OFF_PITCH_RAD = Math.toRadians(80);
    private static final double LEAST_TOE_OFF_PITCH_RAD = Math.toRadians(3);
    private static final double MOST_SWING_ROLL_RAD = Math.toRadians(7);
    private static final double MOST_SWING_YAW_RAD = Math.toRadians(4);

    /** The toes bend along an oblique line: a foot whose heel rises also rolls outward by this share of its pitch. */
    private static final double OBLIQUE_ROLL = 0.14;

    private final double outward;
    private final double shockConstantS;
    private final StepShape shape = new StepShape();
    private final SmallAngle angle = new SmallAngle();
    private final Bump bump = new Bump();
    private final Shock strike = new Shock();
    private final Shock slap = new Shock();
    private final Shock trip = new Shock();

    private Move.Kind kind = Move.Kind.REST;
    private long startNs;
    private double endS;
    private double finalS;
    private double initialS;
    private double clearanceM;
    private double circumductionM;
    private double rollRad;
    private double swingYawRad;
    private double liftRad;
    private double tipRad;
    private double tripMps2;
    private double strikeTilt;
    private double strikeMps2;

    private double travelAlongM;
    private double travelAcrossM;
    private double turnRad;
    private double landedXM;
    private double landedYM;
    private double landedYawRad;

    private double sinP;
    private double cosP;
    private double sinR;
    private double cosR;
    private double sinY;
    private double cosY;
    private double ax;
    private double ay;
    private double az;

    /** Body angular rate, rad/s, and specific force, m/s2, in foot axes; results of {@link #moveTo}. */
    double gx;

    double gy;
    double gz;
    double fx;
    double fy;
    double fz;

    /** Gravity's share of the specific force, m/s2. */
    double upX;

    double upY;
    double upZ;

    /** Height of the sensor over its place at rest, m; result of {@link #moveTo}. */
    double zM;

    /**
     * @param outward +1 for the left foot, -1 for the right: where its outside lies along y
     * @param xM where it stands, m
     * @param yM where it stands, m
     * @param yawRad where it points, rad
     * @param shockConstantS time constant of shocks, s; the sampling of a slow sensor must still resolve it
     */
    FootMotion(double outward, double xM, double yM, double yawRad, double shockConstantS) {
        this.outward = outward;
        this.shockConstantS = shockConstantS;
        landedXM = xM;
        landedYM = yM;
        landedYawRad = yawRad;
        settle();
    }

    /** Returns where the sensor is at rest after the moves begun so far, m. */
    double landedXM() {
        return landedXM;
    }

    /** See {@link #landedXM}. */
    double landedYM() {
        return landedYM;
    }

    /** Returns where the foot points at rest after the moves begun so far, rad. */
    double landedYawRad() {
        return landedYawRad;
    }

    /** Begins a step or a jerk; the last one has ended. */
    void begin(Move move, SeededNoise noise) {
        settle();
        kind = move.kind;
        startNs = move.startNs;
        if (kind == Move.Kind.JERK) {
            endS = seconds(move.flatNs);
            liftRad = move.liftRad;
            bump.between(0, endS);
            return;
        }
        if (kind == Move.Kind.FALL) {
            endS = seconds(move.flatNs);
            liftRad = move.liftRad;
            tipRad = move.tipRad;
            strikeMps2 = move.impactMps2;
            strike.at(WalkSegment.Fall.TIP_S, TRIP_CONSTANT_S);
            return;
        }
        endS = seconds(move.flatNs + SETTLING_NS);
        finalS = seconds(move.finalContactNs);
        initialS = seconds(move.initialContactNs);
        double flatS = seconds(move.flatNs);
        double cos = StrictMath.cos(landedYawRad);
        double sin = StrictMath.sin(landedYawRad);
        double toeXM = landedXM + TOE_M * cos;
        double toeYM = landedYM + TOE_M * sin;
        turnRad = move.landingYawRad - landedYawRad;
        landedXM = move.landingXM;
        landedYM = move.landingYM;
        landedYawRad = move.landingYawRad;
        double travelXM = landedXM - HEEL_M * StrictMath.cos(landedYawRad) - toeXM;
        double travelYM = landedYM - HEEL_M * StrictMath.sin(landedYawRad) - toeYM;
        travelAlongM = travelXM * cos + travelYM * sin;
        travelAcrossM = travelYM * cos - travelXM * sin;
        clearanceM = move.clearanceM;
        circumductionM = move.circumductionM * outward;
        double vigour = Math.min(1, move.swingPeakRadps / 6);
        rollRad = outward * MOST_SWING_ROLL_RAD * vigour * (1 + 0.2 * noise.gaussian());
        swingYawRad = outward * MOST_SWING_YAW_RAD * vigour * (1 + 0.4 * noise.gaussian());
        shape.fit(finalS, initialS, flatS, move, MOST_TOE_OFF_PITCH_RAD, LEAST_TOE_OFF_PITCH_RAD, noise);
        bump.between(finalS, initialS);
        strikeMps2 = move.impactMps2;
        strikeTilt = 0.25 * noise.gaussian();
        strike.at(initialS, shockConstantS);
        tripMps2 = move.tripMps2;
        trip.at(seconds(move.tripNs), TRIP_CONSTANT_S);
        slap.at(initialS + 0.55 * (flatS - initialS), shockConstantS);
    }

    /** Moves to a time, in order, and works out rates and forces there. */
    void moveTo(long nowNs) {
        if (kind == Move.Kind.REST) {
            return;
        }
        double t = (nowNs - startNs) * 1e-9;
        if (t < 0) {
            return;
        }
        if (t >= endS) {
            settle();
            return;
        }
        if (kind == Move.Kind.JERK) {
            jerk(t);
        } else if (kind == Move.Kind.FALL) {
            fall(t);
        } else {
            step(t);
        }
    }

    /** Tips over, strikes, lies, and is set on its sole at the end. */
    private void fall(double t) {
        boolean rises = t > endS - WalkSegment.Fall.RISE_S;
        double takesS = rises ? WalkSegment.Fall.RISE_S : WalkSegment.Fall.TIP_S;
        double u = Math.clamp((rises ? endS - t : t) / takesS, 0, 1);
        double w = u * (1 - u);
        double value = u * u * u * (10 - 15 * u + 6 * u * u);
        double rate = 30 * w * w / takesS * (rises ? -1 : 1);
        double slope = 60 * w * (1 - 2 * u) / (takesS * takesS);
        attitude(
                liftRad * value,
                liftRad * rate,
                liftRad * slope,
                tipRad * value,
                tipRad * rate,
                tipRad * slope,
                0,
                0,
                0);
        strike.moveTo(t);
        force(0, 0, strikeMps2 * strike.slope, liftRad > 0 ? -TOE_M : HEEL_M, HEIGHT_M, 0, 0);
    }

    private void settle() {
        kind = Move.Kind.REST;
        gx = 0;
        gy = 0;
        gz = 0;
        fx = 0;
        fy = 0;
        fz = GRAVITY_MPS2;
        upX = 0;
        upY = 0;
        upZ = GRAVITY_MPS2;
        zM = 0;
    }

    private void jerk(double t) {
        bump.moveTo(t);
        attitude(
                liftRad * bump.value,
                liftRad * bump.rate,
                liftRad * bump.slope,
                0.3 * liftRad * outward * bump.value,
                0.3 * liftRad * outward * bump.rate,
                0.3 * liftRad * outward * bump.slope,
                0,
                0,
                0);
        force(0, 0, 0, -TOE_M, HEIGHT_M, 0, 0);
    }

    private void step(double t) {
        shape.moveTo(t);
        bump.moveTo(t);
        strike.moveTo(t);
        slap.moveTo(t);
        trip.moveTo(t);
        RateSpline pitch = shape.pitch();
        RateSpline travel = shape.travel();
        // A shock also turns the foot: as much as its own acceleration on a lever of 20 cm in pitch, 5 cm in roll.
        double ring = strikeMps2 / 0.2;
        double caught = tripMps2 / 0.2;
        double oblique = outward * OBLIQUE_ROLL;
        double tilt = strikeTilt * strikeMps2 / 0.05;
        attitude(
                pitch.value() + ring * strike.value + caught * trip.value,
                pitch.rate() + ring * strike.rate + caught * trip.rate,
                pitch.slope() + ring * strike.slope + caught * trip.slope,
                rollRad * bump.wave + tilt * strike.value + oblique * pitch.value(),
                rollRad * bump.waveRate + tilt * strike.rate + oblique * pitch.rate(),
                rollRad * bump.waveSlope + tilt * strike.slope + oblique * pitch.slope(),
                turnRad * travel.value() + swingYawRad * bump.value,
                turnRad * travel.rate() + swingYawRad * bump.rate,
                turnRad * travel.slope() + swingYawRad * bump.slope);
        double side = circumductionM * bump.slope;
        double shock = strikeMps2 * (strike.slope + 0.25 * slap.slope);
        double pivotX = travelAlongM * travel.slope() - 0.45 * shock - tripMps2 * trip.slope;
        double pivotY = travelAcrossM * travel.slope() + strikeTilt * shock + side;
        double pivotZ = clearanceM * bump.slope + shock;
        double lever = -TOE_M + (TOE_M + HEEL_M) * travel.value();
        zM = clearanceM * bump.value
                + strikeMps2 * (strike.value + 0.25 * slap.value)
                - sinP * lever
                + (cosP * cosR - 1) * HEIGHT_M;
        force(
                pivotX,
                pivotY,
                pivotZ,
                lever,
                HEIGHT_M,
                (TOE_M + HEEL_M) * travel.rate(),
                (TOE_M + HEEL_M) * travel.slope());
    }

    /** Body rates and their derivatives from pitch, roll and yaw (since heel-off) and theirs. */
    private void attitude(
            double p, double dp, double ddp, double r, double dr, double ddr, double y, double dy, double ddy) {
        angle.set(p);
        sinP = angle.sin();
        cosP = angle.cos();
        angle.set(r);
        sinR = angle.sin();
        cosR = angle.cos();
        angle.set(y);
        sinY = angle.sin();
        cosY = angle.cos();
        gx = dr - dy * sinP;
        gy = dp * cosR + dy * cosP * sinR;
        gz = -dp * sinR + dy * cosP * cosR;
        ax = ddr - ddy * sinP - dy * dp * cosP;
        ay = ddp * cosR - dp * dr * sinR + ddy * cosP * sinR - dy * dp * sinP * sinR + dy * dr * cosP * cosR;
        az = -ddp * sinR - dp * dr * cosR + ddy * cosP * cosR - dy * dp * sinP * cosR - dy * dr * cosP * sinR;
    }

    /** Pivot's acceleration in the level axes of heel-off; specific force of a sensor on a lever (x and z of the foot) that lengthens along x, from a pivot that moves. */
    private void force(
            double pivotX, double pivotY, double pivotZ, double lx, double lz, double leverRate, double leverSlope) {
        double m00 = cosY * cosP;
        double m10 = sinY * cosP;
        double m20 = -sinP;
        double m01 = cosY * sinP * sinR - sinY * cosR;
        double m11 = sinY * sinP * sinR + cosY * cosR;
        double m21 = cosP * sinR;
        double m02 = cosY * sinP * cosR + sinY * sinR;
        double m12 = sinY * sinP * cosR - cosY * sinR;
        double m22 = cosP * cosR;
        upX = m20 * GRAVITY_MPS2;
        upY = m21 * GRAVITY_MPS2;
        upZ = m22 * GRAVITY_MPS2;
        double dot = gx * lx + gz * lz;
        double square = gx * gx + gy * gy + gz * gz;
        // alpha x l + omega x (omega x l) + 2 omega x l' + l''
        fx = m00 * pivotX + m10 * pivotY + m20 * pivotZ + upX + ay * lz + gx * dot - square * lx + leverSlope;
        fy = m01 * pivotX + m11 * pivotY + m21 * pivotZ + upY + az * lx - ax * lz + gy * dot + 2 * gz * leverRate;
        fz = m02 * pivotX + m12 * pivotY + m22 * pivotZ + upZ - ay * lx + gz * dot - square * lz - 2 * gy * leverRate;
    }

    private double seconds(long atNs) {
        return (atNs - startNs) * 1e-9;
    }

    /** A smooth hump from 0 to 1 and back, and its slope's shape as a wave of both signs, with two derivatives. */
    private static final class Bump {
        private double startS;
        private double durationS = 1;
        private double value;
        private double rate;
        private double slope;
        private double wave;
        private double waveRate;
        private double waveSlope;

        void between(double fromS, double toS) {
            startS = fromS;
            durationS = toS - fromS;
        }

        void moveTo(double t) {
            double u = Math.clamp((t - startS) / durationS, 0, 1);
            double w = u * (1 - u);
            double d = 1 - 2 * u;
            double q = 1 - 5 * w;
            value = 64 * w * w * w;
            rate = 192 * w * w * d / durationS;
            slope = 384 * w * q / (durationS * durationS);
            // 4 w^3 d times 64: one lobe inwards, one outwards.
            wave = 256 * w * w * w * d;
            waveRate = 256 * w * w * (3 * d * d - 2 * w) / durationS;
            waveSlope = 256 * w * d * (6 * d * d - 18 * w) / (durationS * durationS);
        }
    }

    /** A damped shock: displacement x^3 e^-x of x = t / constant, scaled so that its acceleration peaks near 1. */
    private static final class Shock {
        private static final double GONE = 24;

        private double atS;
        private double constantS = 1;
        private double value;
        private double rate;
        private double slope;

        void at(double timeS, double constant) {
            atS = timeS;
            constantS = constant;
        }

        void moveTo(double t) {
            double x = (t - atS) / constantS;
            if (x <= 0 || x > GONE) {
                value = 0;
                rate = 0;
                slope = 0;
                return;
            }
            double e = StrictMath.exp(-x);
            value = x * x * x * e * constantS * constantS;
            rate = x * x * (3 - x) * e * constantS;
            slope = x * (6 - 6 * x + x * x) * e;
        }
    }
}
