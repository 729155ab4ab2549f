package dev.entrain.cli;

import dev.entrain.outcome.Metric;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.session.SessionEvent;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The main figures of a session, as they are told when it is over. */
final class SessionFigures {
    private static final List<MetricName> SHOWN = List.of(
            MetricName.CADENCE,
            MetricName.STRIDE_DURATION_CV,
            MetricName.WALKING_SPEED,
            MetricName.ASYNCHRONY,
            MetricName.RESULTANT_LENGTH,
            MetricName.LOCKED_FRACTION,
            MetricName.TEMPO_ACCURACY,
            MetricName.RETENTION);

    private SessionFigures() {}

    static void print(SessionSummary summary, Path folder, PrintWriter to) {
        SessionEvent.End end = summary.end();
        to.printf(
                Locale.ROOT,
                "Session %s, %s: %s after %.1f min, %.1f min with beats%n",
                summary.id(),
                summary.programme(),
                end == null
                        ? "not ended yet"
                        : end.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                summary.durationS() / 60,
                summary.cuedS() / 60);
        to.printf(
                Locale.ROOT,
                "Baseline %s, last level %s, %d back, %d rules%n",
                known(summary.baselineSpm(), "%.1f steps/min"),
                known(summary.finalLevelPct(), "%+.0f %%"),
                summary.stepsBack(),
                summary.rules());
        to.printf(Locale.ROOT, "%-26s %14s %14s%n", "", "with beats", "without");
        for (MetricName name : SHOWN) {
            to.printf(
                    Locale.ROOT,
                    "%-26s %14s %14s%n",
                    name.label(),
                    value(summary, SessionSummary.Scope.CUED, name),
                    value(summary, SessionSummary.Scope.UNCUED, name));
        }
        to.println("Kept in " + folder);
    }

    private static String value(SessionSummary summary, SessionSummary.Scope scope, MetricName name) {
        for (SessionSummary.Part part : summary.parts()) {
            if (part.scope() == scope) {
                Metric metric = part.metric(name);
                return metric.text();
            }
        }
        return "-";
    }

    private static String known(double value, String format) {
        return Double.isNaN(value) ? "unknown" : String.format(Locale.ROOT, format, value);
    }
}
