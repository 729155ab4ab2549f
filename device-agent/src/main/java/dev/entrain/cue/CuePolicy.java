package dev.entrain.cue;

/**
 * Decides where beats belong: gait in, proposals out. A policy only proposes; {@link CueLimits} has the last word and
 * {@link CuePlanner} decides when a proposal becomes final. A train of beats begins with {@link #proposeFirst} or, where
 * another policy placed the beats before, with {@link #takeOver}. Deterministic. Not thread-safe; realtime-safe.
 */
public interface CuePolicy {
    /** Forgets the present train of beats; what was learnt about the walker himself stays. */
    default void reset() {}

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

    /** Returns whether beats come only as the answer to a freeze ({@link OnDemandPolicy}). */
    default boolean onDemandOnly() {
        return false;
    }

    /**
     * A step.
     *
     * @param walker what is known of the walker, this step included
     * @param paired whether a beat, sounding or not, lies within half a period of it
     * @param asynchronyNs step minus that beat, ns, negative = step first; 0 where not paired
     */
    default void onStep(Walker walker, boolean paired, long asynchronyNs) {}

    /**
     * Proposes the first beat of a train; asked anew each cycle until the beat is final.
     *
     * @param walker what is known of the walker
     * @param earliestNs the beat may not come before this
     * @param out receives the proposal
     * @return false while the policy does not know enough
     */
    boolean proposeFirst(Walker walker, long earliestNs, Beat out);

    /**
     * Goes on from a beat that something else placed.
     *
     * @param walker what is known of the walker
     * @param last the newest final beat
     */
    void takeOver(Walker walker, Beat last);

    /**
     * Proposes the beat after another; asked anew each cycle until the beat is final.
     *
     * @param walker what is known of the walker
     * @param last the beat before, final
     * @param out receives the proposal
     */
    void proposeNext(Walker walker, Beat last, Beat out);
}
