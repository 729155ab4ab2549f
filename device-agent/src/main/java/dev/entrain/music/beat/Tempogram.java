package dev.entrain.music.beat;

import dev.entrain.spectrum.Fft;
import java.util.Arrays;

/**
 * How periodic the onsets are, second by second: autocorrelation of the onset strength in windows of {@value #WINDOW_S} s,
 * at each period and its multiples, as a comb (Davies and Plumbley, "Context-dependent beat tracking of musical audio",
 * 2007). A period may drift; {@link #path} follows it.
 */
final class Tempogram {
    /** Shortest and longest beat looked for: 240 and 37.5 per minute. */
    static final double SHORTEST_S = 0.25;

    static final double LONGEST_S = 1.6;

    /** From one window to the next. */
    static final double HOP_S = 1;

    private static final double WINDOW_S = 10;
    private static final double STEP = Math.log(1.015);
    private static final int STATES = 1 + (int) (Math.log(LONGEST_S / SHORTEST_S) / STEP);

    /** How far a path may leave its middle: less than half an octave, so that it stays on one level of the metre. */
    private static final int WANDER = (int) (0.30 / STEP);

    private static final int MOST_STEPS = 8;
    private static final double STEP_COST = 0.02;
    private static final double[] COMB = {1, 0.7, 0.4, 0.5};

    private final float[][] likeness;
    private final float[][] strength;

    Tempogram(float[] envelope, double frameHz) {
        int length = (int) Math.round(WINDOW_S * frameHz);
        int windows = 1 + (int) (envelope.length / (HOP_S * frameHz));
        Fft fft = new Fft(2 * length);
        double[] taper = new double[length];
        for (int i = 0; i < length; i++) {
            taper[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length);
        }
        int lags = length / 2;
        double[] re = new double[fft.size()];
        double[] im = new double[fft.size()];
        System.arraycopy(taper, 0, re, 0, length);
        autocorrelate(fft, re, im);
        double[] bias = Arrays.copyOf(re, lags);
        likeness = new float[windows][STATES];
        float[] correlation = new float[lags];
        strength = new float[windows][STATES];
        for (int w = 0; w < windows; w++) {
            int from = (int) Math.round(w * HOP_S * frameHz) - length / 2;
            window(envelope, from, taper, re, im);
            autocorrelate(fft, re, im);
            for (int lag = 0; lag < lags; lag++) {
                correlation[lag] = re[0] > 1e-9 ? (float) (re[lag] / re[0] * bias[0] / bias[lag]) : 0;
            }
            for (int s = 0; s < STATES; s++) {
                double lag = periodS(s) * frameHz;
                strength[w][s] = (float) comb(correlation, lag);
                likeness[w][s] = (float) Math.max(at(correlation, lag), at(correlation, 2 * lag));
            }
        }
    }

    private static void window(float[] envelope, int from, double[] taper, double[] re, double[] im) {
        Arrays.fill(re, 0);
        Arrays.fill(im, 0);
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < taper.length; i++) {
            int at = from + i;
            if (at >= 0 && at < envelope.length) {
                sum += taper[i] * envelope[at];
                weight += taper[i];
            }
        }
        double mean = weight > 0 ? sum / weight : 0;
        for (int i = 0; i < taper.length; i++) {
            int at = from + i;
            if (at >= 0 && at < envelope.length) {
                re[i] = taper[i] * (envelope[at] - mean);
            }
        }
    }

    private static void autocorrelate(Fft fft, double[] re, double[] im) {
        fft.forward(re, im);
        for (int i = 0; i < re.length; i++) {
            re[i] = re[i] * re[i] + im[i] * im[i];
            im[i] = 0;
        }
        fft.inverse(re, im);
    }

    private static double comb(float[] correlation, double lag) {
        double sum = 0;
        double weights = 0;
        for (int k = 1; k <= COMB.length && k * lag < correlation.length - 2; k++) {
            sum += COMB[k - 1] * at(correlation, k * lag);
            weights += COMB[k - 1];
        }
        return weights > 0 ? sum / weights : 0;
    }

    private static double at(float[] values, double place) {
        int i = (int) place;
        double part = place - i;
        return i + 1 < values.length ? (1 - part) * values[i] + part * values[i + 1] : 0;
    }

    static int states() {
        return STATES;
    }

    static double periodS(int state) {
        return SHORTEST_S * Math.exp(state * STEP);
    }

    static int stateOf(double periodS) {
        return (int) Math.round(Math.log(periodS / SHORTEST_S) / STEP);
    }

    int windows() {
        return strength.length;
    }

    /** Strength of each state, mean over the recording. */
    double[] mean() {
        double[] mean = new double[STATES];
        for (float[] row : strength) {
            for (int s = 0; s < STATES; s++) {
                mean[s] += row[s] / strength.length;
            }
        }
        return mean;
    }

    /** Strength of a period at the time of a window. */
    double strength(int window, double periodS) {
        return strength[window][Math.clamp(stateOf(periodS), 0, STATES - 1)];
    }

    /** Correlation at a period at the time of a window, the better of one and two periods: 0 by chance, 1 a machine. */
    double correlation(int window, double periodS) {
        return likeness[window][Math.clamp(stateOf(periodS), 0, STATES - 1)];
    }

    /**
     * Follows one level of the metre (Viterbi).
     *
     * @param middle state around which the period may wander
     * @return period at each window, s
     */
    double[] path(int middle) {
        int low = Math.max(0, middle - WANDER);
        int count = Math.min(STATES - 1, middle + WANDER) - low + 1;
        int windows = strength.length;
        byte[][] from = new byte[windows][count];
        double[] best = new double[count];
        double[] next = new double[count];
        for (int w = 0; w < windows; w++) {
            for (int s = 0; s < count; s++) {
                double most = Double.NEGATIVE_INFINITY;
                for (int d = -MOST_STEPS; d <= MOST_STEPS; d++) {
                    int p = s + d;
                    if (p >= 0 && p < count && best[p] - STEP_COST * Math.abs(d) > most) {
                        most = best[p] - STEP_COST * Math.abs(d);
                        from[w][s] = (byte) d;
                    }
                }
                next[s] = most + strength[w][low + s];
            }
            double[] swap = best;
            best = next;
            next = swap;
        }
        int s = 0;
        for (int i = 1; i < count; i++) {
            s = best[i] > best[s] ? i : s;
        }
        double[] periods = new double[windows];
        for (int w = windows - 1; w >= 0; w--) {
            periods[w] = periodS(low + s);
            s += from[w][s];
        }
        return periods;
    }
}
