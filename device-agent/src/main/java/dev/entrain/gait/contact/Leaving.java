package dev.entrain.gait.contact;

import dev.entrain.gait.GaitEvent.Kind;

/**
 * Tells the final contact of a stride, once between two initial contacts: a swing that came to nothing may be followed by
 * a real one. Not thread-safe; realtime-safe.
 */
final class Leaving {
    /** A foot that rests this long after it was told to have left had not, s. */
    private static final double FOR_NOTHING_S = 1.0;

    private final FootMoments moments;
    private boolean told;
    private double toldS;

    /** @param moments receives the final contacts */
    Leaving(FootMoments moments) {
        this.moments = moments;
    }

    /** The foot left at {@code timeS}; tells it unless that is known. */
    void tell(double timeS, double confidence) {
        if (!told) {
            told = true;
            toldS = timeS;
            moments.onMoment(Kind.FINAL_CONTACT, timeS, confidence);
        }
    }

    /** The foot touched: the next final contact is a new one. */
    void touched() {
        told = false;
    }

    /** The foot rests at {@code timeS}. */
    void rest(double timeS) {
        told &= timeS - toldS < FOR_NOTHING_S;
    }

    /** Returns whether the foot was told to have left and has not touched since. */
    boolean isTold() {
        return told;
    }

    /** Returns whether the foot was told to have left, and that at {@code timeS} or later. */
    boolean isNotBefore(double timeS) {
        return told && timeS <= toldS;
    }
}
