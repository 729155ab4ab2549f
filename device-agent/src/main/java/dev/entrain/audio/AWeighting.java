package dev.entrain.audio;

/**
 * The A-weighting filter of IEC 61672-1 (2013), annex E: its six real poles mapped bilinearly, each at its own frequency,
 * and 0 dB at 1 kHz. At 44.1 kHz and more it is within 0.2 dB of the standard's curve from 50 Hz to 5 kHz and falls too
 * early above. For one thread; realtime-safe.
 */
final class AWeighting {
    private static final double[] HIGH_PASS_HZ = {20.598997, 20.598997, 107.65265, 737.86223};
    private static final double[] LOW_PASS_HZ = {12194.217, 12194.217};
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
        double scale = 1;
        for (int i = 0; i < SECTIONS; i++) {
            boolean high = i < HIGH_PASS_HZ.length;
            double hz = high ? HIGH_PASS_HZ[i] : LOW_PASS_HZ[i - HIGH_PASS_HZ.length];
            double k = StrictMath.tan(Math.PI * hz / rateHz);
            feedForward[i] = high ? -1 : 1;
            feedBack[i] = (k - 1) / (k + 1);
            scale *= (high ? 1 : k) / (1 + k);
        }
        gain = scale / magnitude(scale, UNITY_HZ / rateHz);
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

    private double magnitude(double scale, double turnsPerFrame) {
        double cos = StrictMath.cos(2 * Math.PI * turnsPerFrame);
        double square = scale * scale;
        for (int i = 0; i < SECTIONS; i++) {
            square *= (1 + 2 * feedForward[i] * cos + feedForward[i] * feedForward[i])
                    / (1 + 2 * feedBack[i] * cos + feedBack[i] * feedBack[i]);
        }
        return Math.sqrt(square);
    }
}
