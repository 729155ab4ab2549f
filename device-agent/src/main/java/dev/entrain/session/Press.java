package dev.entrain.session;

/** What the patient says with the one button. */
public enum Press {
    /** Start; while cues go on: stop at once; while stopped: go on. */
    SHORT,
    /** "Too fast" or "I do not feel well": stop; when the patient goes on, slower and without progress. */
    DOUBLE,
    /** End the session. */
    LONG
}
