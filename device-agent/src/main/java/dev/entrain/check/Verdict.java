package dev.entrain.check;

/** How a finding is to be taken. */
public enum Verdict {
    /** Good. */
    OK,
    /** Works, but somebody should see to it. */
    WARN,
    /** Does not work: a walk would go wrong or tell nobody. */
    FAIL,
    /** Was not looked at; the value says why. */
    SKIPPED
}
