package dev.entrain.report;

import dev.entrain.outcome.Metric;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Scope;
import java.util.Locale;

/** Figures of a session by part. */
final class Parts {
    private Parts() {}

    /** Returns one figure. */
    static Metric metric(SessionSummary summary, Scope scope, MetricName name) {
        return summary.part(scope).metric(name);
    }

    /** Returns a number with its sign, as many decimals as the metric has; a dash for NaN. */
    static String signed(MetricName name, double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        String text = String.format(Locale.ROOT, "%+." + name.decimals() + "f", value);
        return Double.parseDouble(text) == 0 ? text.substring(1) : text.replace('-', '−');
    }
}
