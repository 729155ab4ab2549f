package dev.entrain.sim.walk;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import java.util.List;

/**
 * Walks a scenario, over and over. Feet alternate; when a script changes from walking to standing the trailing foot
 * closes up. Not thread-safe.
 */
public final class ScriptedWalker implements Walker {
    private static final double NS_PER_S = 1e9;
    private static final double HALF_STEP_WIDTH_M = 0.055;
    private static final double TOE_OUT_RAD = 0.1;
    /** A freeze shows a moment after the last foot has come to rest. */
    private static final long FREEZE_DELAY_NS = 100_000_000L;

    private static final double SLOWEST_PRE_SWING_S = 0.6;

    /** Jolt of a stumble of severity 1, m/s2: as hard as a landing. */
    private static final double TRIP_MPS2 = 45;

    /** Stages of a stumble and of a fall: the caught step, the moment it catches, what follows. */
    private static final int CAUGHT = 1;

    private static final int KNOWN = 2;
    private static final int RECOVERED = 3;
    private static final int RISEN = 4;

    private final List<WalkSegment> segments;
    private final StepTimer timer;
    private final TruthSink truth;
    private final SeededNoise noise;
    private final long[] restsFromNs = new long[Foot.COUNT];

    private int segmentIndex;
    private long segmentStartNs;
    private int turnSteps;
    private long turnStartNs;
    private boolean freezing;
    private boolean slipped;
    private Foot tremblingFoot = Foot.LEFT;
    private int mishapStage;
    private Foot caughtFoot = Foot.LEFT;
    private long afterTripNs;

    private Foot nextFoot = Foot.RIGHT;
    private long previousContactNs;
    private boolean striding;
    private Gait lastGait = WalkPresets.healthy();
    private double bodyXM;
    private double bodyYM;
    private double headingRad;

    /**
     * @param scenario what to walk
     * @param timer when feet touch
     * @param seed of all other variability
     * @param truth hears of turns and freezing
     */
    public ScriptedWalker(WalkScenario scenario, StepTimer timer, long seed, TruthSink truth) {
        segments = scenario.segments();
        this.timer = timer;
        this.truth = truth;
        noise = new SeededNoise(seed, 2);
    }

    /** Returns where a foot stands before the first move, m left of the world's x axis. */
    static double startYM(Foot foot) {
        return foot == Foot.LEFT ? HALF_STEP_WIDTH_M : -HALF_STEP_WIDTH_M;
    }

    /** Returns where a foot points before the first move, rad. */
    static double startYawRad(Foot foot) {
        return foot == Foot.LEFT ? TOE_OUT_RAD : -TOE_OUT_RAD;
    }

    @Override
    public void decide(long nowNs, Move move) {
        advanceScript(nowNs);
        switch (segments.get(segmentIndex)) {
            case WalkSegment.Walk walk -> step(nowNs, walk.gaitAt((nowNs - segmentStartNs) / NS_PER_S), 1, 0, move);
            case WalkSegment.Turn turn -> turnStep(nowNs, turn, move);
            case WalkSegment.Stand stand -> {
                if (striding) {
                    closeUp(nowNs, move);
                } else {
                    rest(segmentStartNs + nanos(stand.durationS()), move);
                }
            }
            case WalkSegment.Fidget fidget -> {
                if (striding) {
                    closeUp(nowNs, move);
                } else {
                    fidget(nowNs, segmentStartNs + nanos(fidget.durationS()), move);
                }
            }
            case WalkSegment.Freeze freeze -> freeze(nowNs, freeze, move);
            case WalkSegment.Slip slip -> slip(nowNs, slip, move);
            case WalkSegment.Stumble stumble -> stumble(nowNs, stumble, move);
            case WalkSegment.Fall fall -> fall(nowNs, fall, move);
        }
    }

    private void advanceScript(long nowNs) {
        // One round is enough: a scenario has at least one segment of some length.
        for (int i = 0; i <= segments.size() && hasEnded(nowNs - segmentStartNs); i++) {
            if (freezing) {
                freezing = false;
                truth.onEvent(GaitEvent.Kind.FREEZE_OFF, nextFoot, nowNs);
            }
            segmentStartNs = nowNs;
            segmentIndex = (segmentIndex + 1) % segments.size();
            turnSteps = 0;
            slipped = false;
            mishapStage = 0;
        }
    }

