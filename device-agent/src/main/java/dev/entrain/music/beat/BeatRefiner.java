package dev.entrain.music.beat;

/**
 * Moves each beat to the onset it stands for, to the millisecond: where the level of the sound just after exceeds the
 * level just before the most. A beat without an onset of its own lies where its neighbours say: all places together
 * minimise the distance to the onsets, weighted by how sudden they are, plus the unevenness of the intervals.
 */
final class BeatRefiner {
    private static final int SEARCH_MS = 45;
    private static final double NEAR_MS = 16;
    private static final int BEFORE_MS = 12;
    private static final int AFTER_MS = 6;

    /** A rise that is taken for certain, dB, both kinds of level together. */
    private static final double SURE_DB = 24;

    /** Level under the loudest of the last second below which nothing counts as a rise, dB. */
    private static final double FLOOR_DB = 45;

    private static final double LEAST_WEIGHT = 0.002;
    private static final double EVENNESS = 0.05;

    private final FineLevel fine;

    BeatRefiner(FineLevel fine) {
        this.fine = fine;
    }

    /**
     * Refines beats.
     *
     * @param beatsS times, s, ascending
     * @param lateS what these times are late against the onsets by their making, s
     * @return as many times, s
     */
    double[] refined(double[] beatsS, double lateS) {
        int count = beatsS.length;
        double[] onset = new double[count];
        double[] weight = new double[count];
        for (int i = 0; i < count; i++) {
            double place = (beatsS[i] - lateS) * fine.blockHz();
            find(place, onset, weight, i);
        }
        return even(onset, weight);
    }

    private void find(double place, double[] onset, double[] weight, int index) {
        int centre = (int) Math.round(place);
        double[] floor = {floor(0, centre), floor(1, centre)};
        double[] rise = new double[2 * SEARCH_MS + 1];
        int best = -1;
        double bestValue = 0;
        for (int i = 0; i < rise.length; i++) {
            int at = centre - SEARCH_MS + i;
            rise[i] = rise(0, at, floor[0]) + rise(1, at, floor[1]);
            double off = (at - place) / NEAR_MS;
            double value = rise[i] * Math.exp(-0.5 * off * off);
            if (value > bestValue) {
                bestValue = value;
                best = i;
            }
        }
        onset[index] = place / fine.blockHz();
        weight[index] = LEAST_WEIGHT;
        if (best >= 0) {
            double sure = Math.min(1, rise[best] / SURE_DB);
            onset[index] = (centre - SEARCH_MS + crest(rise, best)) / fine.blockHz();
            weight[index] = Math.max(LEAST_WEIGHT, sure * sure);
        }
    }

    /** Centre of what stands out around the crest, so that a rise over some blocks is met in its middle. */
    private static double crest(double[] rise, int best) {
        double sum = 0;
        double moment = 0;
        double least = 0.7 * rise[best];
        for (int i = Math.max(0, best - 3); i <= Math.min(rise.length - 1, best + 3); i++) {
            double over = Math.max(0, rise[i] - least);
            sum += over;
            moment += over * i;
        }
        return sum > 0 ? moment / sum : best;
    }

    private double rise(int kind, int at, double floor) {
        double before = mean(kind, at - BEFORE_MS, at) + floor;
        double after = mean(kind, at, at + AFTER_MS) + floor;
        return Math.max(0, 10 * Math.log10(after / before));
    }

    private double mean(int kind, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += ByteTrack.power(fine.level(kind).step(i));
        }
        return sum / (to - from);
    }

    private double floor(int kind, int centre) {
        int loudest = 0;
        for (int i = centre - 500; i < centre + 500; i++) {
            loudest = Math.max(loudest, fine.level(kind).step(i));
        }
        return ByteTrack.power(loudest) * Math.pow(10, -FLOOR_DB / 10) + 1e-12;
    }

    /** Solves for the places: a symmetric system of five diagonals, by elimination without pivots (it is positive definite). */
    private static double[] even(double[] onset, double[] weight) {
        int n = onset.length;
        double[] d0 = weight.clone();
        double[] d1 = new double[n];
        double[] d2 = new double[n];
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            right[i] = weight[i] * onset[i];
        }
        for (int i = 0; i + 2 < n; i++) {
            d0[i] += EVENNESS;
            d0[i + 1] += 4 * EVENNESS;
            d0[i + 2] += EVENNESS;
            d1[i] -= 2 * EVENNESS;
            d1[i + 1] -= 2 * EVENNESS;
            d2[i] += EVENNESS;
        }
        for (int i = 0; i < n; i++) {
            double one = d1[i] / d0[i];
            double two = d2[i] / d0[i];
            if (i + 1 < n) {
                d0[i + 1] -= one * d1[i];
                d1[i + 1] -= one * d2[i];
                right[i + 1] -= one * right[i];
            }
            if (i + 2 < n) {
                d0[i + 2] -= two * d2[i];
                right[i + 2] -= two * right[i];
            }
        }
        double[] places = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double value = right[i];
            value -= i + 1 < n ? d1[i] * places[i + 1] : 0;
            value -= i + 2 < n ? d2[i] * places[i + 2] : 0;
            places[i] = value / d0[i];
        }
        return places;
    }
}
