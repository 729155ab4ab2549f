package dev.entrain.cue;

import dev.entrain.sample.Foot;

/** One beat of a plan. A mutable value that planner and policies reuse. */
public final class Beat {
    /** When it sounds, ns. */
    public long onsetNs;

    /**
     * Where it would sound on an even beat of the present tempo, ns. {@link #onsetNs} differs from it only by the
     * irregularity a policy is made for: tempo is what is between places on the grid.
     */
    public long gridNs;

    /** Interval to the beat before it on the grid, as the policy means it, ns; over 0. */
    public long periodNs;

    /** The foot it is for. */
    public Foot foot = Foot.LEFT;

    /** Places the beat on the grid of an even tempo and returns it. */
    public Beat even(long timeNs, long periodNs, Foot foot) {
        onsetNs = timeNs;
        gridNs = timeNs;
        this.periodNs = periodNs;
        this.foot = foot;
        return this;
    }

    /** Copies every field of another beat into this one. */
    public void copyFrom(Beat other) {
        onsetNs = other.onsetNs;
        gridNs = other.gridNs;
        periodNs = other.periodNs;
        foot = other.foot;
    }
}
