package dev.entrain.cli;

import dev.entrain.check.Finding;
import dev.entrain.check.Verdict;
import dev.entrain.provision.Console;
import dev.entrain.provision.FindingText;
import dev.entrain.provision.QuitException;
import dev.entrain.provision.StepException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A technician at a terminal of at least 80 columns. Ctrl-C ends at any question. Used by one thread. */
final class TerminalConsole implements Console {
    private static final double LOOK_S = 0.05;
    private static final int MOST_LINES = 200;
    private static final int BAR = 24;
    private static final int WHAT = 46;

    private final PrintWriter out;
    private final InputStream in;
    private final Ending ending;
    private final boolean colours;

    TerminalConsole(PrintWriter out, InputStream in, Ending ending, boolean colours) {
        this.out = out;
        this.in = in;
        this.ending = ending;
        this.colours = colours;
    }

    @Override
    public boolean unattended() {
        return false;
    }

    @Override
    public void step(int n, int of, String title) {
        out.println();
        out.println(bold("Step " + n + " of " + of + "  " + "#".repeat(n) + ".".repeat(of - n) + "  " + title));
        out.flush();
    }

    @Override
    public void say(String line) {
        for (String each : line.split("\n", -1)) {
            FindingText.said(each).forEach(out::println);
        }
        out.flush();
    }

    @Override
    public void finding(Finding finding) {
        for (String line : FindingText.lines(finding)) {
            out.println(colour(finding.verdict(), line));
        }
        out.flush();
    }

    @Override
    public String ask(String key, String question, String otherwise) throws QuitException {
        List<String> lines = FindingText.wrapped("? ", question + (otherwise.isEmpty() ? "" : " [" + otherwise + "]"));
        for (int i = 0; i < lines.size() - 1; i++) {
            out.println(bold(lines.get(i)));
        }
        out.print(bold(lines.getLast()) + ": ");
        out.flush();
        String answer = line().strip();
        return answer.isEmpty() ? otherwise : answer;
    }

    @Override
    public boolean confirm(String key, String question, boolean otherwise) throws QuitException, StepException {
        for (int i = 0; i < MOST_TRIES; i++) {
            String answer =
                    ask(key, question + (otherwise ? " [Y/n]" : " [y/N]"), "").toLowerCase(Locale.ROOT);
            if (answer.isEmpty()) {
                return otherwise;
            }
            if (answer.equals("y") || answer.equals("yes")) {
                return true;
            }
            if (answer.equals("n") || answer.equals("no")) {
                return false;
            }
            say("Type y or n.");
        }
        throw new StepException("There was no answer.", "Try this step again.");
    }

    @Override
    public int choose(String key, String question, List<String> options, int otherwise)
            throws QuitException, StepException {
        FindingText.wrapped("? ", question).forEach(line -> out.println(bold(line)));
        for (int i = 0; i < options.size(); i++) {
            out.println("    " + (i + 1) + "  " + options.get(i));
        }
        for (int i = 0; i < MOST_TRIES; i++) {
            String answer = ask(key, "Number", otherwise < 0 ? "" : Integer.toString(otherwise + 1));
            if (answer.matches("[0-9]{1,3}")) {
                int chosen = Integer.parseInt(answer) - 1;
                if (chosen >= 0 && chosen < options.size()) {
                    return chosen;
                }
            }
            say("Type a number from 1 to " + options.size() + ".");
        }
        throw new StepException("There was no answer.", "Try this step again.");
    }

    @Override
    public String paste(String question, String last) throws QuitException {
        out.println(bold("? " + question));
        out.flush();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < MOST_LINES; i++) {
            String line = line().strip();
            text.append(line).append('\n');
            if (line.equals(last)) {
                break;
            }
        }
        return text.toString();
    }

    @Override
    public void progress(String what, double share) {
        int done = (int) Math.round(BAR * Math.clamp(share, 0, 1));
        String name = what.length() <= WHAT ? what : "..." + what.substring(what.length() - WHAT + 3);
        out.print(String.format(
                Locale.ROOT, "\r  %-" + WHAT + "s [%s%s]", name, "#".repeat(done), " ".repeat(BAR - done)));
        if (share >= 1) {
            out.println();
        }
        out.flush();
    }

    @Override
    public void pause(double seconds) throws QuitException {
        if (ending.await(seconds)) {
            out.println();
            throw new QuitException();
        }
    }

    @Override
    public AfterFailure failed(StepException failure) throws QuitException {
        for (String line : FindingText.failure(failure)) {
            out.println(colour(Verdict.FAIL, line));
        }
        for (int i = 0; i < MOST_TRIES; i++) {
            switch (ask("", "r = try again, s = leave this step out, q = quit", "r")
                    .toLowerCase(Locale.ROOT)) {
                case "r" -> {
                    return AfterFailure.RETRY;
                }
                case "s" -> {
                    return AfterFailure.SKIP;
                }
                case "q" -> {
                    return AfterFailure.QUIT;
                }
                default -> say("Type r, s or q.");
            }
        }
        return AfterFailure.QUIT;
    }

    /** Reads a line byte by byte, so that nothing is taken that belongs to whoever reads next. */
    private String line() throws QuitException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            while (bytes.size() < 4096) {
                // Waiting for bytes instead of reading lets Ctrl-C end in good order.
                while (in.available() == 0) {
                    pause(LOOK_S);
                }
                int next = in.read();
                if (next < 0 || next == '\n') {
                    break;
                }
                bytes.write(next);
            }
        } catch (IOException e) {
            throw new QuitException();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String bold(String text) {
        return colours ? "\033[1m" + text + "\033[0m" : text;
    }

    private String colour(Verdict verdict, String text) {
        if (!colours || verdict == Verdict.OK || verdict == Verdict.SKIPPED) {
            return text;
        }
        return (verdict == Verdict.FAIL ? "\033[1;31m" : "\033[33m") + text + "\033[0m";
    }
}
