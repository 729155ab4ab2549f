package dev.entrain.plot;

import java.util.Locale;

/**
 * A range of values and its ticks at round numbers.
 *
 * @param from least value
 * @param to greatest value, over {@code from}
 * @param step distance of ticks
 */
public record Axis(double from, double to, double step) {
    private static final double[] ROUND = {1, 2, 5, 10};

    /** Returns an axis from one value exactly to another, with about as many ticks as asked for. */
    public static Axis exactly(double from, double to, int ticks) {
        return new Axis(from, to, roundStep(to - from, ticks));
    }

    /** Returns an axis that holds both values and ends at round numbers. */
    public static Axis around(double low, double high, int ticks) {
        double most = high > low ? high : low + 1;
        double step = roundStep(most - low, ticks);
        return new Axis(Math.floor(low / step) * step, Math.ceil(most / step) * step, step);
    }

    /** Returns the first tick at or after the start. */
    public double firstTick() {
        return Math.ceil(from / step - 1e-9) * step;
    }

    /** Returns a tick's label. */
    public String label(double tick) {
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        double value = Math.abs(tick) < step * 1e-6 ? 0 : tick;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static double roundStep(double range, int ticks) {
        double rough = range / Math.max(ticks, 1);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double round : ROUND) {
            if (round * power >= rough * (1 - 1e-9)) {
                return round * power;
            }
        }
        return 10 * power;
    }
}
