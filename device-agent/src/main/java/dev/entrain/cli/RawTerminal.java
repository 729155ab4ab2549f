package dev.entrain.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hands over each key at once and shows none, until closed, if the standard input is a terminal; otherwise does nothing, and
 * whoever taps sends lines.
 */
final class RawTerminal implements AutoCloseable {
    private static final long LONGEST_S = 5;

    private final String before;

    RawTerminal() {
        before = stty(List.of("-g"));
        if (!before.isEmpty()) {
            stty(List.of("-icanon", "-echo", "min", "1", "time", "0"));
        }
    }

    /** Returns whether each key is handed over at once. */
    boolean raw() {
        return !before.isEmpty();
    }

    /** Returns how many columns the terminal of the standard input has; {@code otherwise} if it is none. */
    static int columns(int otherwise) {
        String size = stty(List.of("size"));
        int blank = size.indexOf(' ');
        try {
            int columns = blank < 0 ? 0 : Integer.parseInt(size.substring(blank + 1));
            return columns > 0 ? columns : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    @Override
    public void close() {
        if (!before.isEmpty()) {
            stty(List.of(before));
        }
    }

    /** Returns what stty says; empty if there is no terminal or no stty. */
    private static String stty(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            boolean done = process.waitFor(LONGEST_S, TimeUnit.SECONDS) && process.exitValue() == 0;
            return done ? said.strip() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
