package dev.entrain.cue;

/**
 * When beats have no ground any more: the walker does not step while the sensors see, or the sensors have been blind for
 * too long. Counted since the last step. Not thread-safe; realtime-safe.
 */
final class SilenceRules {
    private static final long NO_STEP_NS = 2_000_000_000L;

    private long lastContactNs;
    private long blindNs;
    private long cycleNs;
    private boolean blind;
    private boolean started;

    void onContact(long timeNs) {
        lastContactNs = timeNs;
        blindNs = 0;
    }

    void pass(long nowNs, boolean sensorsSilent) {
        if (sensorsSilent && started) {
            blindNs = Math.min(blindNs + nowNs - cycleNs, CuePlanner.HOLD_NS + CuePlanner.FADE_NS);
        }
        started = true;
        blind = sensorsSilent;
        cycleNs = nowNs;
    }

    boolean steppedLately(long nowNs, long stepNs) {
        return nowNs - lastContactNs <= longestPauseNs(stepNs);
    }

    boolean noStep(long nowNs, long stepNs) {
        return nowNs - lastContactNs - blindNs > longestPauseNs(stepNs);
    }

    boolean blindTooLong() {
        return blindNs >= CuePlanner.HOLD_NS + CuePlanner.FADE_NS;
    }

    /** Returns how loud a beat may be by how long the sensors will have been blind when it sounds, 0 to 1. */
    float gainAt(long onsetNs) {
        long aheadNs = blind ? onsetNs - cycleNs : 0;
        long fadingNs = blindNs + aheadNs - CuePlanner.HOLD_NS;
        return Math.clamp(1f - (float) fadingNs / CuePlanner.FADE_NS, 0f, 1f);
    }

    /** Longest time between two steps of a walker, ns: 1.5 strides, at least 2 s. */
    private static long longestPauseNs(long stepNs) {
        return Math.max(NO_STEP_NS, 3 * stepNs);
    }
}
