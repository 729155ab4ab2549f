package dev.entrain.audio;

/**
 * What every sound passes last, whoever made it: the lowering by rule, the limit, the cap for the ears and the measurement
 * of what is heard. For one thread; realtime-safe.
 */
final class MasterBus {
    private final HearingGuard guard;

    /**
     * Makes a bus.
     *
     * @param loudness what is known of the headphones
     * @param level is told what passes
     * @param rateHz frames per second
     */
    MasterBus(Loudness loudness, SoundLevel level, int rateHz) {
        guard = new HearingGuard(loudness, level, rateHz);
    }

    /** Goes on at a rate, Hz, after a break. Not realtime-safe. */
    void restart(int rateHz) {
        guard.restart(rateHz);
    }

    /** Limits the left channel in place and copies it to the right one. */
    void process(float[] stereo, int frames) {
        guard.lower(stereo, frames);
        for (int i = 0; i < frames; i++) {
            stereo[2 * i] = SoftLimiter.limit(stereo[2 * i]);
        }
        guard.keep(stereo, frames);
        for (int i = 0; i < frames; i++) {
            stereo[2 * i + 1] = stereo[2 * i];
        }
    }
}
