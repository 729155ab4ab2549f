package dev.entrain.agent;

import dev.entrain.cue.CueCommand;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootAlignment;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.pipeline.CoreSink;
import dev.entrain.pipeline.StepReport;
import dev.entrain.sample.Foot;
import dev.entrain.session.SessionEvent;

/** Passes everything on, so that a test can listen in. */
class ForwardingSink implements CoreSink {
    private final CoreSink sink;

    ForwardingSink(CoreSink sink) {
        this.sink = sink;
    }

    @Override
    public void onGaitEvent(GaitEvent event) {
        sink.onGaitEvent(event);
    }

    @Override
    public void onContactPrediction(ContactPrediction prediction) {
        sink.onContactPrediction(prediction);
    }

    @Override
    public void onFootPhase(FootPhase phase) {
        sink.onFootPhase(phase);
    }

    @Override
    public void onAlignment(FootAlignment alignment) {
        sink.onAlignment(alignment);
    }

    @Override
    public void onStride(StrideEstimate stride) {
        sink.onStride(stride);
    }

    @Override
    public void onCue(CueCommand command) {
        sink.onCue(command);
    }

    @Override
    public void onStep(StepReport step) {
        sink.onStep(step);
    }

    @Override
    public void onSensorGap(Foot foot, long fromNs, long toNs) {
        sink.onSensorGap(foot, fromNs, toNs);
    }

    @Override
    public void onSessionEvent(SessionEvent event) {
        sink.onSessionEvent(event);
    }
}
