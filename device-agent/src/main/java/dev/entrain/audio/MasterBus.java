package dev.entrain.audio;

/**
 * What every sound passes last, whoever made it: the limit. It holds sound back by {@link #delayFrames}, so whoever mixes
 * works that far ahead of the frames that leave. Both channels carry the same, so one limiter serves both. For one thread;
 * realtime-safe but for {@link #restart} at another rate.
 */
final class MasterBus {
    private int rateHz;
    private TruePeakLimiter limiter;

    MasterBus(int rateHz) {
        this.rateHz = rateHz;
        limiter = new TruePeakLimiter(rateHz);
    }

    /** Forgets what it holds back; from now on at a rate, Hz. */
    void restart(int newRateHz) {
        if (newRateHz == rateHz) {
            limiter.reset();
        } else {
            rateHz = newRateHz;
            limiter = new TruePeakLimiter(newRateHz);
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
        for (int i = 0; i < frames; i++) {
            float sample = limiter.next(stereo[2 * i]);
            stereo[2 * i] = sample;
            stereo[2 * i + 1] = sample;
        }
    }
}
