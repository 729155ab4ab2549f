package dev.entrain.cue;

/** A few spoken words for the walker. Never part of the rhythm: said at once, over silence or under the beat. */
public enum Prompt {
    /** The cues begin. */
    WALK,
    /** The cues have ended. */
    STOP,
    /** An insole or the unit has little charge left. */
    BATTERY_LOW,
    /** Sound was gone for a while and is here again. */
    SOUND_BACK,
    /** The week's sound dose is reached and the level was lowered. */
    LEVEL_LOWERED
}
