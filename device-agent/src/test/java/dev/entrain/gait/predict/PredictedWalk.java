package dev.entrain.gait.predict;

import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitRecord;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.Mounting;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A walk of the walking model, what the tracker told of it, and what really happened. Times are seconds. */
final class PredictedWalk implements TruthSink {
    /** Contacts further apart belong to two walks. */
    private static final double SAME_WALK_S = 3.0;

    /** What was believed of a contact at some time before it. */
    record Told(Foot foot, int sinceStart, double errorS, double halfWidthS) {
        boolean isInside() {
            return Math.abs(errorS) <= halfWidthS;
        }
    }

    private record Truth(Kind kind, Foot foot, double timeS) {}

    final GaitRecord record = new GaitRecord();
    private final List<Truth> truth = new ArrayList<>();

    private PredictedWalk() {}

    static PredictedWalk of(WalkScenario scenario, double rateHz, double durationS, long seed) {
        PredictedWalk walk = new PredictedWalk();
        SensorOptions sensors = SensorOptions.typical().withMounting(Mounting.any(seed), Mounting.any(seed + 100));
        WalkModel model = new WalkModel(scenario, new WalkOptions(rateHz, durationS, seed, sensors), walk);
        PairTracker tracker = new PairTracker();
        ImuSample sample = new ImuSample();
        while (model.next(sample)) {
            tracker.onSample(sample, walk.record);
        }
        return walk;
    }

    @Override
    public void onEvent(Kind kind, Foot foot, long timeNs) {
        truth.add(new Truth(kind, foot, timeNs * 1e-9));
    }

    @Override
    public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

    @Override
    public void onTurn(long startNs, long endNs, double angleDeg) {}

    /** Returns when the foot really touched, s. */
    List<Double> contactsS(Foot foot) {
        return truth.stream()
                .filter(t -> t.kind == Kind.INITIAL_CONTACT && t.foot == foot)
                .map(Truth::timeS)
                .toList();
    }

    /** Returns what was believed of every true contact so long before it, from the second of each walk. */
    List<Told> told(double aheadS) {
        List<Told> told = new ArrayList<>();
        for (Foot foot : Foot.values()) {
            List<Double> contacts = contactsS(foot);
            int since = 0;
            for (int i = 1; i < contacts.size(); i++) {
                double contactS = contacts.get(i);
                since = contactS - contacts.get(i - 1) > SAME_WALK_S ? 0 : since + 1;
                GaitRecord.Prediction last = since == 0 ? null : lastBefore(foot, contactS - aheadS);
                if (last != null && last.contactNs() * 1e-9 > contacts.get(i - 1) + 0.1) {
                    double errorS = last.contactNs() * 1e-9 - contactS;
                    told.add(new Told(foot, since, errorS, last.halfWidthNs() * 1e-9));
                }
            }
        }
        return told;
    }

    private GaitRecord.@Nullable Prediction lastBefore(Foot foot, double timeS) {
        GaitRecord.Prediction last = null;
        for (GaitRecord.Prediction prediction : record.predictions) {
            if (prediction.foot() == foot && prediction.decidedNs() * 1e-9 <= timeS) {
                last = prediction;
            }
        }
        return last;
    }

    /** Returns the mean size of the deviations of a foot's step times from their mean, s: what nobody can know. */
    double stepTimeInnovationS() {
        double sum = 0;
        int count = 0;
        for (Foot foot : Foot.values()) {
            List<Double> steps = new ArrayList<>();
            double lastS = Double.NaN;
            for (Truth t : truth) {
                if (t.kind == Kind.INITIAL_CONTACT) {
                    if (t.foot == foot && t.timeS - lastS < SAME_WALK_S / 2) {
                        steps.add(t.timeS - lastS);
                    }
                    lastS = t.timeS;
                }
            }
            double mean = steps.stream().mapToDouble(s -> s).average().orElseThrow();
            for (double step : steps) {
                sum += Math.abs(step - mean);
                count++;
            }
        }
        return sum / count;
    }
}
