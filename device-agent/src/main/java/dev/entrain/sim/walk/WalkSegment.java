package dev.entrain.sim.walk;

import dev.entrain.sample.Foot;

/** A stretch of a scripted walk. */
public sealed interface WalkSegment {
    /** Greatest length of a segment, s. */
    double LONGEST_S = 86_400;

    /**
     * Both feet rest side by side.
     *
     * @param durationS s, 0 to 86 400
     */
    record Stand(double durationS) implements WalkSegment {
        /** Checks the range. */
        public Stand {
            Range.check("standing time", durationS, 0, LONGEST_S, "s");
        }
    }

    /**
     * Straight walking that changes evenly from one gait to another.
     *
     * @param durationS s, 0.1 to 86 400
     * @param start gait at the beginning; its 1/f exponent holds throughout
     * @param end gait at the end
     */
    record Walk(double durationS, Gait start, Gait end) implements WalkSegment {
        /** Checks the range. */
        public Walk {
            Range.check("walking time", durationS, 0.1, LONGEST_S, "s");
        }

        /** Walking that does not change. */
        public Walk(double durationS, Gait gait) {
            this(durationS, gait, gait);
        }

        /** Returns the gait so many seconds into the segment. */
        @SuppressWarnings("ReferenceEquality") // Only saves work: a gait half-way to its equal is the same.
        public Gait gaitAt(double intoS) {
            return start == end ? start : start.towards(end, Math.clamp(intoS / durationS, 0, 1));
        }
    }

    /**
     * A turn while stepping, with shortened steps.
     *
     * @param angleDeg whole angle, deg, positive to the left, -1080 to 1080
     * @param perStepDeg angle of a step, deg, 5 to 90
     * @param gait gait of the turn; its stride length is taken as it is
     */
    record Turn(double angleDeg, double perStepDeg, Gait gait) implements WalkSegment {
        /** Checks the ranges. */
        public Turn {
            Range.check("turn", angleDeg, -1080, 1080, "deg");
            Range.check("turn per step", perStepDeg, 5, 90, "deg");
        }

        /** Returns the number of steps the turn takes, at least 1. */
        public int steps() {
            return Math.max(1, (int) Math.ceil(Math.abs(angleDeg) / perStepDeg));
        }
    }

    /**
     * Standing on purpose, but not still: weight shifts and heels that rise for a moment; no step.
     *
     * @param durationS s, 0 to 86 400
     */
    record Fidget(double durationS) implements WalkSegment {
        /** Checks the range. */
        public Fidget {
            Range.check("fidgeting time", durationS, 0, LONGEST_S, "s");
        }
    }

    /**
     * A sensor turns on its foot, while the walk goes on as if nothing were. Takes no time of its own; the sensor needs
     * {@link #TAKES_NS} for it.
     *
     * @param foot the foot
     * @param angleDeg how far, deg, right-handed about the axis, -180 to 180
     * @param axis about which axis of the foot
     */
    record Slip(Foot foot, double angleDeg, Axis axis) implements WalkSegment {
        /** How long a sensor takes to slip, ns. */
        public static final long TAKES_NS = 200_000_000L;

        /** Axes of the foot. */
        public enum Axis {
            /** Up: an insole that turns in its shoe. */
            YAW,
            /** To the left: a clip that tips forward. */
            PITCH,
            /** Forward: a clip that rolls sideways. */
            ROLL
        }

        /** Checks the range. */
        public Slip {
            Range.check("slip", angleDeg, -180, 180, "deg");
        }
    }

    /**
     * Freezing of gait with trembling legs: the heels jerk in alternation, the feet stay where they are.
     *
     * @param durationS s, 0.5 to 600
     * @param tremorHz jerks of one foot per second, 3 to 8 (Moore 2008: the freeze band)
     * @param liftDeg greatest lift of the heel, deg, 0 (akinetic freeze) to 15
     */
    record Freeze(double durationS, double tremorHz, double liftDeg) implements WalkSegment {
        /** Checks the ranges. */
        public Freeze {
            Range.check("freezing time", durationS, 0.5, 600, "s");
            Range.check("tremor frequency", tremorHz, 3, 8, "Hz");
            Range.check("tremor lift", liftDeg, 0, 15, "deg");
        }
    }

