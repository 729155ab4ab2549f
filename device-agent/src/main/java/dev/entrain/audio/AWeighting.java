package dev.entrain.audio;

/**
 * The A-weighting filter of IEC 61672-1 (2013), annex E, with 0 dB at 1 kHz. Its four high passes are mapped bilinearly,
 * its two low passes by their poles with a zero outside the band, because bilinearly they would bend the treble. At
 * 44.1 kHz and more it is within 0.1 dB of the standard's curve up to 5 kHz and 0.3 dB up to 12.5 kHz. For one thread;
 * realtime-safe.
 */
final class AWeighting {
    private static final double[] HIGH_PASS_HZ = {20.598997, 20.598997, 107.65265, 737.86223};
    private static final double[] LOW_PASS_HZ = {12194.217, 12194.217};
    private static final double LOW_PASS_ZERO = 0.12;
    private static final double UNITY_HZ = 1000;
    private static final int SECTIONS = 6;

    private final double[] feedForward = new double[SECTIONS];
    private final double[] feedBack = new double[SECTIONS];
    private final double[] state = new double[SECTIONS];
    private final double gain;

    /**
     * Makes a filter at rest.
     *
     * @param rateHz frames per second, at least 32000
     */
    AWeighting(int rateHz) {
        for (int i = 0; i < SECTIONS; i++) {
            boolean high = i < HIGH_PASS_HZ.length;
            if (high) {
                double k = StrictMath.tan(Math.PI * HIGH_PASS_HZ[i] / rateHz);
                feedForward[i] = -1;
                feedBack[i] = (k - 1) / (k + 1);
            } else {
                feedForward[i] = LOW_PASS_ZERO;
                feedBack[i] = -StrictMath.exp(-2 * Math.PI * LOW_PASS_HZ[i - HIGH_PASS_HZ.length] / rateHz);
            }
        }
        gain = 1 / magnitude(UNITY_HZ / rateHz);
    }

    /** Returns the weighted energy of a sound followed by silence: the sum of squares over frames, full scale 1. */
    static double energy(float[] mono, int rateHz) {
        AWeighting filter = new AWeighting(rateHz);
        double sum = 0;
        // A tenth of a second of silence lets the high passes ring out.
        for (int i = 0; i < mono.length + rateHz / 10; i++) {
            double out = filter.next(i < mono.length ? mono[i] : 0);
            sum += out * out;
        }
        return sum;
    }

    /** Returns the next weighted frame. */
    double next(double in) {
        double value = in * gain;
        for (int i = 0; i < SECTIONS; i++) {
            double out = value + state[i];
            state[i] = feedForward[i] * value - feedBack[i] * out;
            value = out;
        }
        return value;
    }

    private double magnitude(double turnsPerFrame) {
        double cos = StrictMath.cos(2 * Math.PI * turnsPerFrame);
        double square = 1;
        for (int i = 0; i < SECTIONS; i++) {
            square *= (1 + 2 * feedForward[i] * cos + feedForward[i] * feedForward[i])
                    / (1 + 2 * feedBack[i] * cos + feedBack[i] * feedBack[i]);
        }
        return Math.sqrt(square);
    }
}
