package dev.entrain.sim.walk;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/**
 * Turns the moves of a walker into the readings of two foot sensors, reading by reading, in constant memory. Causal:
 * the walker is asked no earlier than it wants, and truth is told when the model's time passes it. Not thread-safe.
 */
public final class WalkModel {
    /** A mid-stance lies in the middle of a rest, but no further than this from the swing it belongs to. */
    private static final long LONGEST_TO_MID_STANCE_NS = 300_000_000L;

    private static final long NEVER = Long.MAX_VALUE;

    private final Walker walker;
    private final TruthSink truth;
    private final double rateHz;
    private final long endNs;
    private final boolean swapped;
    private final Move move = new Move();
    private final Side[] sides = new Side[Foot.COUNT];

    private long readingIndex;
    private Foot readingFoot = Foot.LEFT;

    /**
     * A scenario walked as written.
     *
     * @param scenario what to walk
     * @param options how long and with which sensors
     * @param truth hears what really happens
     */
    public WalkModel(WalkScenario scenario, WalkOptions options, TruthSink truth) {
        this(new ScriptedWalker(scenario, new FractalStepTimer(options.seed()), options.seed(), truth), options, truth);
    }

    /**
     * Any walker.
     *
     * @param walker decides what the feet do
     * @param options how long and with which sensors
     * @param truth hears of contacts and strides
     */
    public WalkModel(Walker walker, WalkOptions options, TruthSink truth) {
        this.walker = walker;
        this.truth = truth;
        rateHz = options.rateHz();
        endNs = Math.round(options.durationS() * 1e9);
        swapped = options.sensors().swapped();
        for (int i = 0; i < sides.length; i++) {
            sides[i] = new Side(Foot.of(i), options);
        }
    }

    /**
     * Fills in the next reading: both feet in turn, the left first, times from 0.
     *
     * @return false if the walk is over and nothing was filled in
     */
    public boolean next(ImuSample out) {
        long timeNs = Math.round(readingIndex * 1e9 / rateHz);
        if (timeNs >= endNs) {
            return false;
        }
        if (readingFoot == Foot.LEFT) {
            advance(timeNs);
        }
        Side side = sides[(swapped ? readingFoot.other() : readingFoot).ordinal()];
        side.motion.moveTo(timeNs);
        out.foot = readingFoot;
        out.timeNs = timeNs;
        out.seq = (int) readingIndex;
        side.mostZM = Math.max(side.mostZM, side.motion.zM);
        side.sensor.read(timeNs, side.motion, out);
        if (readingFoot == Foot.RIGHT) {
            readingIndex++;
        }
        readingFoot = readingFoot.other();
        return true;
    }

    /** Tells and decides all that lies up to a time, in order. */
    private void advance(long timeNs) {
        // Ends: every turn either tells one of a move's four events or moves the next decision on.
        while (true) {
            Side first = sides[0].dueNs <= sides[1].dueNs ? sides[0] : sides[1];
            if (first.dueNs <= timeNs && first.dueNs <= move.nextDecisionNs) {
                first.tell();
            } else if (move.nextDecisionNs <= timeNs) {
                decide();
            } else {
                return;
            }
        }
    }

    private void decide() {
        long nowNs = move.nextDecisionNs;
        walker.decide(nowNs, move);
        if (move.nextDecisionNs <= nowNs) {
            throw new IllegalStateException("the walker does not move on: its next decision at " + move.nextDecisionNs
                    + " ns does not come after the present one");
        }
        if (move.kind == Move.Kind.SLIP) {
            sides[move.foot.ordinal()].sensor.slip(move.startNs, move.slipRad, move.slipAxis);
        } else if (move.kind != Move.Kind.REST) {
            sides[move.foot.ordinal()].begin(move, nowNs);
        }
    }

    /** One foot: its motion, its sensor and what is still to be told of it. */
    private final class Side {
        private final Foot foot;
        private final FootMotion motion;
        private final FootSensor sensor;
        private final SeededNoise noise;

        private long dueNs = NEVER;
        private Due due = Due.NOTHING;
        private long initialNs;
        private long flatNs = -LONGEST_TO_MID_STANCE_NS;
        private long restNs;
        private long strideStartNs;
        private double strideStartXM;
        private double strideStartYM;
        private double strideStartYawRad;
        private double mostZM;

        Side(Foot foot, WalkOptions options) {
            this.foot = foot;
            noise = new SeededNoise(options.seed(), 10 + foot.ordinal());
            motion = new FootMotion(
                    foot == Foot.LEFT ? 1 : -1,
                    0,
                    Footwork.startYM(foot),
                    Footwork.startYawRad(foot),
                    Math.max(0.006, 0.9 / options.rateHz()));
            sensor = new FootSensor(
                    foot, options.sensors(), options.rateHz(), new SeededNoise(options.seed(), 20 + foot.ordinal()));
        }

        void begin(Move next, long nowNs) {
            if (next.startNs < nowNs || next.startNs < restNs || next.flatNs <= next.startNs) {
                throw new IllegalStateException("the walker moves the " + foot.word() + " foot at " + next.startNs
                        + " ns, before the decision or before the foot rests");
            }
            long midStanceNs = next.startNs - Math.min((next.startNs - flatNs) / 2, LONGEST_TO_MID_STANCE_NS);
            if (due == Due.STRIDE) {
                endStride(Math.min(dueNs, midStanceNs));
            }
            strideStartXM = motion.landedXM();
            strideStartYM = motion.landedYM();
            strideStartYawRad = motion.landedYawRad();
            mostZM = 0;
            motion.begin(next, noise);
            flatNs = next.flatNs;
            if (next.kind == Move.Kind.STEP) {
                strideStartNs = midStanceNs;
                initialNs = next.initialContactNs;
                restNs = flatNs + FootMotion.SETTLING_NS;
                due = Due.FINAL_CONTACT;
                dueNs = next.finalContactNs;
            } else {
                restNs = flatNs;
            }
        }

        void tell() {
            long nowNs = dueNs;
            switch (due) {
                case FINAL_CONTACT -> {
                    due = Due.INITIAL_CONTACT;
                    dueNs = initialNs;
                    truth.onEvent(GaitEvent.Kind.FINAL_CONTACT, foot, nowNs);
                }
                case INITIAL_CONTACT -> {
                    due = Due.FOOT_FLAT;
                    dueNs = flatNs;
                    truth.onEvent(GaitEvent.Kind.INITIAL_CONTACT, foot, nowNs);
                }
                case FOOT_FLAT -> {
                    due = Due.STRIDE;
                    dueNs = flatNs + LONGEST_TO_MID_STANCE_NS;
                    truth.onEvent(GaitEvent.Kind.FOOT_FLAT, foot, nowNs);
                }
                case STRIDE -> endStride(nowNs);
                case NOTHING -> throw new IllegalStateException("nothing to tell");
            }
        }

        private void endStride(long nowNs) {
            due = Due.NOTHING;
            dueNs = NEVER;
            double lengthM = StrictMath.hypot(motion.landedXM() - strideStartXM, motion.landedYM() - strideStartYM);
            truth.onStride(foot, strideStartNs, nowNs, lengthM);
            truth.onStrideShape(foot, mostZM, motion.landedYawRad() - strideStartYawRad);
        }
    }

    /** What is to be told next of a foot. */
    private enum Due {
        NOTHING,
        FINAL_CONTACT,
        INITIAL_CONTACT,
        FOOT_FLAT,
        STRIDE
    }
}
