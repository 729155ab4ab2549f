package dev.entrain.report;

import dev.entrain.outcome.Metric;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Part;
import dev.entrain.outcome.SessionSummary.Scope;
import java.util.Locale;

/** Figures of a session by part. */
final class Parts {
    private Parts() {}

    /** Returns one figure; of no observations if the part is not there. */
    static Metric metric(SessionSummary summary, Scope scope, MetricName name) {
        for (Part part : summary.parts()) {
            if (part.scope() == scope) {
                return part.metric(name);
            }
        }
        return new Metric(name, Double.NaN, 0);
    }

    /** Returns one value; NaN if there is none. */
    static double value(SessionSummary summary, Scope scope, MetricName name) {
        return metric(summary, scope, name).value();
    }

    /** Returns cued minus uncued, of the values as printed, so that a reader who subtracts finds the same; NaN if either is insufficient. */
    static double difference(SessionSummary summary, MetricName name) {
        Metric cued = metric(summary, Scope.CUED, name);
        Metric uncued = metric(summary, Scope.UNCUED, name);
        return cued.sufficient() && uncued.sufficient()
                ? Double.parseDouble(cued.text()) - Double.parseDouble(uncued.text())
                : Double.NaN;
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
