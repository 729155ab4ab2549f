package dev.entrain.audio;

/**
 * A memoryless limit no sum of sounds can pass. Below the knee a sample is untouched; above, the curve
 * {@code knee + d * u / (u + d)} (u over the knee, d from knee to ceiling) approaches the ceiling and never crosses it,
 * whatever comes in. It limits samples, not the peaks between them. Thread-safe and realtime-safe.
 */
final class SoftLimiter {
    /** No sample is larger: -1 dBFS. */
    static final float CEILING = 0.8912509f;

    /** Samples up to here are untouched: -5.2 dBFS, above the loudest level a cue may be configured to. */
    static final float KNEE = 0.55f;

    private static final float RANGE = CEILING - KNEE;

    private SoftLimiter() {}

    /** Returns the limited sample; not a number gives 0. */
    static float limit(float sample) {
        float size = Math.abs(sample);
        if (size <= KNEE) {
            return sample;
        }
        if (Float.isNaN(size)) {
            return 0;
        }
        // Written with a quotient that is at most 1 also for infinity.
        float bent = Math.min(CEILING, CEILING - RANGE * (RANGE / (size - KNEE + RANGE)));
        return sample < 0 ? -bent : bent;
    }
}
