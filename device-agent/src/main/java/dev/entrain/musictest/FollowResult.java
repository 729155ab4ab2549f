package dev.entrain.musictest;

import java.util.List;

/**
 * How well one piece followed one plan.
 *
 * @param beats planned beats from the first that music carried on
 * @param carried those that music carried
 * @param lagsMs heard minus planned of those whose stroke was found, ascending, ms; where only every other beat has a stroke,
 *     half of them
 * @param stretchMedianPct median of the stretch, %
 * @param cpuShare time of the music thread for a second of sound, s
 */
public record FollowResult(int beats, int carried, List<Double> lagsMs, double stretchMedianPct, double cpuShare) {
    /** Keeps a copy of the list. */
    public FollowResult {
        lagsMs = List.copyOf(lagsMs);
    }

    /** Returns the share of beats that music carried, of those from the first such on. */
    public double carriedShare() {
        return beats == 0 ? 0 : (double) carried / beats;
    }

    /** Returns how many beats were found. */
    public int judged() {
        return lagsMs.size();
    }

    /** Returns how far the beats were off. */
    public LagSpread spread() {
        return LagSpread.of(lagsMs);
    }
}
