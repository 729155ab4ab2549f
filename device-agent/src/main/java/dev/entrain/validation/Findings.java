package dev.entrain.validation;

import java.util.function.Consumer;

/**
 * Tells what is wrong with a set, one line each: a warning where a file is scored as it is, an error where a recording had
 * to be left out. Not thread-safe.
 */
public final class Findings {
    private final Consumer<String> lines;
    private int errors;

    /**
     * Makes one.
     *
     * @param lines receives each line
     */
    public Findings(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Returns how many recordings were left out. */
    public int errors() {
        return errors;
    }

    void warn(String sentence) {
        lines.accept("warning: " + sentence);
    }

    void leaveOut(String sentence) {
        errors++;
        lines.accept("left out: " + sentence);
    }
}
