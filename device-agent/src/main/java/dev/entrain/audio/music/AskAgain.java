package dev.entrain.audio.music;

/** When a song is asked for again after none came: the longer, the more often it failed. For the music thread. */
final class AskAgain {
    private static final long NOTHING_NS = 5_000_000_000L;
    private static final long FAILED_NS = 1_000_000_000L;
    private static final int MOST_DOUBLED = 6;

    private boolean later;
    private long atNs;
    private int failures;

    /** Returns whether it is too early. */
    boolean waits(long nowNs) {
        later = later && atNs - nowNs > 0;
        return later;
    }

    /** No song fits. */
    void nothing(long nowNs) {
        later = true;
        atNs = nowNs + NOTHING_NS;
    }

    /** A song could not be played: 1 s, and twice as long each time until one can, at most 64 s. */
    void failed(long nowNs) {
        later = true;
        atNs = nowNs + (FAILED_NS << failures);
        failures = Math.min(failures + 1, MOST_DOUBLED);
    }

    /** A song plays. */
    void played() {
        failures = 0;
    }
}
