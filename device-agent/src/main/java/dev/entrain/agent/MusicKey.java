package dev.entrain.agent;

/** The music button: short for another song, long for "I like this one". Used by one thread; bounce may be left in. */
final class MusicKey {
    /** Held so long it is a long press, ns. */
    static final long LONG_NS = 800_000_000L;

    /** A shorter touch is bounce, ns. */
    static final long LEAST_NS = 30_000_000L;

    private final Runnable another;
    private final Runnable like;
    private boolean down;
    private long downNs;

    MusicKey(Runnable another, Runnable like) {
        this.another = another;
        this.like = like;
    }

    /**
     * The button went down or up.
     *
     * @param nowDown whether it is down from now on
     * @param timeNs when, ns
     */
    void edge(boolean nowDown, long timeNs) {
        if (down && !nowDown && timeNs - downNs >= LEAST_NS) {
            if (timeNs - downNs >= LONG_NS) {
                like.run();
            } else {
                another.run();
            }
        }
        if (nowDown && !down) {
            downNs = timeNs;
        }
        down = nowDown;
    }
}
