package dev.entrain.audio.music;

import org.jspecify.annotations.Nullable;

/**
 * The decoded song of one deck between the reading thread and the music thread: some ten seconds, the less the more parts
 * there are. The music thread orders ({@link #order}, {@link #leave}) and takes, the reading thread serves. Neither waits for
 * the other.
 */
final class SongFeed {
    /** Most parts of a song that are played apart; those of a song with more are mixed and played as one. */
    static final int MOST_PARTS = 4;

    /** Samples kept, a power of two: 10.9 s of one part at 48 kHz, 2 MB. */
    private static final int SAMPLES = 1 << 19;

    /** What became of the newest order. */
    enum State {
        /** Nothing is asked for. */
        IDLE,
        /** The reading thread is at it. */
        LOADING,
        /** A song is there. */
        READY,
        /** No song fits. */
        NOTHING,
        /** The song could not be opened. */
        FAILED
    }

    private final float[] samples = new float[SAMPLES];

    // The music thread's.
    private long orders;
    private volatile long order;
    private volatile boolean wanted;
    private volatile double targetSpm;
    private volatile long taken;

    // The reading thread's.
    private volatile long served;
    private volatile State result = State.NOTHING;
    private volatile @Nullable LoadedSong song;
    private long put;
    private volatile long filled;
    private volatile boolean over;
    private volatile @Nullable String fault;

    private int capacity = SAMPLES;

    /** Music thread: asks for a song at a tempo, steps per minute. */
    void order(double spm) {
        targetSpm = spm;
        wanted = true;
        order = ++orders;
    }

    /** Music thread: gives the song back. */
    void leave() {
        wanted = false;
        order = ++orders;
    }

    /** Music thread: returns what became of the newest order. */
    State state() {
        if (!wanted) {
            return State.IDLE;
        }
        return served == order ? result : State.LOADING;
    }

    /** Music thread: returns the song; null unless {@link State#READY}, or where it could not be opened. */
    @Nullable
    LoadedSong song() {
        return song;
    }

    /** Music thread: returns how many frames are there from a frame of the song on. */
    long available(long fromFrame) {
        return filled - fromFrame;
    }

    /** Music thread: what comes before a frame of the song is not wanted any more; there is room for what comes after. */
    void passOver(long beforeFrame) {
        taken = Math.max(taken, beforeFrame);
    }

    /** Music thread: returns how many frames there can be at most. */
    int capacity() {
        return capacity;
    }

    /** Returns whether all that ever will be is there: the song is over or failed. */
    boolean over() {
        return over;
    }

    /** Returns why it was not read to its end; null where it was. */
    @Nullable
    String fault() {
        return fault;
    }

    /**
     * Music thread: mixes the next frames of the parts.
     *
     * @param fromFrame frame of the song; before its first there is silence
     * @param gains of each part at the beginning
     * @param steps what each gain grows by a frame
     */
    void mix(long fromFrame, float[] mono, int frames, int parts, float[] gains, float[] steps) {
        for (int i = 0; i < frames; i++) {
            long at = fromFrame + i;
            float sum = 0;
            if (at >= 0) {
                int slot = (int) (at % capacity);
                for (int part = 0; part < parts; part++) {
                    sum += samples[part * capacity + slot] * (gains[part] + i * steps[part]);
                }
            }
            mono[i] = sum;
        }
        passOver(fromFrame + frames);
    }

    /** Reading thread: returns the newest order. */
    long order() {
        return order;
    }

    /** Reading thread: returns whether the newest order asks for a song. */
    boolean wanted() {
        return wanted;
    }

    double targetSpm() {
        return targetSpm;
    }

    /** Reading thread: a song is open; {@link #put} follows. */
    void ready(long forOrder, LoadedSong loaded) {
        capacity = SAMPLES / (loaded.parts() > 2 ? MOST_PARTS : loaded.parts());
        song = loaded;
        put = loaded.fromFrame();
        filled = put;
        taken = loaded.fromFrame();
        over = false;
        fault = null;
        result = State.READY;
        served = forOrder;
    }

    /** Reading thread: there is no song. */
    void none(long forOrder, @Nullable LoadedSong asked, @Nullable String why) {
        song = asked;
        fault = why;
        result = why == null ? State.NOTHING : State.FAILED;
        served = forOrder;
    }

    /** Reading thread: returns how many frames there is room for. */
    int room() {
        return (int) (capacity - (put - taken));
    }

    /** Reading thread: puts frames of a part in; {@link #filled} then tells of them. */
    void put(int part, float[] mono, int frames) {
        long at = put;
        for (int i = 0; i < frames; i++) {
            samples[part * capacity + (int) ((at + i) % capacity)] = mono[i];
        }
    }

    /** Reading thread: so many frames of every part are there. */
    void filled(int frames) {
        put += frames;
        filled = put;
    }

    /** Reading thread: no more will come. */
    void over(@Nullable String why) {
        fault = why;
        over = true;
    }
}
