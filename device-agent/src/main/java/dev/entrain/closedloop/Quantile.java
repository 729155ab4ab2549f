package dev.entrain.closedloop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Quantiles and means of small samples that leave out what is not known. */
final class Quantile {
    private Quantile() {}

    /** Returns the value that a share of the values does not exceed, the nearest rank; NaN of nothing. */
    static double of(List<Double> values, double share) {
        List<Double> known = new ArrayList<>(values);
        known.removeIf(v -> v.isNaN());
        if (known.isEmpty()) {
            return Double.NaN;
        }
        Collections.sort(known);
        return known.get(Math.clamp((int) Math.ceil(share * known.size()) - 1, 0, known.size() - 1));
    }

    static double mean(List<Double> values) {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** Returns the share of values under a bound, 0 to 1; NaN of nothing. */
    static double shareUnder(List<Double> values, double bound) {
        long under = values.stream().filter(v -> v < bound).count();
        return values.isEmpty() ? Double.NaN : (double) under / values.size();
    }
}
