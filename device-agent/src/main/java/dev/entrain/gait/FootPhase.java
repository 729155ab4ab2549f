package dev.entrain.gait;

import dev.entrain.sample.Foot;

/** Where a foot is in its cycle. A mutable view that its producer reuses. */
public final class FootPhase {
    /** The foot. */
    public Foot foot = Foot.LEFT;

    /** Time of the sample this phase belongs to, ns. */
    public long timeNs;

    /**
     * Fraction of the stride since initial contact, in [0, 1); monotonic within a stride; NaN before the first stride
     * of a walk and after its last.
     */
    public double phase = Double.NaN;

    /** Fills the view and returns it. */
    public FootPhase set(Foot foot, long timeNs, double phase) {
        this.foot = foot;
        this.timeNs = timeNs;
        this.phase = phase;
        return this;
    }
}
