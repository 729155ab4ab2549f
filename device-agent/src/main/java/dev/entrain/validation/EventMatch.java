package dev.entrain.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Pairs detected with reference events, each used once: the closest pair first, of equally close ones the earlier in the
 * lists.
 */
final class EventMatch {
    /** Wider than any rounding of a difference of times, so that the exact test below decides. */
    private static final double SLACK_S = 1e-6;

    private static final Comparator<Pair> CLOSEST_FIRST = Comparator.comparingDouble(Pair::distance)
            .thenComparingInt(Pair::detected)
            .thenComparingInt(Pair::reference);

    private final List<Pair> pairs;

    /**
     * Two events that belong together.
     *
     * @param distance absolute difference, s
     * @param detected index of the detected event
     * @param reference index of the reference event
     */
    record Pair(double distance, int detected, int reference) {}

    private EventMatch(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /**
     * Matches two lists of times; neither needs to be sorted.
     *
     * @param toleranceS greatest difference of a pair, s
     */
    static EventMatch of(double[] detectedS, double[] referenceS, double toleranceS) {
        List<Pair> close = closePairs(detectedS, referenceS, toleranceS);
        close.sort(CLOSEST_FIRST);
        boolean[] detectedUsed = new boolean[detectedS.length];
        boolean[] referenceUsed = new boolean[referenceS.length];
        List<Pair> pairs = new ArrayList<>();
        for (Pair pair : close) {
            if (!detectedUsed[pair.detected] && !referenceUsed[pair.reference]) {
                detectedUsed[pair.detected] = true;
                referenceUsed[pair.reference] = true;
                pairs.add(pair);
            }
        }
        pairs.sort(Comparator.comparingInt(Pair::reference));
        return new EventMatch(pairs);
    }

    /** Returns the pairs in the order of the references. */
    List<Pair> pairs() {
        return pairs;
    }

    int size() {
        return pairs.size();
    }

    private static List<Pair> closePairs(double[] detectedS, double[] referenceS, double toleranceS) {
        Integer[] order = new Integer[referenceS.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> referenceS[i]));
        List<Pair> close = new ArrayList<>();
        for (int i = 0; i < detectedS.length; i++) {
            double toS = detectedS[i] + toleranceS + SLACK_S;
            int at = firstNotBelow(referenceS, order, detectedS[i] - toleranceS - SLACK_S);
            for (; at < order.length && referenceS[order[at]] <= toS; at++) {
                double distance = Math.abs(detectedS[i] - referenceS[order[at]]);
                if (distance <= toleranceS) {
                    close.add(new Pair(distance, i, order[at]));
                }
            }
        }
        return close;
    }

    private static int firstNotBelow(double[] times, Integer[] order, double limit) {
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[order[middle]] < limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
