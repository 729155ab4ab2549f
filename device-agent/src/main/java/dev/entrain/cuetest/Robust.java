package dev.entrain.cuetest;

import java.util.Arrays;

/** Statistics that a few wrong values do not move. */
final class Robust {
    private Robust() {}

    /** Returns the middle of at least one value. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Returns 1.4826 times the median distance from the median: the standard deviation, were they Gaussian. */
    static double spread(double[] values) {
        double middle = median(values);
        return 1.4826
                * median(Arrays.stream(values).map(x -> Math.abs(x - middle)).toArray());
    }

    /** Returns the smallest value that a share of all do not exceed; the values are sorted. */
    static double quantile(double[] sorted, double share) {
        return sorted[Math.clamp((int) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }

    /**
     * Returns the slope of y over ascending x by the median over pairs half the values apart (after Theil, 1950, and Sen,
     * 1968); 0 of fewer than 4.
     */
    static double slope(double[] x, double[] y) {
        int half = x.length / 2;
        if (half < 2) {
            return 0;
        }
        double[] slopes = new double[x.length - half];
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = (y[i + half] - y[i]) / (x[i + half] - x[i]);
        }
        return median(slopes);
    }
}
