package dev.entrain.audio;

/** What every sound passes last, whoever made it: the limit. For one thread; realtime-safe. */
final class MasterBus {
    /** Limits the left channel in place and copies it to the right one. */
    void process(float[] stereo, int frames) {
        for (int i = 0; i < frames; i++) {
            float sample = SoftLimiter.limit(stereo[2 * i]);
            stereo[2 * i] = sample;
            stereo[2 * i + 1] = sample;
        }
    }
}
