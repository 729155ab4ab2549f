package dev.entrain.session;

/**
 * What the patient says with the one button. While cues may sound a press is told as {@link #SHORT} at once, because stopping
 * waits for nothing; a second one adds {@link #DOUBLE}, and holding it {@link #LONG}. While the cues are stopped it is told
 * when it is known which of the three it is.
 */
public enum Press {
    /** Start; while cues go on: stop at once; while stopped: go on. */
    SHORT,
    /** "Too fast" or "I do not feel well": stop; when the patient goes on, slower and without progress. */
    DOUBLE,
    /** End the session. */
    LONG
}
