package dev.entrain.music.library;

import dev.entrain.music.BeatGrid;
import java.util.Arrays;

/**
 * Leaves out what a tracker guessed before the band comes in and after it has left: there beats are where the next would be
 * if there were one, and wander. A song that is steady, or steady nowhere, stays as it is.
 */
final class SteadyPart {
    /** So many intervals in a row tell a beat from a guess. */
    private static final int ROW = 8;

    /** Spread of such a row, share of its mean: players keep within 2 to 3 %, guesses drift. */
    private static final double MOST_SPREAD = 0.03;

    /** How far a row's tempo may lie from the song's, share: a tracker without a beat may go on evenly at any other. */
    private static final double MOST_OFF = 0.1;

    private SteadyPart() {}

    /** Returns the grid from its first steady row to its last. */
    static BeatGrid of(BeatGrid grid) {
        double[] beatsS = grid.beatsS();
        if (grid.steadiness() <= Suitability.UNEVEN || beatsS.length <= ROW) {
            return grid;
        }
        double usualS = median(beatsS);
        int first = 0;
        while (first + ROW < beatsS.length && !steady(beatsS, first, first + ROW, usualS)) {
            first++;
        }
        int last = beatsS.length - 1;
        while (last - ROW >= first && !steady(beatsS, last - ROW, last, usualS)) {
            last--;
        }
        if (last - first + 1 < Suitability.LEAST_BEATS || (first == 0 && last == beatsS.length - 1)) {
            return grid;
        }
        double[] kept = Arrays.copyOfRange(beatsS, first, last + 1);
        int bar = grid.beatsPerBar();
        return new BeatGrid(
                kept,
                bar,
                bar == 0 ? 0 : Math.floorMod(grid.firstDownbeat() - first, bar),
                60 / median(kept),
                spread(kept, 0, kept.length - 1),
                grid.clarity());
    }

    private static boolean steady(double[] beatsS, int from, int to, double usualS) {
        double meanS = (beatsS[to] - beatsS[from]) / (to - from);
        return Math.abs(meanS / usualS - 1) <= MOST_OFF && spread(beatsS, from, to) <= MOST_SPREAD;
    }

    /** The coefficient of variation of the intervals between two beats of the row. */
    private static double spread(double[] beatsS, int from, int to) {
        int count = to - from;
        double mean = (beatsS[to] - beatsS[from]) / count;
        double sum = 0;
        for (int i = from; i < to; i++) {
            double off = beatsS[i + 1] - beatsS[i] - mean;
            sum += off * off;
        }
        return Math.sqrt(sum / count) / mean;
    }

    private static double median(double[] beatsS) {
        double[] intervals = new double[beatsS.length - 1];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = beatsS[i + 1] - beatsS[i];
        }
        Arrays.sort(intervals);
        int middle = intervals.length / 2;
        return intervals.length % 2 == 1 ? intervals[middle] : (intervals[middle - 1] + intervals[middle]) / 2;
    }
}
