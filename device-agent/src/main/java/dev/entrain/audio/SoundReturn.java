package dev.entrain.audio;

/**
 * What the walker hears when sound comes back after {@value #BREAK_MS} ms or more without it: nobody shall be startled, so
 * it grows from a tenth to full loudness within {@value #GROW_MS} ms; then words may tell that it is back. For one thread;
 * realtime-safe.
 */
final class SoundReturn {
    /** A shorter gap is a beat or two missed, which needs no word. */
    static final long BREAK_MS = 1_000;

    /** Three or four beats. */
    static final long GROW_MS = 2_000;

    private static final long NS_PER_MS = 1_000_000L;
    private static final float FIRST_GAIN = 0.1f;

    private boolean heardEver;
    private long lastHeardNs;
    private int growLeft;
    private float gain = 1;
    private float gainStep;
    private boolean wordDue;

    /** Sound is heard at this moment. */
    void heard(long nowNs) {
        heardEver = true;
        lastHeardNs = nowNs;
    }

    /** Sound is missed from now on, if nothing was ever heard before. */
    void missed(long nowNs) {
        if (!heardEver) {
            heard(nowNs);
        }
    }

    /** The output starts. */
    void starts(long nowNs, int rateHz) {
        if (heardEver && nowNs - lastHeardNs >= BREAK_MS * NS_PER_MS) {
            growLeft = (int) (rateHz * GROW_MS / 1000);
            gain = FIRST_GAIN;
            gainStep = (1 - FIRST_GAIN) / growLeft;
            wordDue = true;
        }
    }

    /** Weakens frames that follow a break, in place. */
    void process(float[] stereo, int frames) {
        int weak = Math.min(frames, growLeft);
        for (int i = 0; i < weak; i++) {
            stereo[2 * i] *= gain;
            stereo[2 * i + 1] *= gain;
            gain += gainStep;
        }
        growLeft -= weak;
    }

    /** Returns true once after a break, when sound has its full loudness again. */
    boolean takeWord() {
        boolean due = wordDue && growLeft == 0;
        wordDue &= !due;
        return due;
    }
}
