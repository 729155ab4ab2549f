package dev.entrain.validation;

import java.util.Arrays;

/**
 * The sample statistics of a score, as numerical libraries define them, so that two implementations agree in every
 * printed digit: population standard deviation, percentiles by linear interpolation (Hyndman and Fan 1996, type 7),
 * pairwise summation (Higham 1993).
 */
final class Statistics {
    private static final int BLOCK = 128;
    private static final int LANES = 8;

    private Statistics() {}

    static double mean(double[] values) {
        return sum(values, 0, values.length) / values.length;
    }

    /** Population standard deviation. */
    static double deviation(double[] values) {
        double mean = mean(values);
        double[] squares = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double d = values[i] - mean;
            squares[i] = d * d;
        }
        return Math.sqrt(mean(squares));
    }

    static double rootMeanSquare(double[] values) {
        double[] squares = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            squares[i] = values[i] * values[i];
        }
        return Math.sqrt(mean(squares));
    }

    /** Returns the absolute differences to a centre. */
    static double[] distances(double[] values, double centre) {
        double[] distances = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            distances[i] = Math.abs(values[i] - centre);
        }
        return distances;
    }

    /** Median; NaN for no values, or where one of them is NaN. */
    static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Percentile, 0 to 100; NaN for no values, or where one of them is NaN. */
    static double percentile(double[] values, double percent) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        if (Double.isNaN(sorted[last])) {
            return Double.NaN;
        }
        double at = last * (percent / 100);
        int below = (int) Math.floor(at);
        double part = at - below;
        double low = sorted[below];
        double step = sorted[Math.min(below + 1, last)] - low;
        return part >= 0.5 ? low + step - step * (1 - part) : low + step * part;
    }

    /** Share of values for which the distance to zero is at most a limit. */
    static double shareWithin(double[] values, double limit) {
        int within = 0;
        for (double value : values) {
            within += Math.abs(value) <= limit ? 1 : 0;
        }
        return (double) within / values.length;
    }

    /** Remainder with the sign of a positive divisor. */
    static double floorMod(double value, double divisor) {
        double rest = value % divisor;
        return rest < 0 ? rest + divisor : rest;
    }

    /** Harmonic mean of recall and precision, from hits, detections and references; 0 where there is neither. */
    static double f1(long hits, long detected, long reference) {
        return 2.0 * hits / Math.max(detected + reference, 1);
    }

    /** Parts of a whole; 0 of nothing. */
    static double share(long part, long whole) {
        return (double) part / Math.max(whole, 1);
    }

    static double sum(double[] values, int from, int count) {
        if (count < LANES) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += values[from + i];
            }
            return sum;
        }
        if (count > BLOCK) {
            int half = count / 2;
            half -= half % LANES;
            return sum(values, from, half) + sum(values, from + half, count - half);
        }
        double[] lane = Arrays.copyOfRange(values, from, from + LANES);
        int even = count - count % LANES;
        for (int i = LANES; i < even; i += LANES) {
            for (int k = 0; k < LANES; k++) {
                lane[k] += values[from + i + k];
            }
        }
        double sum = ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
        for (int i = even; i < count; i++) {
            sum += values[from + i];
        }
        return sum;
    }
}
