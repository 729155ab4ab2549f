package dev.entrain.session;

/**
 * What the patient says with the one button. A press is told as {@link #SHORT} at once, because stopping may not wait; when
 * a second one follows it is told as {@link #DOUBLE}, and when the button is held {@link #LONG} follows.
 */
public enum Press {
    /** Start; while cues go on: stop at once; while stopped: go on. */
    SHORT,
    /** "Too fast" or "I do not feel well": stop; when the patient goes on, slower and without progress. */
    DOUBLE,
    /** End the session. */
    LONG
}