    private boolean hasEnded(long intoNs) {
        return switch (segments.get(segmentIndex)) {
            case WalkSegment.Walk walk -> intoNs >= nanos(walk.durationS());
            case WalkSegment.Turn turn -> turnSteps >= turn.steps();
            case WalkSegment.Stand stand -> !striding && intoNs >= nanos(stand.durationS());
            case WalkSegment.Fidget fidget -> !striding && intoNs >= nanos(fidget.durationS());
            case WalkSegment.Slip ignored -> slipped;
            case WalkSegment.Stumble ignored -> mishapStage == RECOVERED;
            case WalkSegment.Fall ignored -> mishapStage == RISEN;
            case WalkSegment.Freeze freeze -> freezing && intoNs >= nanos(freeze.durationS());
        };
    }

    private void turnStep(long nowNs, WalkSegment.Turn turn, Move move) {
        if (turnSteps == 0) {
            turnStartNs = nowNs;
        }
        turnSteps++;
        step(nowNs, turn.gait(), 1, Math.toRadians(turn.angleDeg()) / turn.steps(), move);
        if (turnSteps == turn.steps()) {
            truth.onTurn(turnStartNs, move.initialContactNs, turn.angleDeg());
        }
    }

    private void step(long nowNs, Gait gait, double lengthShare, double turnRad, Move move) {
        lastGait = gait;
        Foot foot = nextFoot;
        move.kind = Move.Kind.STEP;
        move.foot = foot;
        move.startNs = nowNs;
        timing(nowNs, gait, move);
        place(gait, lengthShare, turnRad, move);
        FootGait how = gait.foot(foot);
        move.swingPeakRadps = Math.toRadians(how.swingPeakDps()) * (1 + 0.03 * noise.gaussian());
        move.strikePitchRad = Math.toRadians(how.strikePitchDeg()) * (1 + 0.06 * noise.gaussian());
        if (lengthShare == 0) {
            // Closing up is a small, careful movement.
            move.swingPeakRadps *= 0.5;
            move.strikePitchRad *= 0.2;
        }
        move.clearanceM = how.clearanceM() * (1 + 0.1 * noise.gaussian());
        move.circumductionM = how.circumductionM() * (1 + 0.1 * noise.gaussian());
        move.impactMps2 = how.impactMps2() * noise.uniform(0.7, 1.3) * (lengthShare == 0 ? 0.4 : 1);
        move.lateSwing = gait.lateSwing();
        move.tripMps2 = 0;
        finish(gait, move);
    }

    /** Final and initial contact: from the other foot's contact in walking, from now at the first step. */
    private void timing(long nowNs, Gait gait, Move move) {
        double strideS = gait.strideTimeS();
        double preSwingS = Math.min(SLOWEST_PRE_SWING_S, gait.preSwing() * strideS);
        long contactNs =
                striding ? previousContactNs : nowNs + nanos(Math.max(0.2, preSwingS) - gait.doubleSupport() * strideS);
        double stepS = timer.stepTimeS(nowNs, move.foot, contactNs, gait);
        long initialNs = contactNs + nanos(stepS);
        long supportEndNs = contactNs + nanos(gait.doubleSupport() * strideS * stepS / gait.stepTimeS(move.foot));
        long earliestNs = nowNs + nanos(0.08);
        // A swing needs its time even where the script asks for hardly any single support.
        long latestNs = initialNs - nanos(Math.min(0.15, 0.3 * stepS));
        move.finalContactNs = Math.max(earliestNs, Math.min(supportEndNs, latestNs));
        move.initialContactNs = Math.max(initialNs, move.finalContactNs + nanos(0.1));
    }

    private void place(Gait gait, double lengthShare, double turnRad, Move move) {
        double lengthM = gait.stepLengthM(move.foot) * lengthShare * (1 + gait.strideTimeCv() * noise.gaussian());
        headingRad += turnRad / 2;
        bodyXM += lengthM * StrictMath.cos(headingRad);
        bodyYM += lengthM * StrictMath.sin(headingRad);
        headingRad += turnRad / 2;
        double side = startYM(move.foot) + 0.006 * noise.gaussian();
        move.landingXM = bodyXM - side * StrictMath.sin(headingRad);
        move.landingYM = bodyYM + side * StrictMath.cos(headingRad);
        move.landingYawRad = headingRad + startYawRad(move.foot) + 0.02 * noise.gaussian();
    }

