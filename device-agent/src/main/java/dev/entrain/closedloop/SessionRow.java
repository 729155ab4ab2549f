package dev.entrain.closedloop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One line of the population table: one kind of patient with one programme. Not thread-safe. */
public final class SessionRow {
    private static final double PROMPT_S = 1;

    private final String patient;
    private final String programme;
    private final List<Entry> entries = new ArrayList<>();

    /** A session as the table needs it. */
    public record Entry(LoopChecks checks, SessionFigures figures) {}

    SessionRow(String patient, String programme) {
        this.patient = patient;
        this.programme = programme;
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** Returns the names of {@link #cells}. */
    public static List<String> names() {
        return List.of(
                "patient",
                "programme",
                "sessions",
                "completed",
                "stopped by a rule",
                "locked",
                "ends locked",
                "off target %",
                "C0 error %",
                "steps back",
                "highest %",
                "slew %/s",
                "after stop",
                "out of range",
                "too fast",
                "false trips",
                "freezes",
                "median s",
                "90 % s",
                "under 1 s",
                "from silence",
                "silent 90 % s",
                "silent under 1 s",
                "relieved");
    }

    /** Returns the line, "-" where a column has no meaning. */
    public List<String> cells() {
        List<Double> answers = new ArrayList<>();
        List<Double> silent = new ArrayList<>();
        int relieved = 0;
        for (Entry entry : entries) {
            answers.addAll(entry.figures.answerS());
            silent.addAll(entry.figures.silentAnswerS());
            relieved += entry.figures.relieved();
        }
        return List.of(
                patient,
                programme,
                Integer.toString(entries.size()),
                whole(sum(e -> e.figures.completed() ? 1 : 0)),
                whole(sum(e -> e.figures.ruleStops())),
                cell("%.2f", mean(e -> e.figures.locked())),
                cell("%.2f", mean(e -> e.figures.endsLocked())),
                cell("%+.2f", mean(e -> e.figures.offTargetPct())),
                cell("%+.2f", mean(e -> e.figures.baselineErrorPct())),
                cell("%.2f", mean(e -> e.figures.stepsBack())),
                cell("%+.1f", mean(e -> e.figures.highestPct())),
                cell(
                        "%.3f",
                        entries.stream()
                                .mapToDouble(e -> e.checks.mostSlewPct())
                                .max()
                                .orElse(Double.NaN)),
                whole(sum(e -> e.checks.afterStop())),
                whole(sum(e -> e.checks.outOfRange())),
                whole(sum(e -> e.checks.tooFastAfterFreeze())),
                whole(sum(e -> e.checks.falseTrips())),
                Integer.toString(answers.size()),
                cell("%.2f", Quantile.of(answers, 0.5)),
                cell("%.2f", Quantile.of(answers, 0.9)),
                cell("%.2f", Quantile.shareUnder(answers, PROMPT_S)),
                Integer.toString(silent.size()),
                cell("%.2f", Quantile.of(silent, 0.9)),
                cell("%.2f", Quantile.shareUnder(silent, PROMPT_S)),
                answers.isEmpty() ? "-" : cell("%.2f", (double) relieved / answers.size()));
    }

    private double mean(ToDoubleFunction<Entry> figure) {
        List<Double> values = new ArrayList<>();
        for (Entry entry : entries) {
            values.add(figure.applyAsDouble(entry));
        }
        return Quantile.mean(values);
    }

    private double sum(ToDoubleFunction<Entry> figure) {
        return entries.stream().mapToDouble(figure).sum();
    }

    private static String whole(double value) {
        return Long.toString(Math.round(value));
    }

    private static String cell(String format, double value) {
        return Double.isNaN(value)
                ? "-"
                : Double.isInfinite(value) ? "none" : String.format(Locale.ROOT, format, value);
    }
}
