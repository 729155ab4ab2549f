package dev.entrain.closedloop;

import dev.entrain.cue.CueConfig.PolicyName;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SessionSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One line of the table of policies: one policy with one kind of patient. Not thread-safe. */
public final class PolicyRow {
    private static final double TAIL_S = 60;

    private final PolicyName policy;
    private final String patient;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A walk as the table needs it.
     *
     * @param driftPct cadence of the last minute against the first two, %
     */
    public record Entry(
            LoopChecks checks,
            double resultant,
            double asynchronySdMs,
            double locked,
            double asynchronyMs,
            double driftPct) {
        static Entry of(LoopResult result) {
            SessionSummary summary = SessionSummaries.of(result.data());
            long endNs = Math.round(result.checks().lengthS() * 1e9);
            long tailNs = Math.round(TAIL_S * 1e9);
            double first = result.truth().cadenceSpm(result.originNs() + tailNs / 4, result.originNs() + tailNs);
            double last = result.truth().cadenceSpm(endNs - tailNs, endNs);
            return new Entry(
                    result.checks(),
                    figure(summary, MetricName.RESULTANT_LENGTH),
                    figure(summary, MetricName.ASYNCHRONY_SD),
                    figure(summary, MetricName.LOCKED_FRACTION),
                    figure(summary, MetricName.ASYNCHRONY),
                    100 * (last / first - 1));
        }

        private static double figure(SessionSummary summary, MetricName name) {
            return SessionFigures.metric(summary, SessionSummary.Scope.ALL, name);
        }
    }

    PolicyRow(PolicyName policy, String patient) {
        this.policy = policy;
        this.patient = patient;
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** Returns the names of {@link #cells}. */
    public static List<String> names() {
        return List.of(
                "policy",
                "patient",
                "walks",
                "R",
                "SD ms",
                "locked",
                "asynchrony ms",
                "cadence drift %",
                "slew %/s",
                "out of range",
                "too fast",
                "false trips");
    }

    /** Returns the line, "-" where a column has no meaning. */
    public List<String> cells() {
        return List.of(
                policy.name().toLowerCase(Locale.ROOT),
                patient,
                Integer.toString(entries.size()),
                cell("%.3f", mean(Entry::resultant)),
                cell("%.0f", mean(Entry::asynchronySdMs)),
                cell("%.2f", mean(Entry::locked)),
                cell("%+.0f", mean(Entry::asynchronyMs)),
                cell("%+.1f", mean(Entry::driftPct)),
                cell(
                        "%.3f",
                        entries.stream()
                                .mapToDouble(e -> e.checks.mostSlewPct())
                                .max()
                                .orElse(Double.NaN)),
                Long.toString(
                        entries.stream().mapToLong(e -> e.checks.outOfRange()).sum()),
                Long.toString(entries.stream()
                        .mapToLong(e -> e.checks.tooFastAfterFreeze())
                        .sum()),
                Long.toString(
                        entries.stream().mapToLong(e -> e.checks.falseTrips()).sum()));
    }

    private double mean(ToDoubleFunction<Entry> figure) {
        List<Double> values = new ArrayList<>();
        for (Entry entry : entries) {
            values.add(figure.applyAsDouble(entry));
        }
        return Quantile.mean(values);
    }

    private static String cell(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
