package dev.entrain.audio.music;

import org.jspecify.annotations.Nullable;

/** What others ask of the music thread. Thread-safe; never waits. */
final class Controls {
    private volatile boolean skip;
    private volatile @Nullable String like;
    private volatile boolean locked;
    private volatile boolean clicksOnly;
    private volatile double open = 1;

    void skip() {
        skip = true;
    }

    /** The song of a hash is liked, which may have ended since. */
    void like(String hash) {
        like = hash;
    }

    void locked(boolean now) {
        locked = now;
    }

    void clicksOnly(boolean now) {
        clicksOnly = now;
    }

    void open(double openness) {
        open = openness >= 0 ? Math.min(openness, 1) : 0;
    }

    boolean locked() {
        return locked;
    }

    boolean clicksOnly() {
        return clicksOnly;
    }

    double open() {
        return open;
    }

    /** Music thread: returns whether another song was asked for since the last call. */
    boolean takeSkip() {
        boolean was = skip;
        if (was) {
            skip = false;
        }
        return was;
    }

    /** Music thread: returns which song was liked since the last call; null for none. */
    @Nullable
    String takeLike() {
        String was = like;
        if (was != null) {
            like = null;
        }
        return was;
    }
}
