package dev.entrain.outcome;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One figure, rounded as it is printed: the binary value to the nearest decimal, halves to even, without a negative zero.
 * Two implementations whose sums differ in the last bits so agree to the last digit.
 *
 * @param name which
 * @param value in its unit, rounded; NaN where it is insufficient
 * @param n observations it rests on
 */
public record Metric(MetricName name, double value, int n) {
    /** Rounds. */
    public Metric {
        value = Double.isFinite(value) ? rounded(name, value).doubleValue() : Double.NaN;
    }

    /** Returns a figure, insufficient where it rests on too few observations or there is no value. */
    static Metric of(MetricName name, double value, int n) {
        return new Metric(name, n < name.fewest() ? Double.NaN : value, n);
    }

    /** Returns whether there were enough observations for a value. */
    public boolean sufficient() {
        return !Double.isNaN(value);
    }

    /** Returns the value as it is printed everywhere, or "insufficient". */
    public String text() {
        return sufficient() ? rounded(name, value).toPlainString() : "insufficient";
    }

    private static BigDecimal rounded(MetricName name, double value) {
        return new BigDecimal(value).setScale(name.decimals(), RoundingMode.HALF_EVEN);
    }
}
