package dev.entrain.audio;

/**
 * Puts a recording on another rate: a windowed sinc (Kaiser), one set of taps for each place an output frame can have
 * between two of the source. What lies above 94 % of the lower of the two Nyquist frequencies fades, and images are some
 * 90 dB down. Cold: for whole recordings, when an output opens.
 */
final class PolyphaseResampler {
    static final int HALF_TAPS = 48;
    private static final double KAISER_BETA = 9;
    static final double CUTOFF = 0.94;

    private PolyphaseResampler() {}

    /**
     * Returns a recording at another rate, or the same one where it has that rate; its first frame keeps its moment.
     *
     * @param source mono
     * @param fromHz its rate, 8000 to 192000
     * @param toHz the new rate, 8000 to 192000
     */
    static float[] resample(float[] source, int fromHz, int toHz) {
        if (fromHz == toHz) {
            return source;
        }
        int common = greatestCommonDivisor(fromHz, toHz);
        int phases = toHz / common;
        int step = fromHz / common;
        double band = CUTOFF * Math.min(1, (double) toHz / fromHz);
        int half = (int) Math.ceil(HALF_TAPS / Math.min(1, (double) toHz / fromHz));
        float[][] taps = new float[phases][];
        float[] out = new float[(int) ((long) source.length * toHz / fromHz)];
        for (int n = 0; n < out.length; n++) {
            long place = (long) n * step;
            int phase = (int) (place % phases);
            if (taps[phase] == null) {
                taps[phase] = tapsOf((double) phase / phases, half, band);
            }
            out[n] = at(source, (int) (place / phases), half, taps[phase]);
        }
        return out;
    }

    /** Returns the sum of source frames {@code index - half + 1} to {@code index + half}, weighted. */
    private static float at(float[] source, int index, int half, float[] taps) {
        int first = index - half + 1;
        double sum = 0;
        for (int k = Math.max(0, -first); k < taps.length && first + k < source.length; k++) {
            sum += source[first + k] * taps[k];
        }
        return (float) sum;
    }

    static float[] tapsOf(double fraction, int half, double band) {
        double[] taps = new double[2 * half];
        double sum = 0;
        for (int k = 0; k < taps.length; k++) {
            double distance = k - half + 1 - fraction;
            double x = Math.PI * band * distance;
            double sinc = x == 0 ? 1 : Math.sin(x) / x;
            double edge = distance / half;
            taps[k] = sinc * bessel(KAISER_BETA * Math.sqrt(Math.max(0, 1 - edge * edge)));
            sum += taps[k];
        }
        float[] scaled = new float[taps.length];
        for (int k = 0; k < taps.length; k++) {
            scaled[k] = (float) (taps[k] / sum);
        }
        return scaled;
    }

    /** Returns the modified Bessel function of the first kind and order 0, by its power series; x up to 10. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; k <= 40; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    static int greatestCommonDivisor(int a, int b) {
        int big = a;
        int small = b;
        while (small != 0) {
            int rest = big % small;
            big = small;
            small = rest;
        }
        return big;
    }
}
