package dev.entrain.cuetest.peer;

import java.util.Arrays;

/**
 * How well heard moments kept to planned ones. A constant delay is no jitter: the median is removed and told beside.
 *
 * @param planned cues asked for
 * @param heard how many of them were heard
 * @param extra sounds heard that belong to none
 * @param medianNs by how much later than planned a cue was heard, ns, median; not a number where nothing was planned
 * @param p50Ns half of them were no further from the median, ns
 * @param p99Ns of a hundred, 99 were no further, ns
 * @param maxNs the furthest, ns
 */
public record HeardTiming(
        int planned, int heard, int extra, double medianNs, double p50Ns, double p99Ns, double maxNs) {
    /** How far apart the orders of planned and heard may come, cues. */
    private static final int BAND = 20;

    /** How many of the first cues may be missing or doubled. */
    private static final int SHIFTS = 3;

    /** A delay is taken for one that lies this far ahead of the plan at most, ns. */
    private static final double EARLY_NS = 10e6;

    /**
     * Compares what was planned with what was heard. Which sound is which cue is found by the cheapest pairing in order,
     * where a pair costs its distance from the delay and a cue or sound left over costs half a period.
     *
     * @param plannedNs moments planned, ns, ascending
     * @param heardNs moments heard, ns, ascending
     * @param periodNs typical distance of two cues, ns
     */
    public static HeardTiming of(long[] plannedNs, double[] heardNs, double periodNs) {
        double[] best = {};
        double bestCost = Double.POSITIVE_INFINITY;
        for (int shift = -SHIFTS; shift <= SHIFTS; shift++) {
            double[] guess = inOrder(plannedNs, heardNs, shift);
            if (guess.length == 0) {
                continue;
            }
            double[] errors = errors(plannedNs, heardNs, median(guess), periodNs / 2);
            double cost = cost(errors, plannedNs.length, heardNs.length, periodNs / 2);
            // Shifted by a beat a steady train fits as well: then the smallest delay that is none ahead of the plan
            // counts.
            if (cost < bestCost - periodNs / 1000
                    || (cost < bestCost + periodNs / 1000 && lessDelayed(median(errors), median(best)))) {
                best = errors;
                bestCost = cost;
            }
        }
        if (best.length == 0) {
            return new HeardTiming(plannedNs.length, 0, heardNs.length, Double.NaN, 0, 0, 0);
        }
        double medianNs = median(best);
        return of(plannedNs.length, heardNs.length - best.length, medianNs, best, medianNs);
    }

    /**
     * Judges a sound that plays by a clock of its own: the straight line through its beats is removed, so that only its
     * unsteadiness is left.
     *
     * @param heardNs moments heard, ns, ascending
     */
    public static HeardTiming freeRunning(double[] heardNs) {
        int count = heardNs.length;
        if (count < 3) {
            return new HeardTiming(count, count, 0, Double.NaN, 0, 0, 0);
        }
        double[] distances = new double[count - 1];
        for (int i = 1; i < count; i++) {
            distances[i - 1] = heardNs[i] - heardNs[i - 1];
        }
        double periodNs = median(distances);
        double[] beats = new double[count];
        for (int i = 1; i < count; i++) {
            beats[i] = beats[i - 1] + Math.max(1, Math.round(distances[i - 1] / periodNs));
        }
        double meanBeat = Arrays.stream(beats).average().orElse(0);
        double meanNs = heardNs[0]
                + Arrays.stream(heardNs).map(ns -> ns - heardNs[0]).average().orElse(0);
        double spread = 0;
        double together = 0;
        for (int i = 0; i < count; i++) {
            spread += (beats[i] - meanBeat) * (beats[i] - meanBeat);
            together += (beats[i] - meanBeat) * (heardNs[i] - meanNs);
        }
        double[] errors = new double[count];
        for (int i = 0; i < count; i++) {
            errors[i] = heardNs[i] - meanNs - together / spread * (beats[i] - meanBeat);
        }
        return of((int) beats[count - 1] + 1, 0, Double.NaN, errors, median(errors));
    }

    private static HeardTiming of(int planned, int extra, double medianNs, double[] errors, double centreNs) {
        double[] sizes =
                Arrays.stream(errors).map(e -> Math.abs(e - centreNs)).sorted().toArray();
        return new HeardTiming(
                planned, sizes.length, extra, medianNs, at(sizes, 0.5), at(sizes, 0.99), sizes[sizes.length - 1]);
    }

    private static boolean lessDelayed(double candidateNs, double formerNs) {
        return candidateNs > -EARLY_NS && (candidateNs < formerNs || formerNs <= -EARLY_NS);
    }

    private static double[] inOrder(long[] plannedNs, double[] heardNs, int shift) {
        int from = Math.max(0, -shift);
        int until = Math.min(plannedNs.length, heardNs.length - shift);
        double[] guess = new double[Math.max(0, until - from)];
        for (int i = 0; i < guess.length; i++) {
            guess[i] = heardNs[from + i + shift] - plannedNs[from + i];
        }
        return guess;
    }

    private static double cost(double[] errors, int planned, int heard, double gapNs) {
        double centre = median(errors);
        return Arrays.stream(errors).map(e -> Math.abs(e - centre)).sum()
                + gapNs * (planned + heard - 2 * errors.length);
    }

    /** Returns heard minus planned of the pairs of the cheapest pairing in order. */
    private static double[] errors(long[] plannedNs, double[] heardNs, double delayNs, double gapNs) {
        int n = plannedNs.length;
        int m = heardNs.length;
        int band = BAND + Math.abs(n - m);
        double[][] cost = new double[n + 1][m + 1];
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                cost[i][j] = i == 0 && j == 0 ? 0 : Double.POSITIVE_INFINITY;
                if (Math.abs(i - j) > band) {
                    continue;
                }
                if (i > 0) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 1][j] + gapNs);
                }
                if (j > 0) {
                    cost[i][j] = Math.min(cost[i][j], cost[i][j - 1] + gapNs);
                }
                if (i > 0 && j > 0) {
                    double apart = Math.abs(heardNs[j - 1] - plannedNs[i - 1] - delayNs);
                    cost[i][j] = Math.min(cost[i][j], cost[i - 1][j - 1] + apart);
                }
            }
        }
        return pairs(plannedNs, heardNs, delayNs, cost);
    }

    private static double[] pairs(long[] plannedNs, double[] heardNs, double delayNs, double[][] cost) {
        double[] errors = new double[Math.min(plannedNs.length, heardNs.length)];
        int count = 0;
        int i = plannedNs.length;
        int j = heardNs.length;
        while (i > 0 && j > 0) {
            double error = heardNs[j - 1] - plannedNs[i - 1];
            if (cost[i][j] == cost[i - 1][j - 1] + Math.abs(error - delayNs)) {
                errors[count++] = error;
                i--;
                j--;
            } else if (cost[i - 1][j] <= cost[i][j - 1]) {
                i--;
            } else {
                j--;
            }
        }
        return Arrays.copyOf(errors, count);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
