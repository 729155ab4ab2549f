package dev.entrain.cue;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.GaitEvent;

/**
 * Decides where beats belong: gait in, proposals out. A policy only proposes; {@link CueLimits} has the last word and
 * {@link CuePlanner} decides when a proposal becomes final. Deterministic. Not thread-safe; realtime-safe.
 */
public interface CuePolicy {
    /** Forgets everything it learnt about the present bout of walking. */
    void reset();

    /**
     * Prescribes a tempo; takes effect with the next beat that is not final, within the limits.
     *
     * @param spm beats per minute, 40 to 160; NaN for the walker's own
     */
    default void tempo(double spm) {}

    /** Returns the share of a period by which onsets may leave the even grid, at least 0; {@link CueLimits} caps it. */
    default double irregularity() {
        return 0;
    }

    /** A gait event; a policy that needs more than the {@link StepPeriod} listens. */
    default void onGaitEvent(GaitEvent event) {}

    /** A new belief about a foot's next contact. */
    void onContactPrediction(ContactPrediction prediction);

    /**
     * Tells how far the newest step was from its beat.
     *
     * @param asynchronyNs step minus beat, ns, negative = step first; within half a period
     */
    default void onAsynchrony(long asynchronyNs) {}

    /**
     * Proposes the first beat of a bout.
     *
     * @param walker the walker's step period
     * @param earliestNs the beat may not come before this
     * @param out receives the proposal
     * @return false while the policy does not know enough
     */
    boolean proposeFirst(StepPeriod walker, long earliestNs, Beat out);

    /**
     * Proposes the beat after another; asked anew each cycle until the beat is final.
     *
     * @param walker the walker's step period
     * @param last the beat before, final
     * @param out receives the proposal
     */
    void proposeNext(StepPeriod walker, Beat last, Beat out);
}
