package dev.entrain.musictest;

import java.util.List;

/**
 * How far beats were off, ms.
 *
 * @param count how many
 * @param p50Ms median without sign
 * @param p95Ms 95th percentile without sign
 * @param mostMs greatest without sign
 * @param biasMs median with sign
 */
public record LagSpread(int count, double p50Ms, double p95Ms, double mostMs, double biasMs) {
    /** Measures lags, ms, in any order; without any all but the count is not a number. */
    public static LagSpread of(List<Double> lagsMs) {
        double[] signed =
                lagsMs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double[] sizes =
                lagsMs.stream().mapToDouble(lag -> Math.abs(lag)).sorted().toArray();
        return new LagSpread(
                sizes.length, quantile(sizes, 0.5), quantile(sizes, 0.95), quantile(sizes, 1), quantile(signed, 0.5));
    }

    private static double quantile(double[] ascending, double share) {
        return ascending.length == 0
                ? Double.NaN
                : ascending[Math.clamp((long) Math.ceil(share * ascending.length) - 1, 0, ascending.length - 1)];
    }
}
