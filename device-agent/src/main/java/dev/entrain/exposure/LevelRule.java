package dev.entrain.exposure;

/**
 * When sound is lowered, and by how much: {@value #STEP_DB} dB, which is half the dose, at each 100 % of the week's dose, at
 * most {@value #MOST_DB} dB. Cues stay audible: who reaches the first step at all has listened at nearly 74 dB(A) on average
 * over a whole week. A step is released when the dose has fallen {@value #SLACK_PERCENT} % below it. Not thread-safe.
 */
final class LevelRule {
    /** One step, dB. */
    static final double STEP_DB = 3;

    /** All steps together, dB. */
    static final double MOST_DB = 9;

    /** So far below a step the dose must fall before it is released, percent; or a walk would go up and down. */
    static final double SLACK_PERCENT = 20;

    private static final int MOST_REACHED = 1000;

    private int reached;

    /**
     * Goes on where it was.
     *
     * @param reached how many times 100 % had been reached
     */
    LevelRule(int reached) {
        this.reached = Math.clamp(reached, 0, MOST_REACHED);
    }

    /** Looks at a dose, percent; returns whether a further 100 % was reached, which the walker has to be told. */
    boolean reaches(double percent) {
        int now = (int) Math.min(MOST_REACHED, percent / 100);
        boolean further = now > reached;
        reached = Math.max(reached, now);
        return further;
    }

    /** Gives back one step if the dose, percent, has fallen far enough; returns whether. Not to be asked during a walk. */
    boolean releases(double percent) {
        boolean released = reached > 0 && percent < reached * 100 - SLACK_PERCENT;
        if (released) {
            reached--;
        }
        return released;
    }

    /** Returns how many times 100 % is taken as reached. */
    int reached() {
        return reached;
    }

    /** Returns by how much sound is to be lowered, dB. */
    double attenuationDb() {
        return Math.min(MOST_DB, reached * STEP_DB);
    }
}
