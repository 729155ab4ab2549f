package dev.entrain.sim.walk;

import dev.entrain.gait.GaitEvent;
import dev.entrain.noise.SeededNoise;
import dev.entrain.sample.Foot;
import java.util.List;

/**
 * Walks a scenario, over and over. Feet alternate; when a script changes from walking to standing the trailing foot
 * closes up. Not thread-safe.
 */
public final class ScriptedWalker implements Walker {
    private static final double NS_PER_S = 1e9;
    /** A freeze shows a moment after the last foot has come to rest. */
    private static final long FREEZE_DELAY_NS = 100_000_000L;

    private final List<WalkSegment> segments;
    private final TruthSink truth;
    private final SeededNoise noise;
    private final Footwork feet;
    private final Mishap mishap;

    private int segmentIndex;
    private long segmentStartNs;
    private int turnSteps;
    private long turnStartNs;
    private boolean freezing;
    private boolean slipped;

    /**
     * @param scenario what to walk
     * @param timer when feet touch
     * @param seed of all other variability
     * @param truth hears of turns and freezing
     */
    public ScriptedWalker(WalkScenario scenario, StepTimer timer, long seed, TruthSink truth) {
        segments = scenario.segments();
        this.truth = truth;
        noise = new SeededNoise(seed, 2);
        feet = new Footwork(timer, noise);
        mishap = new Mishap(feet, noise, truth);
    }

    @Override
    public void decide(long nowNs, Move move) {
        advanceScript(nowNs);
        switch (segments.get(segmentIndex)) {
            case WalkSegment.Walk walk -> feet.step(nowNs, walk.gaitAt((nowNs - segmentStartNs) / NS_PER_S), 0, move);
            case WalkSegment.Turn turn -> turnStep(nowNs, turn, move);
            case WalkSegment.Stand stand -> {
                if (feet.striding()) {
                    closeUp(nowNs, move);
                } else {
                    Footwork.rest(segmentStartNs + nanos(stand.durationS()), move);
                }
            }
            case WalkSegment.Fidget fidget -> {
                if (feet.striding()) {
                    closeUp(nowNs, move);
                } else {
                    fidget(nowNs, segmentStartNs + nanos(fidget.durationS()), move);
                }
            }
            case WalkSegment.Freeze freeze -> freeze(nowNs, freeze, move);
            case WalkSegment.Slip slip -> slip(nowNs, slip, move);
            case WalkSegment.Stumble stumble -> mishap.stumble(nowNs, stumble, move);
            case WalkSegment.Fall fall -> mishap.fall(nowNs, fall, move);
        }
    }

    private void advanceScript(long nowNs) {
        // One round is enough: a scenario has at least one segment of some length.
        for (int i = 0; i <= segments.size() && hasEnded(nowNs - segmentStartNs); i++) {
            if (freezing) {
                freezing = false;
                truth.onEvent(GaitEvent.Kind.FREEZE_OFF, feet.nextFoot(), nowNs);
            }
            segmentStartNs = nowNs;
            segmentIndex = (segmentIndex + 1) % segments.size();
            turnSteps = 0;
            slipped = false;
            mishap.reset();
        }
    }

    private boolean hasEnded(long intoNs) {
        return switch (segments.get(segmentIndex)) {
            case WalkSegment.Walk walk -> intoNs >= nanos(walk.durationS());
            case WalkSegment.Turn turn -> turnSteps >= turn.steps();
            case WalkSegment.Stand stand -> !feet.striding() && intoNs >= nanos(stand.durationS());
            case WalkSegment.Fidget fidget -> !feet.striding() && intoNs >= nanos(fidget.durationS());
            case WalkSegment.Slip ignored -> slipped;
            case WalkSegment.Stumble ignored -> mishap.recovered();
            case WalkSegment.Fall ignored -> mishap.risen();
            case WalkSegment.Freeze freeze -> freezing && intoNs >= nanos(freeze.durationS());
        };
    }

    private void turnStep(long nowNs, WalkSegment.Turn turn, Move move) {
        if (turnSteps == 0) {
            turnStartNs = nowNs;
        }
        turnSteps++;
        feet.step(nowNs, turn.gait(), Math.toRadians(turn.angleDeg()) / turn.steps(), move);
        if (turnSteps == turn.steps()) {
            truth.onTurn(turnStartNs, move.initialContactNs, turn.angleDeg());
        }
    }

    private void freeze(long nowNs, WalkSegment.Freeze freeze, Move move) {
        if (!freezing) {
            long stillNs = feet.stillNs() + FREEZE_DELAY_NS;
            if (feet.striding() && nowNs < stillNs) {
                Footwork.rest(stillNs, move);
                return;
            }
            freezing = true;
            feet.halt();
            segmentStartNs = nowNs;
            truth.onEvent(GaitEvent.Kind.FREEZE_ON, feet.nextFoot(), nowNs);
        }
        feet.tremble(nowNs, freeze.tremorHz(), freeze.liftDeg(), segmentStartNs + nanos(freeze.durationS()), move);
    }

    /** The trailing foot is set beside the other, whereupon the standing begins. */
    private void closeUp(long nowNs, Move move) {
        feet.closeUp(nowNs, move);
        segmentStartNs = move.flatNs;
    }

    private void fidget(long nowNs, long endNs, Move move) {
        if (nowNs < feet.stillNs()) {
            Footwork.rest(Math.min(endNs, feet.stillNs()), move);
            return;
        }
        long flatNs = nowNs + nanos(noise.uniform(0.5, 1.5));
        if (flatNs >= endNs) {
            Footwork.rest(endNs, move);
            return;
        }
        Foot foot = noise.uniform() < 0.5 ? Foot.LEFT : Foot.RIGHT;
        feet.jerk(nowNs, foot, flatNs, Math.toRadians(noise.uniform(2, 15)), move);
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

    private static long nanos(double seconds) {
        return Math.round(seconds * NS_PER_S);
    }
}
