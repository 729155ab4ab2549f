package dev.entrain.session;

/**
 * The rules that no programme can switch off, each with what happens. deploy/safety/hazards.csv says which harm each
 * prevents and which test proves it; the build fails on a rule without one. Source: the clinical ground of the project,
 * numbers as stated at each constant.
 */
public enum SafetyRule {
    /** No step for max(1.5 strides, 2 s) while the sensors see. */
    NO_STEP(Reaction.SILENCE),
    /** No sample of any foot for 200 ms: the last tempo for at most 5 s, then a fade of 3 s. */
    SENSOR_GAP(Reaction.HOLD_AND_FADE),
    /** A stumble the walker barely recovered from, or a fall. */
    NEAR_FALL(Reaction.STOP),
    /** The patient pressed the button. */
    BUTTON(Reaction.STOP),
    /** The walker's cadence stays over 115 % of the cue's: he hurries (festination) or runs away from the beat. */
    CADENCE_OVER_CUE(Reaction.STOP),
    /** Tempo changes by at most 1 % a second, whoever asks. */
    TEMPO_SLEW(Reaction.LIMIT),
    /** Tempo stays within 40 to 160 beats a minute. */
    TEMPO_RANGE(Reaction.LIMIT),
    /** After a freeze no beat of this session is faster than the beat or cadence before it. */
    NEVER_FASTER_AFTER_FREEZE(Reaction.LIMIT),
    /** After a stop nothing sounds until the patient starts. */
    SILENT_AFTER_STOP(Reaction.SILENCE),
    /** The unit's own battery is nearly empty: the session ends while there is charge to say so and to save it. */
    BATTERY(Reaction.END),
    /** The session has lasted as long as prescribed, or {@code 2 h} whatever is prescribed. */
    SESSION_LENGTH(Reaction.END);

    /** What happens. */
    public enum Reaction {
        /** Silence; cues come back by themselves when the walker walks. */
        SILENCE,
        /** The beat goes on, then fades. */
        HOLD_AND_FADE,
        /** Silence until the patient presses the button. */
        STOP,
        /** The session ends with words, and is saved. */
        END,
        /** The beat is bounded; the walk goes on. */
        LIMIT
    }

    private final Reaction reaction;

    SafetyRule(Reaction reaction) {
        this.reaction = reaction;
    }

    /** Returns what happens. */
    public Reaction reaction() {
        return reaction;
    }
}
