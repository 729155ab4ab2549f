package dev.entrain.audio;

import java.util.Arrays;

/**
 * Keeps the peaks between samples, not only the samples, below a ceiling. It sees 2.3 ms ahead, so its gain goes down in
 * a straight line over the millisecond before a peak, stays until the peak has gone and comes back with a time constant of
 * 50 ms. Where nothing exceeds, the output is the input of {@link #delayFrames} frames ago, bit for bit.
 *
 * <p>A sample is never beyond the ceiling whatever comes in: the gain is at most what the sample needs, and the product is
 * clipped for the last bit. Not a number and infinity give 0. Peaks between samples are estimated ({@link TruePeak}), so
 * {@link #MARGIN} is kept for what the estimate and the moving gain miss.
 *
 * <p>For one thread; realtime-safe.
 */
final class TruePeakLimiter {
    /** No sample is larger and no peak between samples: -1 dBTP. */
    static final float CEILING = 0.8912509f;

    /** Kept below the ceiling for what the estimate misses: 1.2 dB. */
    private static final float MARGIN = 0.8709636f;

    private static final float THRESHOLD = CEILING * MARGIN;

    /** Larger samples count as this, 24 dB over full scale, so that one mad sample does not silence the next second. */
    private static final float LARGEST = 16;

    private static final int RAMPS_PER_S = 1000;
    private static final double RELEASE_S = 0.05;
    private static final float NEARLY_ONE = 0.9999f;

    private final TruePeak truePeak = new TruePeak();
    private final int rampFrames;
    private final int delayFrames;
    private final float release;
    private final float quiet;

    /** What came in, twice in a row, so that any {@link TruePeak#TAPS} samples lie side by side. */
    private final float[] line;

    private final int size;
    private int at;
    private int sinceLoud;

    /** The least gains asked for of late, rising; a ring. */
    private final float[] asked;

    private final long[] askedAt;
    private int askedFirst;
    private int askedCount;

    /** The gains of the last ramp. */
    private final float[] ramp;

    private int rampAt;
    private double rampSum;
    private int rampOnes;
    private float held;
    private long now;

    /**
     * Makes a limiter that holds silence.
     *
     * @param rateHz frames per second
     */
    TruePeakLimiter(int rateHz) {
        rampFrames = Math.max(1, rateHz / RAMPS_PER_S);
        // The frames an interpolated peak is made of lie up to HALF before and after it; all of them get its gain.
        delayFrames = TruePeak.TAPS + rampFrames - 2;
        release = (float) (1 - Math.exp(-1 / (RELEASE_S * rateHz)));
        quiet = THRESHOLD / truePeak.largestGain();
        size = delayFrames + TruePeak.TAPS + 1;
        line = new float[2 * size];
        asked = new float[delayFrames + 2];
        askedAt = new long[asked.length];
        ramp = new float[rampFrames];
        reset();
    }

    /** Returns by how many frames the output is later than the input. */
    int delayFrames() {
        return delayFrames;
    }

    /** Forgets everything: the next frames out are silence. */
    void reset() {
        Arrays.fill(line, 0);
        Arrays.fill(ramp, 1);
        at = 0;
        sinceLoud = TruePeak.TAPS;
        askedCount = 0;
        rampSum = rampFrames;
        rampOnes = rampFrames;
        held = 1;
    }

    /**
     * Lowers what is inside and not yet out along the first frames of a fade, in place.
     *
     * @param fade the fade, from the next frame out
     */
    void fade(Fade fade) {
        for (int i = 0; i < delayFrames; i++) {
            int slot = Math.floorMod(at - delayFrames + i, size);
            put(slot, line[slot] * fade.factor(i));
        }
    }

    /** Takes the next frame and returns the one of {@link #delayFrames} frames ago. */
    float next(float in) {
        float sane = sane(in);
        put(at, sane);
        sinceLoud = Math.abs(sane) > quiet ? 0 : Math.min(sinceLoud + 1, TruePeak.TAPS);
        float gain = gain();
        int slot = at - delayFrames;
        at = at + 1 == size ? 0 : at + 1;
        float out = line[slot < 0 ? slot + size : slot];
        return gain == 1 ? out : Math.clamp(out * gain, -CEILING, CEILING);
    }

    private void put(int slot, float value) {
        line[slot] = value;
        line[slot + size] = value;
    }

    private static float sane(float in) {
        if (Math.abs(in) <= LARGEST) {
            return in;
        }
        return Float.isNaN(in) || Float.isInfinite(in) ? 0 : Math.copySign(LARGEST, in);
    }

    private float gain() {
        now++;
        // No sum of samples this small can come between them to the threshold.
        float least = sinceLoud < TruePeak.TAPS ? leastAfter(needed()) : leastAfter(1);
        held = Math.min(least, held + (1 - held) * release);
        if (least == 1 && held > NEARLY_ONE) {
            held = 1;
        }
        rampSum += held - ramp[rampAt];
        ramp[rampAt] = held;
        rampAt = rampAt + 1 == rampFrames ? 0 : rampAt + 1;
        rampOnes = held == 1 ? Math.min(rampOnes + 1, rampFrames) : 0;
        if (rampOnes == rampFrames) {
            rampSum = rampFrames; // Exactly, without what rounding has left.
            return 1;
        }
        return (float) (rampSum / rampFrames);
    }

    /** Returns the gain the newest peak that can be interpolated needs, at most 1. */
    private float needed() {
        int first = at + 1 - TruePeak.TAPS;
        float peak = truePeak.between(line, first < 0 ? first + size : first);
        return peak <= THRESHOLD ? 1 : THRESHOLD / peak;
    }

    /** Returns the least of the gains needed in the last {@code delayFrames + 1} frames. */
    private float leastAfter(float needed) {
        if (askedCount > 0 && now - askedAt[askedFirst] > delayFrames) {
            askedFirst = next(askedFirst, 1);
            askedCount--;
        }
        if (needed < 1) {
            while (askedCount > 0 && asked[next(askedFirst, askedCount - 1)] >= needed) {
                askedCount--; // It can never be the least again.
            }
            int slot = next(askedFirst, askedCount++);
            asked[slot] = needed;
            askedAt[slot] = now;
        }
        return askedCount == 0 ? 1 : asked[askedFirst];
    }

    private int next(int index, int steps) {
        int next = index + steps;
        return next >= asked.length ? next - asked.length : next;
    }
}
