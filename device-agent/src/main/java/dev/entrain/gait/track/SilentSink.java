package dev.entrain.gait.track;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;

/** Stands in while no reading is being consumed, so that no caller's sink is kept. */
enum SilentSink implements GaitSink {
    SINK;

    @Override
    public void onGaitEvent(GaitEvent event) {}

    @Override
    public void onContactPrediction(ContactPrediction prediction) {}

    @Override
    public void onFootPhase(FootPhase phase) {}

    @Override
    public void onStride(StrideEstimate stride) {}
}
