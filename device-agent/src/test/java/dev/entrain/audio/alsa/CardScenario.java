package dev.entrain.audio.alsa;

import java.util.List;

/**
 * A walk on a test card of its own, with what happens to it.
 *
 * @param name of the card and its files
 * @param options the card's configuration beside its files, see entrain_card.h
 * @param seconds how long cues are planned, s
 * @param ownTime whether the program's clock has nothing to do with the card's time stamps
 * @param steps what happens, in order of time
 */
record CardScenario(String name, String options, double seconds, boolean ownTime, List<Step> steps) {
    /**
     * Something that happens.
     *
     * @param atMs when, ms after the walk began; 0 is before the card is opened
     * @param what a fault of entrain_faults.h, or a word of {@link CardRun}
     * @param number what the fault's file says; {@link #GONE} to remove it
     */
    record Step(long atMs, String what, long number) {}

    /** Removes a fault. */
    static final long GONE = -1;

    static CardScenario of(String name, String options, double seconds, Step... steps) {
        return new CardScenario(name, options, seconds, false, List.of(steps));
    }

    static Step at(long ms, String what, long number) {
        return new Step(ms, what, number);
    }
}
