package dev.entrain.outcome;

import java.util.Locale;

/**
 * One figure.
 *
 * @param name which
 * @param value in its unit; NaN where it is insufficient
 * @param n observations it rests on
 */
public record Metric(MetricName name, double value, int n) {
    /** Returns whether there were enough observations for a value. */
    public boolean sufficient() {
        return !Double.isNaN(value);
    }

    /** Returns the value as it is printed everywhere, or "insufficient". */
    public String text() {
        return sufficient() ? String.format(Locale.ROOT, "%." + name.decimals() + "f", value) : "insufficient";
    }
}