    private void finish(Gait gait, Move move) {
        double strideS = gait.strideTimeS();
        long landingNs = nanos(Math.clamp(0.13 * strideS, 0.08, 0.2));
        move.flatNs = move.initialContactNs + landingNs;
        restsFromNs[move.foot.ordinal()] = move.flatNs + FootMotion.SETTLING_NS;
        double preSwingS = Math.min(SLOWEST_PRE_SWING_S, gait.preSwing() * strideS);
        long heelOffNs = move.initialContactNs + nanos(gait.doubleSupport() * strideS - preSwingS);
        nextFoot = move.foot.other();
        move.nextDecisionNs =
                Math.max(move.startNs + nanos(0.05), Math.max(heelOffNs, restsFromNs[nextFoot.ordinal()]));
        previousContactNs = move.initialContactNs;
        striding = true;
    }

    private void freeze(long nowNs, WalkSegment.Freeze freeze, Move move) {
        if (!freezing) {
            long stillNs = Math.max(restsFromNs[0], restsFromNs[1]) + FREEZE_DELAY_NS;
            if (striding && nowNs < stillNs) {
                rest(stillNs, move);
                return;
            }
            freezing = true;
            striding = false;
            segmentStartNs = nowNs;
            truth.onEvent(GaitEvent.Kind.FREEZE_ON, nextFoot, nowNs);
        }
        long endNs = segmentStartNs + nanos(freeze.durationS());
        double periodS = 1 / (freeze.tremorHz() * (1 + 0.12 * noise.gaussian()));
        long jerkEndNs = nowNs + nanos(periodS * 0.95);
        if (jerkEndNs >= endNs || freeze.liftDeg() == 0) {
            rest(endNs, move);
            return;
        }
        move.kind = Move.Kind.JERK;
        move.foot = tremblingFoot;
        move.startNs = nowNs;
        move.flatNs = jerkEndNs;
        move.liftRad = Math.toRadians(freeze.liftDeg()) * noise.uniform(0.2, 1);
        restsFromNs[tremblingFoot.ordinal()] = jerkEndNs;
        tremblingFoot = tremblingFoot.other();
        long otherRestsNs = restsFromNs[tremblingFoot.ordinal()];
        move.nextDecisionNs = Math.min(endNs, Math.max(nowNs + nanos(periodS / 2), otherRestsNs));
    }

    /** The trailing foot is set beside the other, whereupon the standing begins. */
    private void closeUp(long nowNs, Move move) {
        step(nowNs, lastGait, 0, 0, move);
        striding = false;
        segmentStartNs = move.flatNs;
        move.nextDecisionNs =
                Math.max(move.flatNs, restsFromNs[move.foot.other().ordinal()]);
    }

    private void fidget(long nowNs, long endNs, Move move) {
        long stillNs = Math.max(restsFromNs[0], restsFromNs[1]);
        if (nowNs < stillNs) {
            rest(Math.min(endNs, stillNs), move);
            return;
        }
        long flatNs = nowNs + nanos(noise.uniform(0.5, 1.5));
        if (flatNs >= endNs) {
            rest(endNs, move);
            return;
        }
        move.kind = Move.Kind.JERK;
        move.foot = noise.uniform() < 0.5 ? Foot.LEFT : Foot.RIGHT;
        move.startNs = nowNs;
        move.flatNs = flatNs;
        move.liftRad = Math.toRadians(noise.uniform(2, 15));
        restsFromNs[move.foot.ordinal()] = flatNs;
        move.nextDecisionNs = Math.min(endNs, flatNs + nanos(noise.uniform(0.2, 2.5)));
    }

    private void slip(long nowNs, WalkSegment.Slip slip, Move move) {
        slipped = true;
        move.kind = Move.Kind.SLIP;
        move.foot = slip.foot();
        move.startNs = nowNs;
        move.slipRad = Math.toRadians(slip.angleDeg());
        move.slipAxis = slip.axis();
        // The walk goes on at once; a decision must only not be asked for twice at the same time.
        move.nextDecisionNs = nowNs + 1;
        truth.onSlip(slip.foot(), nowNs, nowNs + WalkSegment.Slip.TAKES_NS, slip.angleDeg());
    }

