package dev.entrain.pipeline;

import dev.entrain.cue.CueCommand;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps every word of the core but the phase as a line of text. */
final class Transcript implements CoreSink {
    final List<String> lines = new ArrayList<>();
    int steps;
    int cues;
    int silences;

    @Override
    public void onGaitEvent(GaitEvent e) {
        lines.add(String.format(Locale.ROOT, "%d %s %s %d", e.decidedNs, e.kind, e.foot, e.timeNs));
    }

    @Override
    public void onContactPrediction(ContactPrediction p) {
        lines.add(String.format(Locale.ROOT, "%d predict %s %d", p.decidedNs, p.foot, p.contactNs));
    }

    @Override
    public void onFootPhase(FootPhase p) {
        // One a sample: too many to keep.
    }

    @Override
    public void onStride(StrideEstimate s) {
        lines.add(String.format(Locale.ROOT, "%d stride %s %d %f", s.decidedNs, s.foot, s.startNs, s.lengthM));
    }

    @Override
    public void onCue(CueCommand c) {
        cues += c.kind == CueCommand.Kind.COMMIT ? 1 : 0;
        silences += c.kind == CueCommand.Kind.SILENCE ? 1 : 0;
        lines.add(String.format(Locale.ROOT, "%d %s %d %d", c.decidedNs, c.kind, c.cueId, c.onsetNs));
    }

    @Override
    public void onStep(StepReport s) {
        steps++;
        lines.add(String.format(Locale.ROOT, "%d step %s %d", s.decidedNs, s.foot, s.asynchronyNs));
    }

    @Override
    public void onSensorGap(Foot foot, long fromNs, long toNs) {
        lines.add(String.format(Locale.ROOT, "%d gap %s", toNs, foot));
    }
}
