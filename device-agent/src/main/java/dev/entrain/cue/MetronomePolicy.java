package dev.entrain.cue;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * A fixed tempo: beat n at t0 + n T, never accumulated rounding. The first beat falls on a predicted contact, so the
 * walker is met in step. Not thread-safe; realtime-safe.
 */
public final class MetronomePolicy implements CuePolicy {
    private final double periodNs;
    private final NextContacts contacts = new NextContacts();
    private long firstNs;

    /**
     * Makes a metronome.
     *
     * @param tempoSpm beats per minute, over 0; the limits still apply
     */
    public MetronomePolicy(double tempoSpm) {
        periodNs = 60e9 / tempoSpm;
    }

    @Override
    public void reset() {
        contacts.reset();
    }

    @Override
    public void onContactPrediction(ContactPrediction prediction) {
        contacts.onContactPrediction(prediction);
    }

    @Override
    public boolean proposeFirst(StepPeriod walker, long earliestNs, Beat out) {
        @Nullable Foot foot = contacts.firstAfter(earliestNs);
        if (!walker.known() || foot == null) {
            return false;
        }
        firstNs = contacts.contactNs(foot);
        out.onsetNs = firstNs;
        out.periodNs = Math.round(periodNs);
        out.foot = foot;
        return true;
    }

    @Override
    public void proposeNext(StepPeriod walker, Beat last, Beat out) {
        long number = Math.round((last.onsetNs - firstNs) / periodNs) + 1;
        out.onsetNs = firstNs + Math.round(number * periodNs);
        out.periodNs = Math.round(periodNs);
        out.foot = last.foot.other();
    }
}
