package dev.entrain.audio;

/**
 * The K-weighting filter of ITU-R BS.1770-5 (2023), annex 1: a shelf for the head and a high pass. The standard tabulates
 * coefficients for 48 kHz; for other rates the same analogue prototypes are mapped bilinearly.
 */
final class KWeighting {
    private static final double SHELF_HZ = 1681.974450955533;
    private static final double SHELF_DB = 3.999843853973347;
    private static final double SHELF_Q = 0.7071752369554196;
    private static final double SHELF_BAND_EXPONENT = 0.4996667741545416;
    private static final double HIGH_PASS_HZ = 38.13547087602444;
    private static final double HIGH_PASS_Q = 0.5003270373238773;

    private KWeighting() {}

    /** Returns the weighted energy of a sound followed by silence: the sum of squares over frames, full scale 1. */
    static double energy(float[] mono, int rateHz) {
        return loudestEnergy(mono, rateHz, Integer.MAX_VALUE);
    }

    /**
     * Returns the largest weighted energy any window of a sound followed by silence holds: the sum of squares over its
     * frames, full scale 1.
     *
     * @param windowFrames length of the window, at least 1
     */
    static double loudestEnergy(float[] mono, int rateHz, int windowFrames) {
        double[] shelf = shelf(rateHz);
        double[] highPass = highPass(rateHz);
        double[] shelfState = new double[2];
        double[] highPassState = new double[2];
        // A tenth of a second of silence lets the high pass ring out.
        int frames = mono.length + rateHz / 10;
        double[] squares = new double[Math.min(windowFrames, frames)];
        double sum = 0;
        double loudest = 0;
        for (int i = 0; i < frames; i++) {
            double in = i < mono.length ? mono[i] : 0;
            double out = step(highPass, highPassState, step(shelf, shelfState, in));
            int at = i % squares.length;
            sum += out * out - squares[at];
            squares[at] = out * out;
            loudest = Math.max(loudest, sum);
        }
        return loudest;
    }

    /** Returns the weighted sound with a tenth of a second more, in which the high pass rings out. */
    static double[] weigh(float[] mono, int rateHz) {
        double[] shelf = shelf(rateHz);
        double[] highPass = highPass(rateHz);
        double[] shelfState = new double[2];
        double[] highPassState = new double[2];
        double[] weighted = new double[mono.length + rateHz / 10];
        for (int i = 0; i < weighted.length; i++) {
            double in = i < mono.length ? mono[i] : 0;
            weighted[i] = step(highPass, highPassState, step(shelf, shelfState, in));
        }
        return weighted;
    }

    /** Returns b0, b1, b2, a1, a2 of the shelf. */
    static double[] shelf(int rateHz) {
        double k = StrictMath.tan(Math.PI * SHELF_HZ / rateHz);
        double high = StrictMath.pow(10, SHELF_DB / 20);
        double band = StrictMath.pow(high, SHELF_BAND_EXPONENT);
        double a0 = 1 + k / SHELF_Q + k * k;
        return new double[] {
            (high + band * k / SHELF_Q + k * k) / a0,
            2 * (k * k - high) / a0,
            (high - band * k / SHELF_Q + k * k) / a0,
            2 * (k * k - 1) / a0,
            (1 - k / SHELF_Q + k * k) / a0
        };
    }

    /** Returns b0, b1, b2, a1, a2 of the high pass. */
    static double[] highPass(int rateHz) {
        double k = StrictMath.tan(Math.PI * HIGH_PASS_HZ / rateHz);
        double a0 = 1 + k / HIGH_PASS_Q + k * k;
        return new double[] {1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / HIGH_PASS_Q + k * k) / a0};
    }

    private static double step(double[] c, double[] state, double in) {
        double out = c[0] * in + state[0];
        state[0] = c[1] * in - c[3] * out + state[1];
        state[1] = c[2] * in - c[4] * out;
        return out;
    }
}
