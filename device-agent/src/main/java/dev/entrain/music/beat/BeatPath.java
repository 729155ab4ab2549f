package dev.entrain.music.beat;

import java.util.Arrays;

/**
 * The best row of beats through the onset strength, by dynamic programming: strong places, at intervals near the local
 * period (Ellis, "Beat tracking by dynamic programming", 2007), whose period may differ from second to second here.
 * Time O(frames x period).
 */
final class BeatPath {
    private static final double SHORTEST_SHARE = 0.7;
    private static final double LONGEST_SHARE = 1.4;

    private BeatPath() {}

    /**
     * Finds the row.
     *
     * @param envelope onset strength, about one where something begins
     * @param frameHz its frames per second
     * @param periodS local period at each second (of {@link Tempogram#HOP_S})
     * @param tightness cost of a squared logarithmic deviation from the period
     * @return places of the beats, frames, ascending
     */
    static double[] track(float[] envelope, double frameHz, double[] periodS, double tightness) {
        int size = envelope.length;
        double[] score = new double[size];
        int[] from = new int[size];
        int most = (int) Math.ceil(LONGEST_SHARE * 2 * Tempogram.LONGEST_S * frameHz);
        double[] log = new double[most + 1];
        for (int i = 1; i <= most; i++) {
            log[i] = Math.log(i);
        }
        for (int t = 0; t < size; t++) {
            double period = periodAt(periodS, t / frameHz) * frameHz;
            double logPeriod = Math.log(period);
            int shortest = Math.max(1, (int) (SHORTEST_SHARE * period));
            int longest = Math.min(Math.min(most, t), (int) (LONGEST_SHARE * period));
            double best = 0;
            int bestFrom = -1;
            for (int lag = shortest; lag <= longest; lag++) {
                double off = log[lag] - logPeriod;
                double value = score[t - lag] - tightness * off * off;
                if (value > best) {
                    best = value;
                    bestFrom = t - lag;
                }
            }
            score[t] = envelope[t] + best;
            from[t] = bestFrom;
        }
        return backwards(score, from, envelope, size, periodAt(periodS, size / frameHz) * frameHz);
    }

    private static double[] backwards(double[] score, int[] from, float[] envelope, int size, double lastPeriod) {
        int end = size - 1;
        for (int t = Math.max(0, (int) (size - 1.0 * lastPeriod)); t < size; t++) {
            end = score[t] > score[end] ? t : end;
        }
        double[] places = new double[size / 8 + 2];
        int count = 0;
        for (int t = end; t >= 0 && count < places.length; t = from[t]) {
            places[count++] = t + crest(envelope, t);
        }
        double[] ascending = new double[count];
        for (int i = 0; i < count; i++) {
            ascending[i] = places[count - 1 - i];
        }
        return ascending;
    }

    /** Where between the frames the crest lies, by a parabola. */
    private static double crest(float[] values, int t) {
        if (t < 1 || t + 1 >= values.length || values[t] < values[t - 1] || values[t] < values[t + 1]) {
            return 0;
        }
        double bend = values[t - 1] - 2.0 * values[t] + values[t + 1];
        return bend < -1e-9 ? 0.5 * (values[t - 1] - values[t + 1]) / bend : 0;
    }

    /** Local period at a time, s, between the windows linearly. */
    static double periodAt(double[] periodS, double timeS) {
        double place = Math.clamp(timeS / Tempogram.HOP_S, 0, periodS.length - 1.0);
        int i = (int) place;
        double part = place - i;
        return i + 1 < periodS.length ? (1 - part) * periodS[i] + part * periodS[i + 1] : periodS[i];
    }

    /** Returns the row with every period halved or doubled and so on. */
    static double[] scaled(double[] periodS, double factor) {
        double[] scaled = Arrays.copyOf(periodS, periodS.length);
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }
}
