package dev.entrain.report;

/** What is drawn in a terminal, with its colour of the 256 and its letter where there are no dots. */
enum Ink {
    /** The walker; left foot. */
    WALKER(33, "*", "'", "."),
    /** The cue; right foot. */
    CUE(208, "=", "-", "-"),
    /** Lines to read by. */
    FRAME(244, ".", ".", "."),
    /** On the beat. */
    LOCKED(35, "#", "#", "#"),
    /** Freezing. */
    FREEZE(170, "F", "F", "F"),
    /** A safety rule. */
    RULE(203, "!", "!", "!");

    private final int colour;
    private final String both;
    private final String upper;
    private final String lower;

    Ink(int colour, String both, String upper, String lower) {
        this.colour = colour;
        this.both = both;
        this.upper = upper;
        this.lower = lower;
    }

    /** Returns the number among the 256 colours of terminals. */
    int colour() {
        return colour;
    }

    /** Returns a letter for the upper dot (1), the lower (2) or both (3). */
    String letter(int dots) {
        return dots == 1 ? upper : dots == 2 ? lower : both;
    }
}
