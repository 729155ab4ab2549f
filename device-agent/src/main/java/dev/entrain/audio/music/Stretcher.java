package dev.entrain.audio.music;

/**
 * Makes sound longer or shorter without changing its pitch. Mono. Sound goes in by small pieces and comes out in steps; how
 * far into the song each step lies is told exactly. For one thread at a time; nothing allocates but {@link #close}.
 */
public interface Stretcher extends AutoCloseable {
    /**
     * Sets the tempo of the steps not yet made.
     *
     * @param ratio 1.05 is 5 % faster
     */
    void tempo(double ratio);

    /**
     * Puts sound in. A piece of no more than {@link #MOST_PUT} frames makes at most one step.
     *
     * @param mono the sound
     * @param frames how many frames of it, from index 0
     */
    void put(float[] mono, int frames);

    /**
     * Takes out what is ready.
     *
     * @return how many frames were put into {@code out} from index {@code from}
     */
    int take(float[] out, int from);

    /**
     * Returns the frame of what was put in, counted since {@link #clear}, that lies in the middle of the step made next, which
     * is fixed already: the tempo only changes where the steps after it lie.
     */
    double nextMiddleIn();

    /** Returns the frame of what comes out, counted since {@link #clear}, in the middle of the step made next. */
    double nextMiddleOut();

    /** Returns how many frames come out in a step. */
    int stepFrames();

    /** Forgets everything put in: the next frame put in comes out as the first. */
    void clear();

    @Override
    void close();

    /** Most frames put in at once. */
    int MOST_PUT = 256;

    /** Most frames that are ready at once. */
    int MOST_READY = 8192;
}
