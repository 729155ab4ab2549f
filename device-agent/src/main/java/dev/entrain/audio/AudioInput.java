package dev.entrain.audio;

/**
 * An input that records at its own pace. Opened, used and closed by one thread. A failure is a state, not an exception, as
 * with {@link AudioOutput}.
 */
public interface AudioInput extends AutoCloseable {
    /** Opens one input. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens the input, not started yet. The calling thread is the one that must use and close it.
         *
         * @throws AudioException if it cannot be opened now
         */
        AudioInput open() throws AudioException;
    }

    /** What came of a wait. */
    enum Event {
        /** At least a period can be read; the status is filled. */
        READY,
        /** The time is up and there is less than a period. */
        TIMEOUT,
        /** Nobody read in time and the input stopped; {@link #start} begins anew, with nothing queued. */
        OVERRUN,
        /** The input is gone; only {@link #failure} and {@link #close} still make sense. */
        FAILED
    }

    /** Returns frames per second as granted. */
    int rateHz();

    /** Returns channels of a frame as granted, 1 or 2. */
    int channels();

    /** Returns frames the input can queue as granted, the most a read returns. */
    int bufferFrames();

    /** Returns device, format, rate and buffer as granted, for a person. */
    String describe();

    /** Returns what failed and the next step, in one line; empty before a failure. */
    String failure();

    /** Starts recording, also after an overrun; returns whether it does. */
    boolean start();

    /**
     * Waits until a period can be read, at most for a time.
     *
     * @param status filled if the event is {@link Event#READY}: {@code delayFrames} is how many frames were recorded since
     *     the next one to be read, those still on their way from the converter included, {@code roomFrames} how many can be
     *     read without waiting
     * @param timeoutMs longest wait, ms
     */
    Event await(CardStatus status, int timeoutMs);

    /**
     * Reads without waiting.
     *
     * @param interleaved receives {@link #channels} samples for each frame from index 0, full scale 1
     * @param frames how many frames at most
     * @return how many were read; 0 also after a failure
     */
    int read(float[] interleaved, int frames);

    /** Ends recording and gives the device back. */
    @Override
    void close();
}