    /**
     * The next step in turn catches on something: its swing is arrested by a jolt. Caught in the first half of the swing,
     * the foot is lifted over and lands late (elevating); in the second half it is set down at once (lowering; Eng, Winter
     * and Patla 1994). The other foot takes a hurried, long step.
     *
     * @param swingShare when in the swing, 0.15 to 0.8
     * @param severity how hard, 0.3 to 2; at 1 the jolt is about 45 m/s2
     */
    record Stumble(double swingShare, double severity) implements WalkSegment {
        /** Checks the ranges. */
        public Stumble {
            Range.check("moment of the stumble", swingShare, 0.15, 0.8, "of the swing");
            Range.check("severity of the stumble", severity, 0.3, 2, "");
        }

        boolean lifted() {
            return swingShare < 0.5;
        }
    }

    /**
     * A stumble that is not recovered: both feet tip over, strike, and lie until the walker has stood up again.
     *
     * @param lieS how long the walker lies, s, 0 to 600; standing up takes another {@link #RISE_S}
     * @param pitchDeg how far the feet tip, deg, positive with the heels up (face down), -100 to 100
     * @param rollDeg how far they tip sideways, deg, -100 to 100
     */
    record Fall(double lieS, double pitchDeg, double rollDeg) implements WalkSegment {
        /** How long feet take to tip over, s. */
        public static final double TIP_S = 0.35;

        /** How long standing up takes, s. */
        public static final double RISE_S = 2;

        /** Checks the ranges. */
        public Fall {
            Range.check("time on the ground", lieS, 0, 600, "s");
            Range.check("pitch of the feet", pitchDeg, -100, 100, "deg");
            Range.check("roll of the feet", rollDeg, -100, 100, "deg");
        }

        Stumble stumble() {
            return new Stumble(0.6, 1.2);
        }
    }

    /** Straight walking in short, flat, dragging steps at the cadence and with the variability of a gait. */
    static Walk shuffle(double durationS, Gait gait) {
        return new Walk(durationS, shuffling(gait));
    }

    /** Returns a gait reduced to a shuffle: a third of the stride length, hardly any lift, no heel strike. */
    static Gait shuffling(Gait gait) {
        FootGait foot = new FootGait(95, 0, 0.006, 0, 8);
        return new Gait(
                gait.cadenceSpm(),
                Math.max(0.05, gait.strideLengthM() / 3),
                gait.stepTimeAsymmetry(),
                gait.stepLengthAsymmetry(),
                gait.strideTimeCv(),
                gait.fractalExponent(),
                0.18,
                0.2,
                0,
                foot,
                foot);
    }

    /**
     * Festination: steps that become ever shorter and quicker without the walker's will, up to the freeze (Nutt 2011).
     *
     * @param durationS s
     * @param gait gait it begins with
     */
    static Walk festinate(double durationS, Gait gait) {
        double hurriedSpm = Math.min(190, Math.max(150, gait.cadenceSpm() * 1.35));
        Gait end = shuffling(gait)
                .withCadence(hurriedSpm)
                .withStrideLength(Math.max(0.05, Math.min(0.25, gait.strideLengthM() / 4)));
        return new Walk(durationS, gait, end);
    }

    /** Returns a gait as it is in a turn: shorter, slower and gentler steps. */
    static Gait turning(Gait gait) {
        return gait.withStrideLength(Math.max(0.05, gait.strideLengthM() * 0.35))
                .withCadence(Math.max(20, gait.cadenceSpm() * 0.95))
                .withFeet(gentler(gait.left()), gentler(gait.right()));
    }

    private static FootGait gentler(FootGait foot) {
        return new FootGait(
                Math.max(20, foot.swingPeakDps() * 0.6),
                foot.strikePitchDeg() * 0.4,
                Math.max(0.002, foot.clearanceM() * 0.7),
                foot.circumductionM(),
                foot.impactMps2() * 0.6);
    }
}
