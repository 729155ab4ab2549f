package dev.entrain.audio;

/**
 * The A-weighting of IEC 61672-1:2013, annex E, for one channel: a high pass of fourth order with its poles at 20.6, 20.6,
 * 107.7 and 737.9 Hz, mapped bilinearly, and two low passes at 12 194 Hz whose gain is right at 0 and at a third of the rate,
 * because the bilinear map would lose 3 dB and more at 16 kHz. Within 0.3 dB of the curve from 10 Hz to 16 kHz at 44.1 kHz
 * and above; gain 1 at 1 kHz. For one thread; realtime-safe.
 */
final class AWeighting {
    private static final double[] HIGH_PASS_HZ = {20.598997, 20.598997, 107.65265, 737.86223};
    private static final double LOW_PASS_HZ = 12_194.217;
    private static final double REFERENCE_HZ = 1000;

    /** The low passes are right at this share of the rate. */
    private static final double MATCHED_AT = 1.0 / 3;

    private static final int LOW_PASSES = 2;

    /** Below this a state is 0: numbers that small cost much to compute with, and silence would end in them. */
    private static final double NOTHING = 1e-30;

    private final int sections = HIGH_PASS_HZ.length + LOW_PASSES;
    private final double[] b0 = new double[sections];
    private final double[] b1 = new double[sections];
    private final double[] pole = new double[sections];
    private final double[] state = new double[sections];

    /**
     * Makes a filter at rest.
     *
     * @param rateHz frames per second, 8000 to 192000
     */
    AWeighting(int rateHz) {
        for (int i = 0; i < HIGH_PASS_HZ.length; i++) {
            double k = Math.tan(Math.PI * HIGH_PASS_HZ[i] / rateHz);
            b0[i] = 1 / (1 + k);
            b1[i] = -b0[i];
            pole[i] = (1 - k) / (1 + k);
        }
        for (int i = HIGH_PASS_HZ.length; i < sections; i++) {
            lowPass(i, rateHz);
        }
        double scale = 1 / gain(REFERENCE_HZ, rateHz);
        b0[0] *= scale;
        b1[0] *= scale;
    }

    /** One pole, and a zero that sets the gain at the matched frequency. */
    private void lowPass(int section, int rateHz) {
        double p = Math.exp(-2 * Math.PI * LOW_PASS_HZ / rateHz);
        double matchedHz = MATCHED_AT * rateHz;
        double cos = Math.cos(2 * Math.PI * MATCHED_AT);
        double wanted = (1 + p * p - 2 * p * cos) / (1 + (matchedHz / LOW_PASS_HZ) * (matchedHz / LOW_PASS_HZ));
        double sum = 1 - p;
        // b0 + b1 = sum and |b0 + b1 e^-jw|^2 = wanted: a quadratic equation in b0.
        double half = sum * (1 - cos);
        double twice = 2 * (1 - cos);
        b0[section] = (half + Math.sqrt(half * half - twice * (sum * sum - wanted))) / twice;
        b1[section] = sum - b0[section];
        pole[section] = p;
    }

    /** Returns the next weighted sample. */
    double step(double in) {
        double value = in;
        for (int i = 0; i < sections; i++) {
            double out = b0[i] * value + state[i];
            state[i] = b1[i] * value + pole[i] * out;
            value = out;
        }
        return value;
    }

    /** Forgets what has died away; call once a block. */
    void settle() {
        for (int i = 0; i < sections; i++) {
            if (Math.abs(state[i]) < NOTHING) {
                state[i] = 0;
            }
        }
    }

    /** Returns the gain at a frequency of a filter at a rate, by its coefficients. */
    double gain(double frequencyHz, int rateHz) {
        double angle = 2 * Math.PI * frequencyHz / rateHz;
        double cos = Math.cos(angle);
        double power = 1;
        for (int i = 0; i < sections; i++) {
            power *= (b0[i] * b0[i] + b1[i] * b1[i] + 2 * b0[i] * b1[i] * cos)
                    / (1 + pole[i] * pole[i] - 2 * pole[i] * cos);
        }
        return Math.sqrt(power);
    }
}
