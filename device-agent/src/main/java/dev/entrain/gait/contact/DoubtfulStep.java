package dev.entrain.gait.contact;

/**
 * A movement that may have been the first step of a walk, and is told as one when the other foot follows: a person who
 * stands or sits moves the feet for other reasons. Not thread-safe; realtime-safe.
 */
final class DoubtfulStep {
    /** The other foot follows a first step within this time, s: a slow stride. */
    private static final double FOLLOW_S = 1.5;

    /** The other foot may leave so long before this one touches, s. */
    private static final double OVERLAP_S = 0.1;

    private double leftS;
    private double touchS = Double.NaN;

    /** There is no such movement. */
    void clear() {
        touchS = Double.NaN;
    }

    /** The foot may have left at {@code fromS} and touched at {@code toS}. */
    void hold(double fromS, double toS) {
        leftS = fromS;
        touchS = toS;
    }

    /** Returns whether the other foot has followed by now. */
    boolean isFollowed(FootSteps other, double timeS) {
        if (timeS - touchS > FOLLOW_S) {
            clear();
        }
        return other.leftBetween(touchS - OVERLAP_S, timeS) || other.touchedBetween(touchS, timeS);
    }

    /** Returns whether a swing of the same foot that began at {@code swingFromS} came soon after. */
    boolean precedes(double swingFromS) {
        return swingFromS - touchS <= FOLLOW_S;
    }

    /** Returns when the foot left, s. */
    double leftS() {
        return leftS;
    }

    /** Returns when the foot touched, s; NaN if there is no such movement. */
    double touchS() {
        return touchS;
    }
}
