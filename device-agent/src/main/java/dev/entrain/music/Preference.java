package dev.entrain.music;

/** What this patient thinks of a song. The order is kept: more is liked better. */
public enum Preference {
    /** Is not played. */
    NEVER,
    /** Nothing was said. */
    NEUTRAL,
    /** Is played more often. */
    LIKED
}
