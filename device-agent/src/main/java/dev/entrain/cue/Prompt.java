package dev.entrain.cue;

/** Words for the walker. Never part of the rhythm: said at once, over silence or under the beat. */
public enum Prompt {
    /** Walk, or walk on. */
    WALK,
    /** Stop walking. */
    STOP,
    /** An insole or the unit has little charge left. */
    BATTERY_LOW,
    /** Sound was gone for a while and is here again. */
    SOUND_BACK,
    /** The week's sound dose is reached and the level was lowered. */
    LEVEL_LOWERED,
    /** The session begins with a walk as usual. */
    WALK_AS_USUAL,
    /** The beat begins: step with it. */
    STEP_WITH_BEAT,
    /** The beat gets a little faster. */
    A_LITTLE_FASTER,
    /** The beat gets a little slower. */
    A_LITTLE_SLOWER,
    /** Turn round and walk on. */
    TURN_ROUND,
    /** The beat will become less; keep the rhythm. */
    KEEP_THE_RHYTHM,
    /** Time to rest. */
    REST,
    /** Cues are stopped; the button starts them again. */
    PAUSED,
    /** The session is over. */
    FINISHED,
    /** The clinic asks which unit this is. */
    HERE_I_AM,
    /** The goal of minutes or distance is reached. */
    GOAL_REACHED,
    /** As many songs as were the goal were walked in step to their ends. */
    SONG_EARNED,
    /** That the patient likes this song is kept. */
    SONG_LIKED
}
