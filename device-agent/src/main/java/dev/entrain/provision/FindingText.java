package dev.entrain.provision;

import dev.entrain.check.Finding;
import dev.entrain.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings and failures as lines of at most 79 columns, where words allow it. */
public final class FindingText {
    private static final int COLUMNS = 79;

    private FindingText() {}

    /** Returns a finding: verdict, what it is about, what was found, and what to do on lines of its own. */
    public static List<String> lines(Finding finding) {
        String verdict =
                finding.verdict() == Verdict.SKIPPED ? "-" : finding.verdict().name();
        String about = finding.area().startsWith("walk ")
                ? finding.area().substring(5) + " " + finding.item()
                : finding.item();
        String begun = String.format(Locale.ROOT, "  %-5s %-12s ", verdict, about);
        List<String> lines = new ArrayList<>(wrapped(begun, finding.value()));
        if (!finding.nextStep().isEmpty()) {
            lines.addAll(wrapped(" ".repeat(begun.length()) + "-> ", finding.nextStep()));
        }
        return lines;
    }

    /** Returns a failure and what to do. */
    public static List<String> failure(StepException failure) {
        List<String> lines = new ArrayList<>(wrapped("  FAILED   ", String.valueOf(failure.getMessage())));
        lines.addAll(wrapped("  DO THIS  ", failure.nextStep()));
        return lines;
    }

    /** Returns a line that is told, a little in from the edge; one that is set in already stays as it is. */
    public static List<String> said(String line) {
        boolean whole = line.length() <= COLUMNS - 2 || line.startsWith(" ") || line.startsWith("-----");
        return whole ? List.of("  " + line) : wrapped("  ", line);
    }

    /** Breaks a text into lines; those after the first are as far in as the text of the first. */
    public static List<String> wrapped(String begun, String text) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(begun.length());
        StringBuilder line = new StringBuilder(begun);
        boolean first = true;
        for (String word : text.strip().split("\\s+", -1)) {
            if (!first && line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(indent).append(word);
            } else {
                line.append(first ? "" : " ").append(word);
            }
            first = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