    private void stumble(long nowNs, WalkSegment.Stumble stumble, Move move) {
        switch (mishapStage) {
            case 0 -> catchFoot(nowNs, stumble, move);
            case CAUGHT -> {
                truth.onEvent(GaitEvent.Kind.NEAR_FALL, caughtFoot, nowNs);
                rest(afterTripNs, move);
            }
            default -> hurriedStep(nowNs, move);
        }
        mishapStage++;
    }

    private void catchFoot(long nowNs, WalkSegment.Stumble stumble, Move move) {
        step(nowNs, lastGait, stumble.lifted() ? 1 : 0.8 * stumble.swingShare() + 0.1, 0, move);
        long swingNs = move.initialContactNs - move.finalContactNs;
        move.tripNs = move.finalContactNs + Math.round(stumble.swingShare() * swingNs);
        move.tripMps2 = TRIP_MPS2 * stumble.severity() * noise.uniform(0.8, 1.2);
        if (stumble.lifted()) {
            move.initialContactNs += Math.round(0.35 * swingNs);
            move.clearanceM *= 2;
        } else {
            // The toes are down when the foot is put down.
            move.initialContactNs = move.tripNs + nanos(0.1);
            move.strikePitchRad = -Math.toRadians(8);
            move.impactMps2 = Math.max(TRIP_MPS2, 1.5 * move.impactMps2);
        }
        finish(lastGait, move);
        caughtFoot = move.foot;
        afterTripNs = Math.max(move.nextDecisionNs, move.tripNs + 1);
        move.nextDecisionNs = move.tripNs;
    }

    private void hurriedStep(long nowNs, Move move) {
        step(nowNs, lastGait, 1.3, 0, move);
        long swingNs = move.initialContactNs - move.finalContactNs;
        move.finalContactNs = nowNs + Math.max(nanos(0.08), Math.round(0.6 * (move.finalContactNs - nowNs)));
        move.initialContactNs = move.finalContactNs + Math.max(nanos(0.12), Math.round(0.7 * swingNs));
        move.swingPeakRadps *= 1.4;
        move.impactMps2 *= 1.5;
        finish(lastGait, move);
    }

    private void fall(long nowNs, WalkSegment.Fall fall, Move move) {
        switch (mishapStage) {
            case 0 -> catchFoot(nowNs, fall.stumble(), move);
            case CAUGHT -> {
                truth.onEvent(GaitEvent.Kind.NEAR_FALL, caughtFoot, nowNs);
                rest(Math.max(restsFromNs[0], restsFromNs[1]), move);
            }
            default -> tipOver(nowNs, fall, move);
        }
        mishapStage++;
    }

    /** The caught foot goes first, the other a moment later; both stand at the same time. */
    private void tipOver(long nowNs, WalkSegment.Fall fall, Move move) {
        boolean first = mishapStage == KNOWN;
        move.kind = Move.Kind.FALL;
        move.foot = first ? caughtFoot : caughtFoot.other();
        move.startNs = nowNs;
        if (first) {
            segmentStartNs = nowNs + nanos(WalkSegment.Fall.TIP_S + fall.lieS() + WalkSegment.Fall.RISE_S + 0.1);
        }
        move.flatNs = segmentStartNs;
        move.liftRad = Math.toRadians(fall.pitchDeg() * noise.uniform(0.9, 1.1));
        move.tipRad = Math.toRadians(fall.rollDeg() * noise.uniform(0.9, 1.1));
        move.impactMps2 = TRIP_MPS2 * noise.uniform(0.7, 1.5);
        restsFromNs[move.foot.ordinal()] = move.flatNs;
        striding = false;
        move.nextDecisionNs = first ? nowNs + nanos(noise.uniform(0.02, 0.1)) : move.flatNs;
    }

    private static void rest(long untilNs, Move move) {
        move.kind = Move.Kind.REST;
        move.nextDecisionNs = untilNs;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NS_PER_S);
    }
}
