package dev.entrain.journal;

/** What a kept record tells. Labels are those of telemetry and of the journal's file, and never change their meaning. */
public enum RecordKind {
    /** A foot touched the ground, at its last revised time. */
    STEP("step", true),
    /** A stride of one foot ended. */
    STRIDE("stride", true),
    /** A beat that sounded. */
    CUE("cue", true),
    /** All cues were withdrawn and the sound ended. */
    SILENCE("silence", true),
    /** A freezing episode, when it is over or can't be known any more. */
    FREEZE("freeze", true),
    /** Something happened to the session: a block, a level, a rule. */
    EVENT("event", true),
    /** A song played, when it is over. */
    SONG("song", true),
    /** A foot's sensor was silent for a while. */
    GAP("gap", false),
    /** A session began or ended; at its end with its summary. */
    SESSION("session", true),
    /** What the monotonic clock means in UTC, and how sure that is. */
    CLOCK("clock", true),
    /** How well the cues' moments were kept so far, with the sound dose. */
    TIMING("timing", false),
    /** Something of the unit failed, or works again. */
    FAULT("fault", false),
    /** Records gave way before the clinic had them: how many, and which. */
    LOST("lost", true);

    private final String label;
    private final boolean therapy;

    RecordKind(String label, boolean therapy) {
        this.label = label;
        this.therapy = therapy;
    }

    /** Returns the spelling of telemetry and of the journal's file. */
    public String label() {
        return label;
    }

    /** Tells whether this is therapy data: it gives way last. */
    public boolean therapy() {
        return therapy;
    }
}
