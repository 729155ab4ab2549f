package dev.entrain.audio;

/**
 * A stereo output that plays at its own pace. Opened, used and closed by one thread. A failure is a state, not an
 * exception: after one, {@link #await} says {@link Event#UNDERRUN}, {@link Event#SUSPENDED} or {@link Event#FAILED}.
 */
public interface AudioOutput extends AutoCloseable {
    /** What came of a wait. */
    enum Event {
        /** At least a period can be written; the status is filled. */
        READY,
        /** The time is up and there is no room for a period. */
        TIMEOUT,
        /** The output ran out of frames and stopped; {@link #recover} makes it ready for {@link #start}. */
        UNDERRUN,
        /** The output was put to sleep and what it had queued is stale; {@link #recover} wakes it. */
        SUSPENDED,
        /** The output is gone; only {@link #failure} and {@link #close} still make sense. */
        FAILED
    }

    /** Returns frames per second as granted. */
    int rateHz();

    /** Returns frames between two wake-ups as granted. */
    int periodFrames();

    /** Returns frames the output can queue as granted. */
    int bufferFrames();

    /** Returns device, format, rate, period and buffer as granted, for a person. */
    String describe();

    /** Returns what failed and the next step, in one line; empty before a failure. */
    String failure();

    /** Starts playing what was written; returns whether it did. */
    boolean start();

    /**
     * Waits until a period can be written, at most for a time. Realtime-safe.
     *
     * @param status filled if the event is {@link Event#READY}
     * @param timeoutMs longest wait, ms
     */
    Event await(CardStatus status, int timeoutMs);

    /**
     * Writes without waiting. Realtime-safe.
     *
     * @param stereo left and right in turn, full scale 1
     * @param fromFrame first frame of the array to write
     * @param frames how many frames
     * @return how many were taken, 0 to {@code frames}; 0 also after a failure
     */
    int write(float[] stereo, int fromFrame, int frames);

    /**
     * Takes back the end of what was written and is not heard yet; what is written next takes its place. Realtime-safe.
     *
     * @param keepFrames frames next to be heard that stay as they are, because the hardware may have fetched them
     * @return how many frames were taken back; 0 where the output can't
     */
    default int recall(int keepFrames) {
        return 0;
    }

    /**
     * Throws away what is queued and makes the output writable again, for {@link #start}: after an underrun, a suspension
     * or when what is queued is stale. May take 100 ms after a suspension.
     *
     * @return whether it is writable; if not, {@link #failure} tells why
     */
    boolean recover();

    /** Ends playing at once and gives the device back. */
    @Override
    void close();
}
