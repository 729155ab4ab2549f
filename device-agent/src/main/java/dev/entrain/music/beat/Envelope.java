package dev.entrain.music.beat;

import java.util.Arrays;

/** Onset strength made comparable over a song: what is usual around it is taken off, and the swing around it is one. */
final class Envelope {
    private static final double MEAN_HALF_S = 0.35;
    private static final double SWING_HALF_S = 4;

    /** Against a swing this small, relative to the song's, nothing is amplified. */
    private static final double LEAST_SWING_SHARE = 0.15;

    /** Nor below this, in units of the onset strength: the last bits of silence. */
    private static final double LEAST_SWING = 0.003;

    private static final double SMOOTH_S = 0.010;

    private Envelope() {}

    /**
     * Levels each range of pitch by itself, so that the bass counts beside the cymbals, and adds them.
     *
     * @param flux onset strength per range
     * @param weights of the ranges
     * @param frameHz frames per second
     */
    static float[] of(float[][] flux, double[] weights, double frameHz) {
        float[] sum = new float[flux[0].length];
        for (int r = 0; r < flux.length; r++) {
            if (weights[r] > 0) {
                float[] level = levelled(flux[r], frameHz);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += (float) (weights[r] * level[i]);
                }
            }
        }
        return smoothed(sum, SMOOTH_S * frameHz);
    }

    private static float[] levelled(float[] values, double frameHz) {
        float[] mean = boxMean(values, (int) (MEAN_HALF_S * frameHz));
        float[] rise = new float[values.length];
        float[] square = new float[values.length];
        double all = 0;
        for (int i = 0; i < values.length; i++) {
            rise[i] = Math.max(0, values[i] - mean[i]);
            square[i] = rise[i] * rise[i];
            all += square[i];
        }
        float[] swing = boxMean(square, (int) (SWING_HALF_S * frameHz));
        double least = Math.max(LEAST_SWING, LEAST_SWING_SHARE * Math.sqrt(all / Math.max(1, values.length)));
        for (int i = 0; i < values.length; i++) {
            rise[i] = (float) (rise[i] / Math.max(least, Math.sqrt(swing[i])));
        }
        return rise;
    }

    /** Mean of each value and its neighbours; at the ends of those there are. */
    static float[] boxMean(float[] values, int half) {
        float[] means = new float[values.length];
        double sum = 0;
        int from = 0;
        int to = 0;
        for (int i = 0; i < values.length; i++) {
            while (to < values.length && to <= i + half) {
                sum += values[to++];
            }
            while (from < i - half) {
                sum -= values[from++];
            }
            means[i] = (float) (Math.max(0, sum) / (to - from));
        }
        return means;
    }

    private static float[] smoothed(float[] values, double sigma) {
        int half = (int) Math.ceil(3 * sigma);
        double[] weights = new double[half + 1];
        double all = 0;
        for (int i = 0; i <= half; i++) {
            weights[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
            all += i == 0 ? weights[i] : 2 * weights[i];
        }
        float[] out = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            double sum = weights[0] * values[i];
            for (int k = 1; k <= half; k++) {
                sum += weights[k] * ((i >= k ? values[i - k] : 0) + (i + k < values.length ? values[i + k] : 0));
            }
            out[i] = (float) (sum / all);
        }
        return out;
    }

    /** Largest value within {@code half} frames of a place; 0 outside. */
    static double peakNear(float[] values, double at, int half) {
        int centre = (int) Math.round(at);
        double best = 0;
        for (int i = Math.max(0, centre - half); i <= Math.min(values.length - 1, centre + half); i++) {
            best = Math.max(best, values[i]);
        }
        return best;
    }

    /** Returns the middle value; NaN of none. Sorts a copy. */
    static double median(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : 0.5 * (sorted[(count - 1) / 2] + sorted[count / 2]);
    }
}
