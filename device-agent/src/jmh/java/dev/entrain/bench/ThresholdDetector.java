package dev.entrain.bench;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/**
 * The peer: about the least that a foot-worn detector can do. Each of the six axes goes through a second-order Butterworth
 * low-pass (20 Hz at 200 Hz); a fixed threshold on one given gyroscope axis finds swing, its end the initial contact, the
 * trough before it the final contact; the next contact is expected one stride after the last. It is told the axis and the
 * sign, and knows no mounting, no gap, no confidence, no phase beyond a ratio and no stride length.
 */
final class ThresholdDetector {
    private static final double SWING_RADPS = 1.5;
    private static final double TROUGH_RADPS = -0.8;

    /** 2nd-order Butterworth low-pass, cut-off a tenth of the sample rate (bilinear transform). */
    private static final double B0 = 0.06745527388907190;

    private static final double A1 = -1.142980502539901;
    private static final double A2 = 0.412801598096189;

    private final double[] state = new double[Foot.COUNT * 12];
    private final double[] filtered = new double[6];
    private final boolean[] swinging = new boolean[Foot.COUNT];
    private final double[] trough = new double[Foot.COUNT];
    private final long[] troughNs = new long[Foot.COUNT];
    private final long[] contactNs = new long[Foot.COUNT];
    private final long[] strideNs = new long[Foot.COUNT];

    /** Number of contacts told so far. */
    long contacts;

    /** The foot's final contact told last, ns. */
    long finalContactNs;

    /** The foot's next initial contact as it is expected now, ns. */
    long nextContactNs;

    /** Part of the foot's stride that is over. */
    double phase;

    void onSample(ImuSample sample) {
        int foot = sample.foot.ordinal();
        filtered[0] = lowPass(foot * 12, sample.axMps2);
        filtered[1] = lowPass(foot * 12 + 2, sample.ayMps2);
        filtered[2] = lowPass(foot * 12 + 4, sample.azMps2);
        filtered[3] = lowPass(foot * 12 + 6, sample.gxRadps);
        filtered[4] = lowPass(foot * 12 + 8, sample.gyRadps);
        filtered[5] = lowPass(foot * 12 + 10, sample.gzRadps);
        double rate = filtered[4];
        if (!swinging[foot] && rate < trough[foot]) {
            trough[foot] = rate;
            troughNs[foot] = sample.timeNs;
        }
        if (!swinging[foot] && rate > SWING_RADPS && trough[foot] < TROUGH_RADPS) {
            swinging[foot] = true;
            finalContactNs = troughNs[foot];
        } else if (swinging[foot] && rate < 0) {
            swinging[foot] = false;
            trough[foot] = 0;
            strideNs[foot] = sample.timeNs - contactNs[foot];
            contactNs[foot] = sample.timeNs;
            nextContactNs = sample.timeNs + strideNs[foot];
            contacts++;
        }
        phase = strideNs[foot] == 0 ? 0 : (double) (sample.timeNs - contactNs[foot]) / strideNs[foot];
    }

    /** Transposed direct form II. */
    private double lowPass(int at, double in) {
        double out = B0 * in + state[at];
        state[at] = 2 * B0 * in - A1 * out + state[at + 1];
        state[at + 1] = B0 * in - A2 * out;
        return out;
    }
}
