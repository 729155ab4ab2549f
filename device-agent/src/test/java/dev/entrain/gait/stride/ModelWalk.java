package dev.entrain.gait.stride;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import dev.entrain.gait.WalkingBout;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A walk of the model with its exact truth, and what the tracker made of it. */
final class ModelWalk implements TruthSink, GaitSink {
    /** A stride, true or told; times in s. */
    record Stride(
            Foot foot,
            double startS,
            double endS,
            double lengthM,
            double sdM,
            double clearanceM,
            double turnRad,
            double stance,
            double doubleSupport,
            double stepTimeS) {
        double middleS() {
            return (startS + endS) / 2;
        }
    }

    /** A told stride and the true one whose swing it holds. */
    record Pair(Stride told, Stride truth) {
        double lengthErrorM() {
            return told.lengthM - truth.lengthM;
        }
    }

    record ToldTurn(double startS, double endS, double angleDeg) {}

    record Bout(boolean over, double startS, double endS, double decidedS, int strides, double speedMps) {}

    final List<Stride> truth = new ArrayList<>();
    final List<Stride> told = new ArrayList<>();
    final List<ToldTurn> trueTurns = new ArrayList<>();
    final List<ToldTurn> turns = new ArrayList<>();
    final List<Bout> bouts = new ArrayList<>();

    /** Walks a scenario past a tracker that loses a share of the readings in bursts of four. */
    static ModelWalk of(WalkScenario scenario, WalkOptions options, double lostShare) {
        ModelWalk walk = new ModelWalk();
        WalkModel model = new WalkModel(scenario, options, walk);
        PairTracker tracker = new PairTracker();
        ImuSample sample = new ImuSample();
        Random random = new Random(options.seed());
        boolean[] losing = new boolean[Foot.COUNT];
        while (model.next(sample)) {
            int foot = sample.foot.ordinal();
            losing[foot] = random.nextDouble() < (losing[foot] ? 0.75 : lostShare / 4);
            if (!losing[foot]) {
                tracker.onSample(sample, walk);
            }
        }
        return walk;
    }

    /** Returns every told stride with the true one that it is about; strides after the model's second 8. */
    List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (Stride stride : told) {
            for (Stride real : truth) {
                if (real.foot == stride.foot
                        && stride.startS > 8
                        && Math.abs(real.middleS() - stride.middleS()) < 0.3
                        && !Double.isNaN(stride.lengthM)) {
                    pairs.add(new Pair(stride, real));
                }
            }
        }
        return pairs;
    }

    @Override
    public void onEvent(GaitEvent.Kind kind, Foot foot, long timeNs) {}

    @Override
    public void onStride(Foot foot, long startNs, long endNs, double lengthM) {
        double nan = Double.NaN;
        truth.add(new Stride(foot, startNs * 1e-9, endNs * 1e-9, lengthM, 0, nan, nan, nan, nan, nan));
    }

    @Override
    public void onStrideShape(Foot foot, double clearanceM, double turnRad) {
        Stride s = truth.removeLast();
        double nan = Double.NaN;
        truth.add(new Stride(s.foot, s.startS, s.endS, s.lengthM, 0, clearanceM, turnRad, nan, nan, nan));
    }

    @Override
    public void onTurn(long startNs, long endNs, double angleDeg) {
        trueTurns.add(new ToldTurn(startNs * 1e-9, endNs * 1e-9, angleDeg));
    }

    @Override
    public void onGaitEvent(GaitEvent event) {}

    @Override
    public void onContactPrediction(ContactPrediction prediction) {}

    @Override
    public void onFootPhase(FootPhase phase) {}

    @Override
    public void onStride(StrideEstimate s) {
        told.add(new Stride(
                s.foot,
                s.startNs * 1e-9,
                s.endNs * 1e-9,
                s.lengthM,
                s.lengthSdM,
                s.clearanceM,
                s.turnRad,
                s.stanceFraction,
                s.doubleSupportFraction,
                s.stepTimeS));
    }

    @Override
    public void onWalkingBout(WalkingBout b) {
        bouts.add(new Bout(b.over, b.startNs * 1e-9, b.endNs * 1e-9, b.decidedNs * 1e-9, b.strides, b.speedMps));
    }

    @Override
    public void onTurn(Turn t) {
        turns.add(new ToldTurn(t.startNs * 1e-9, t.endNs * 1e-9, Math.toDegrees(t.angleRad)));
    }
}
