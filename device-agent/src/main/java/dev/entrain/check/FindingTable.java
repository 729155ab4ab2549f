package dev.entrain.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Findings as a table for a terminal. Wide ones have a column for the next step, narrow ones put it below; colour only adds to
 * what the words say.
 */
public final class FindingTable {
    /** Narrowest table, columns. */
    public static final int NARROWEST = 60;

    /** From here on the next step has a column of its own. */
    static final int WIDE = 110;

    private static final int WIDEST = 160;
    private static final int VERDICT = 5;
    private static final double VALUE_SHARE = 0.46;
    private static final String STEP = "-> ";

    private final int width;
    private final boolean colour;
    private final StringBuilder text = new StringBuilder();
    private final int areas;
    private final int items;

    private FindingTable(List<Finding> findings, int width, boolean colour) {
        this.width = Math.clamp(width, NARROWEST, WIDEST);
        this.colour = colour;
        areas = 1
                + findings.stream()
                        .mapToInt(finding -> finding.area().length())
                        .max()
                        .orElse(0);
        items = 2
                + findings.stream()
                        .mapToInt(finding -> finding.item().length())
                        .max()
                        .orElse(0);
    }

    /**
     * Returns the table, with a line feed after each line and no line longer than the width.
     *
     * @param width columns of the terminal; at least {@value #NARROWEST} are used
     * @param colour whether it understands ANSI colours
     */
    public static String text(List<Finding> findings, int width, boolean colour) {
        FindingTable table = new FindingTable(findings, width, colour);
        String area = "";
        for (Finding finding : findings) {
            table.add(finding, finding.area().equals(area));
            area = finding.area();
        }
        return table.text.toString();
    }

    private void add(Finding finding, boolean sameArea) {
        int label = areas + items;
        String head = pad(sameArea ? "" : finding.area(), areas) + pad(finding.item(), items);
        int left = VERDICT + label;
        boolean wide = width >= WIDE && !finding.nextStep().isEmpty();
        int valueWidth = wide ? (int) ((width - left) * VALUE_SHARE) : width - left;
        List<String> value = wrap(finding.value(), valueWidth - (wide ? 2 : 0));
        String step = finding.nextStep();
        List<String> steps = step.isEmpty()
                ? List.of()
                : wrap(step, (wide ? width - left - valueWidth : width - left) - STEP.length());
        int beside = wide ? Math.max(value.size(), steps.size()) : value.size();
        for (int i = 0; i < beside; i++) {
            text.append(i == 0 ? verdict(finding.verdict()) : " ".repeat(VERDICT));
            String line = (i == 0 ? head : " ".repeat(label)) + (i < value.size() ? value.get(i) : "");
            String right = wide && i < steps.size() ? step(i) + steps.get(i) : "";
            text.append(right.isEmpty() ? line.stripTrailing() : pad(line, label + valueWidth) + right)
                    .append('\n');
        }
        for (int i = 0; !wide && i < steps.size(); i++) {
            text.append(" ".repeat(left)).append(step(i)).append(steps.get(i)).append('\n');
        }
    }

    private static String step(int line) {
        return line == 0 ? STEP : " ".repeat(STEP.length());
    }

    private String verdict(Verdict verdict) {
        String word = switch (verdict) {
            case OK -> "OK";
            case WARN -> "WARN";
            case FAIL -> "FAIL";
            case SKIPPED -> "-";
        };
        String ink = switch (verdict) {
            case OK -> "32";
            case WARN -> "1;33";
            case FAIL -> "1;31";
            case SKIPPED -> "2";
        };
        String padded = pad(word, VERDICT);
        return colour ? "\u001b[" + ink + "m" + padded + "\u001b[0m" : padded;
    }

    private static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - text.length()));
    }

    /** Breaks at blanks, and in the midst of a word only where it is longer than a line. */
    private static List<String> wrap(String text, int columns) {
        int most = Math.max(8, columns);
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > most) { // Ends: each round takes at least one character.
            int at = rest.lastIndexOf(' ', most);
            int end = at > 0 ? at : most;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
