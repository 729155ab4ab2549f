package dev.entrain.agent;

/**
 * How far the arrangement is open: it opens once the walker has been in step for {@value #OPENS_AFTER_S} s and thins once he
 * has been out of step for {@value #THINS_AFTER_S} s, so that it does not flutter, and takes 6 s from end to end, so that
 * nobody is startled. It never thins beyond {@value #LEAST}: a listenable rest that carries the beat. While nobody steps, or it
 * is not known whether he is in step, it stays where it is. Not thread-safe; realtime-safe.
 */
final class MusicReward {
    /** The barest arrangement, share. */
    static final double LEAST = 0.4;

    private static final int OPENS_AFTER_S = 4;
    private static final int THINS_AFTER_S = 8;
    private static final double PER_S = 0.1;
    private static final double S = 1e-9;

    /** Steps farther apart are no walking, s. */
    private static final double LONGEST_STEP_S = 2;

    private final boolean prescribed;
    private double open;
    private boolean opening;
    private double inStepS;
    private double outOfStepS;
    private long lastNs;
    private boolean any;

    /**
     * Makes the rule.
     *
     * @param prescribed whether it counts; otherwise the whole arrangement is heard
     */
    MusicReward(boolean prescribed) {
        this.prescribed = prescribed;
        open = prescribed ? LEAST : 1;
    }

    /** Takes a step: whether lock is known, and whether the walker is locked. */
    void step(long timeNs, boolean known, boolean locked) {
        double sinceS = any ? (timeNs - lastNs) * S : 0;
        any = true;
        lastNs = timeNs;
        if (!prescribed || sinceS <= 0 || sinceS > LONGEST_STEP_S) {
            return;
        }
        inStepS = known && locked ? inStepS + sinceS : 0;
        outOfStepS = known && !locked ? outOfStepS + sinceS : 0;
        if (inStepS >= OPENS_AFTER_S) {
            opening = true;
        } else if (outOfStepS >= THINS_AFTER_S) {
            opening = false;
        }
        open = opening ? Math.min(1, open + PER_S * sinceS) : Math.max(LEAST, open - PER_S * sinceS);
    }

    /** Returns how far it is open, {@value #LEAST} to 1. */
    double open() {
        return open;
    }
}
