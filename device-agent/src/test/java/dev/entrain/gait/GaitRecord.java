package dev.entrain.gait;

import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.List;

/** Keeps copies of all that a tracker tells. */
public final class GaitRecord implements GaitSink {
    public record Event(Kind kind, Foot foot, long timeNs, long decidedNs, double confidence) {}

    public record Prediction(Foot foot, long contactNs, long halfWidthNs, long decidedNs) {}

    public record Phase(Foot foot, long timeNs, double phase, double spread) {}

    public record Stride(
            Foot foot, double lengthM, double strideTimeS, double stanceFraction, long startNs, long endNs) {}

    public final List<Event> events = new ArrayList<>();
    public final List<Prediction> predictions = new ArrayList<>();
    public final List<Phase> phases = new ArrayList<>();
    public final List<Stride> strides = new ArrayList<>();

    /** Runs a fresh tracker over the samples. */
    public static GaitRecord of(List<ImuSample> samples) {
        GaitRecord record = new GaitRecord();
        PairTracker tracker = new PairTracker();
        for (ImuSample sample : samples) {
            tracker.onSample(sample, record);
        }
        return record;
    }

    /** Returns the times of one kind of event of one foot, s after {@code originNs}. */
    public List<Double> times(Kind kind, Foot foot, long originNs) {
        List<Double> times = new ArrayList<>();
        for (Event event : events) {
            if (event.kind() == kind && event.foot() == foot) {
                times.add((event.timeNs() - originNs) * 1e-9);
            }
        }
        return times;
    }

    @Override
    public void onGaitEvent(GaitEvent e) {
        events.add(new Event(e.kind, e.foot, e.timeNs, e.decidedNs, e.confidence));
    }

    @Override
    public void onContactPrediction(ContactPrediction p) {
        predictions.add(new Prediction(p.foot, p.contactNs, p.halfWidth80Ns, p.decidedNs));
    }

    @Override
    public void onFootPhase(FootPhase p) {
        phases.add(new Phase(p.foot, p.timeNs, p.phase, p.spread));
    }

    @Override
    public void onStride(StrideEstimate s) {
        strides.add(new Stride(s.foot, s.lengthM, s.strideTimeS, s.stanceFraction, s.startNs, s.endNs));
    }
}
