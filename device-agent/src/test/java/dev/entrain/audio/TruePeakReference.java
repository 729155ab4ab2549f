package dev.entrain.audio;

/**
 * A true-peak meter that owes nothing to the limiter's: 16 values a frame through a Blackman-windowed sinc of 128 taps,
 * in double precision.
 */
final class TruePeakReference {
    private static final int PHASES = 16;
    private static final int HALF = 64;

    private TruePeakReference() {}

    /** The largest size between two silences, full scale 1. */
    static double of(float[] mono) {
        double[][] taps = new double[PHASES][2 * HALF];
        for (int phase = 0; phase < PHASES; phase++) {
            for (int tap = 0; tap < 2 * HALF; tap++) {
                double distance = (double) phase / PHASES + HALF - 1 - tap;
                double angle = Math.PI * distance / HALF;
                double window = 0.42 + 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle);
                double sinc = distance == 0 ? 1 : Math.sin(Math.PI * distance) / (Math.PI * distance);
                taps[phase][tap] = sinc * window;
            }
        }
        double[] padded = new double[mono.length + 4 * HALF];
        for (int i = 0; i < mono.length; i++) {
            padded[2 * HALF + i] = mono[i];
        }
        double peak = 0;
        for (int first = 0; first + 2 * HALF <= padded.length; first++) {
            for (double[] weights : taps) {
                double sum = 0;
                for (int tap = 0; tap < weights.length; tap++) {
                    sum += weights[tap] * padded[first + tap];
                }
                peak = Math.max(peak, Math.abs(sum));
            }
        }
        return peak;
    }
}
