package dev.entrain.musictest;

import java.util.Arrays;

/**
 * Finds clicks and gaps in smooth sound. A click is a sample that lies farther from the straight line through its neighbours
 * than smooth sound of that loudness can; a gap is 5 ms that are far quieter than what lies around them. For pieces without
 * strokes only: a stroke is a click.
 */
public final class BreakFinder {
    private static final int WINDOWS_PER_S = 200;
    private static final int AROUND = 20;

    /** Bend of the sharpest smooth sound judged, 700 Hz, with a crossing of two waves and a margin. */
    private static final double SHARPEST_HZ = 700;

    private static final double MARGIN = 3;
    private static final double GAP = 0.2;

    /** Quieter than this is silence on purpose, full scale 1. */
    private static final double SILENCE = 1e-5;

    private BreakFinder() {}

    /** Returns the frames at which a click or a gap begins, one for each window of 5 ms. */
    public static long[] find(float[] sound, int rateHz) {
        int window = rateHz / WINDOWS_PER_S;
        int windows = sound.length / window;
        double[] power = new double[windows];
        for (int w = 0; w < windows; w++) {
            double sum = 0;
            for (int i = w * window; i < (w + 1) * window; i++) {
                sum += sound[i] * sound[i];
            }
            power[w] = sum / window;
        }
        double turn = 2 * Math.PI * SHARPEST_HZ / rateHz;
        long[] found = new long[windows];
        int count = 0;
        for (int w = 0; w < windows; w++) {
            double around = around(power, w);
            double level = Math.sqrt(around);
            if (level < SILENCE) {
                continue;
            }
            boolean gap = Math.sqrt(power[w]) < GAP * level && w > AROUND && w < windows - AROUND;
            if (gap || bend(sound, w * window, window) > MARGIN * Math.sqrt(2) * level * turn * turn) {
                found[count++] = (long) w * window;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static double around(double[] power, int at) {
        double sum = 0;
        int from = Math.max(0, at - AROUND);
        int to = Math.min(power.length, at + AROUND + 1);
        for (int w = from; w < to; w++) {
            sum += power[w];
        }
        return sum / (to - from);
    }

    private static double bend(float[] sound, int from, int frames) {
        double most = 0;
        for (int i = Math.max(1, from); i < Math.min(sound.length - 1, from + frames); i++) {
            most = Math.max(most, Math.abs(sound[i - 1] - 2.0 * sound[i] + sound[i + 1]));
        }
        return most;
    }
}
