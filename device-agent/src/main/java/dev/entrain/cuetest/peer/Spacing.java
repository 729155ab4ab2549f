package dev.entrain.cuetest.peer;

import java.util.Arrays;

/**
 * How steady a train of beats is: what an ear hears that knows no plan.
 *
 * @param heard beats
 * @param medianFrames distance from beat to beat, frames, median
 * @param p50Frames half of the distances differ from it by no more, frames
 * @param p99Frames of a hundred, 99 differ by no more, frames
 * @param maxFrames largest such difference, frames
 * @param gaps distances of more than one and a half or less than half the median, which are in no other figure
 */
public record Spacing(int heard, double medianFrames, double p50Frames, double p99Frames, double maxFrames, int gaps) {
    /**
     * Measures a train.
     *
     * @param onsets beginnings of the beats, frames, ascending
     */
    public static Spacing of(double[] onsets) {
        if (onsets.length < 2) {
            return new Spacing(onsets.length, 0, 0, 0, 0, 0);
        }
        double[] distances = new double[onsets.length - 1];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = onsets[i + 1] - onsets[i];
        }
        Arrays.sort(distances);
        int half = distances.length / 2;
        double median = distances.length % 2 == 1 ? distances[half] : (distances[half - 1] + distances[half]) / 2;
        double[] differences = Arrays.stream(distances)
                .filter(distance -> distance > median / 2 && distance < median * 1.5)
                .map(distance -> Math.abs(distance - median))
                .sorted()
                .toArray();
        return new Spacing(
                onsets.length,
                median,
                at(differences, 0.5),
                at(differences, 0.99),
                differences[differences.length - 1],
                distances.length - differences.length);
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
