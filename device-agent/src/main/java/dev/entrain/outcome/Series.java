package dev.entrain.outcome;

import java.util.Arrays;

/** Numbers in order. Sums run from the first to the last, so that another implementation gets the same. */
final class Series {
    private double[] values = new double[64];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    double get(int at) {
        return values[at];
    }

    double mean() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += values[i];
        }
        return sum / size;
    }

    /** Sum of squared differences from the mean. */
    double squares() {
        double mean = mean();
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += (values[i] - mean) * (values[i] - mean);
        }
        return sum;
    }

    /** Standard deviation of a sample, over size - 1. */
    double sd() {
        return Math.sqrt(squares() / (size - 1));
    }

    /** The middle one, or the mean of the middle two; NaN of none. */
    double median() {
        if (size == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return size % 2 == 1 ? sorted[size / 2] : (sorted[size / 2 - 1] + sorted[size / 2]) / 2;
    }
}
