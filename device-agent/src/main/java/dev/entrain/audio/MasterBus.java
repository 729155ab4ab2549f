package dev.entrain.audio;

/**
 * What every sound passes last, whoever made it: the lowering by rule, the limit, the cap for the ears and the measurement
 * of what is heard. The limit holds sound back by {@link #delayFrames}, so whoever mixes works that far ahead of the frames
 * that leave. Both channels carry the same, so one limiter serves both. For one thread; realtime-safe but for
 * {@link #restart} at another rate.
 */
final class MasterBus {
    private final HearingGuard guard;
    private int rateHz;
    private TruePeakLimiter limiter;

    /**
     * Makes a bus.
     *
     * @param loudness what is known of the headphones
     * @param level is told what passes
     * @param rateHz frames per second
     */
    MasterBus(Loudness loudness, SoundLevel level, int rateHz) {
        this.rateHz = rateHz;
        guard = new HearingGuard(loudness, level, rateHz);
        limiter = new TruePeakLimiter(rateHz);
    }

    /** Forgets what it holds back; from now on at a rate, Hz. */
    void restart(int newRateHz) {
        if (newRateHz == rateHz) {
            limiter.reset();
        } else {
            rateHz = newRateHz;
            limiter = new TruePeakLimiter(newRateHz);
            guard.restart(newRateHz);
        }
    }

    /** Returns how many frames later than it comes in a sound goes out, 2.3 ms at 48 kHz. */
    int delayFrames() {
        return limiter.delayFrames();
    }

    /** Fades what it holds back, from the next frame that goes out. */
    void fade(Fade fade) {
        limiter.fade(fade);
    }

    /** Takes the left channel and puts what goes out into both. */
    void process(float[] stereo, int frames) {
        guard.lower(stereo, frames);
        for (int i = 0; i < frames; i++) {
            stereo[2 * i] = limiter.next(stereo[2 * i]);
        }
        guard.keep(stereo, frames);
        for (int i = 0; i < frames; i++) {
            stereo[2 * i + 1] = stereo[2 * i];
        }
    }
}
