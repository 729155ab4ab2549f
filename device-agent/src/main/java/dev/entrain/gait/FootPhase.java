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

    /**
     * Standard deviation of {@link #phase}, a fraction of the stride: four of five phases lie within 1.28 of it, counted
     * round the circle. NaN where there is no phase.
     */
    public double spread = Double.NaN;

    /** Fills the view and returns it. */
    public FootPhase set(Foot foot, long timeNs, double phase, double spread) {
        this.foot = foot;
        this.timeNs = timeNs;
        this.phase = phase;
        this.spread = spread;
        return this;
    }
}
