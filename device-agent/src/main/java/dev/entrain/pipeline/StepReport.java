package dev.entrain.pipeline;

import dev.entrain.sample.Foot;

/** A step and the beat it belongs to. A mutable view that the core reuses. */
public final class StepReport {
    /** The foot that touched. */
    public Foot foot = Foot.LEFT;

    /** Initial contact, ns. */
    public long timeNs;

    /** Time of the newest sample the decision used, ns. */
    public long decidedNs;

    /** How sure the detector is, 0 to 1. */
    public double confidence;

    /** Time since the other foot's latest contact, ns; 0 if there was none within 3 s. */
    public long stepTimeNs;

    /** The walker's cadence over the latest strides, steps/min; NaN while unknown. */
    public double cadenceSpm;

    /** The nearest beat's cue number; 0 where no beat lies within half a period. */
    public long cueId;

    /** Step minus beat, ns, negative = step first; 0 where {@link #cueId} is 0. */
    public long asynchronyNs;
}
