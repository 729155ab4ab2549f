package dev.entrain.cue;

import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * A fixed tempo: beat n at t0 + n T, never accumulated rounding. The first beat falls on a predicted contact, so the
 * walker is met in step. While the limits lead from another tempo to T, t0 moves along; from the first interval of T on
 * the beats are exact again. Not thread-safe; realtime-safe.
 */
public final class MetronomePolicy implements CuePolicy {
    private boolean own;
    private double periodNs;
    private long anchorNs;

    /**
     * Makes a metronome.
     *
     * @param tempoSpm beats per minute, over 0; NaN for the walker's own cadence when the beats begin
     */
    public MetronomePolicy(double tempoSpm) {
        tempo(tempoSpm);
    }

    @Override
    public void tempo(double spm) {
        own = Double.isNaN(spm);
        periodNs = own ? 0 : 60e9 / spm;
    }

    @Override
    public boolean proposeFirst(Walker walker, long earliestNs, Beat out) {
        @Nullable Foot foot = walker.firstAfter(earliestNs);
        if (!(own ? walker.steps().steady() : walker.steps().known()) || foot == null) {
            return false;
        }
        if (own) {
            periodNs = walker.periodNs();
        }
        anchorNs = walker.contactNs(foot);
        out.even(anchorNs, Math.round(periodNs), foot);
        return true;
    }

    @Override
    public void takeOver(Walker walker, Beat last) {
        if (own) {
            periodNs = walker.steps().known() ? walker.periodNs() : last.periodNs;
        }
        anchorNs = last.gridNs;
    }

    @Override
    public void proposeNext(Walker walker, Beat last, Beat out) {
        if (periodNs == 0) {
            // The walker's own tempo was asked for in the middle of beats.
            takeOver(walker, last);
        }
        if (Math.abs(last.periodNs - periodNs) > 1) {
            anchorNs = last.gridNs;
        }
        long number = Math.round((last.gridNs - anchorNs) / periodNs) + 1;
        out.even(anchorNs + Math.round(number * periodNs), Math.round(periodNs), last.foot.other());
    }
}
