package dev.entrain.report;

import org.jspecify.annotations.Nullable;

/** Collects lines of a terminal, with colours where they are wanted. Not thread-safe. */
final class TerminalText {
    private static final String RESET = "\u001b[0m";

    private final StringBuilder lines = new StringBuilder();
    private final boolean colour;
    private @Nullable Ink current;

    TerminalText(boolean colour) {
        this.colour = colour;
    }

    /** Adds plain text. */
    TerminalText put(String text) {
        ink(null);
        lines.append(text);
        return this;
    }

    /** Adds coloured text. */
    TerminalText put(String text, Ink ink) {
        ink(ink);
        lines.append(text);
        return this;
    }

    /** Ends a line; blanks at its end are left out. */
    TerminalText end() {
        ink(null);
        while (!lines.isEmpty() && lines.charAt(lines.length() - 1) == ' ') {
            lines.setLength(lines.length() - 1);
        }
        lines.append('\n');
        return this;
    }

    private void ink(@Nullable Ink ink) {
        if (colour && ink != current) {
            lines.append(ink == null ? RESET : "\u001b[38;5;" + ink.colour() + "m");
            current = ink;
        }
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
