package dev.entrain.cue;

import dev.entrain.sample.Foot;

/** One beat of a plan. A mutable value that planner and policies reuse. */
public final class Beat {
    /** When it sounds, ns. */
    public long onsetNs;

    /** Interval to the beat before it as the policy means it, ns; over 0. */
    public long periodNs;

    /** The foot it is for. */
    public Foot foot = Foot.LEFT;

    /** Copies every field of another beat into this one. */
    public void copyFrom(Beat other) {
        onsetNs = other.onsetNs;
        periodNs = other.periodNs;
        foot = other.foot;
    }
}
