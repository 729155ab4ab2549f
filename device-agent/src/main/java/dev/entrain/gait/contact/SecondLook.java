package dev.entrain.gait.contact;

import dev.entrain.gait.GaitEvent;

/**
 * Whether a contact that was told was one. A foot that goes on moving afterwards and then strikes the ground harder had
 * hesitated in the air or grazed the ground, as paretic feet do; one that does so step after step is waited for. Not
 * thread-safe; realtime-safe.
 */
final class SecondLook {
    /** A touch this much after the end of the swing is a later one, s: a heel strikes, then the sole slaps. */
    private static final double LATER_S = 0.15;

    /** A later jolt must be this many times as hard as the one at the contact that was told. */
    private static final double HARDER = 1.5;

    /** No foot hesitates for longer between the end of the swing and the touch, s. */
    private static final double LONGEST_S = 1.0;

    /** A contact is told anew no later than this after it, s. */
    private static final double LOOK_S = GaitEvent.Kind.LONGEST_SECOND_LOOK_MS * 1e-3;

    /** A foot hesitates by habit from this share of its steps. */
    private static final double HABIT = 0.5;

    /** What a step without hesitation takes from the share; one with it adds twice as much, for it may go unseen. */
    private static final double NEWEST = 0.2;

    private double share;
    private double touchMps3;

    /** Forgets the walker. */
    void clear() {
        share = 0;
    }

    /** A contact was told; {@code joltMps3} is the hardest jolt around it. */
    void told(double joltMps3) {
        touchMps3 = joltMps3;
        share -= NEWEST * share;
    }

    /** A foot whose swing ended at {@code endS} touched at {@code touchS}; to be called before {@link #told}. */
    void landed(double endS, double touchS) {
        if (touchS - endS > LATER_S) {
            hesitated();
        }
    }

    /** The contact told last was revised. */
    void hesitated() {
        share += 2 * NEWEST * (1 - share);
    }

    /** Returns whether a foot whose swing ended at {@code endS} should be waited for until it rests. */
    boolean waits(double endS, double timeS) {
        return share > HABIT && timeS - endS < LONGEST_S;
    }

    /**
     * Returns whether the contact told to have been at {@code contactS} was the one that {@code since} felt.
     *
     * @param since what the foot did from the contact until its present rest
     */
    boolean revises(double contactS, FlatStep since, double timeS) {
        double laterS = since.touchS() - contactS;
        return laterS >= LATER_S
                && laterS <= LONGEST_S
                && timeS - since.touchS() <= LOOK_S
                && since.joltMps3() > HARDER * touchMps3
                && since.isFelt();
    }
}
