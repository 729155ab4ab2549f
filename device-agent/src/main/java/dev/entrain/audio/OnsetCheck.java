package dev.entrain.audio;

/**
 * Looks back at every cue {@value #LATER_S} s after it sounded: by then the clock model has averaged the card's position
 * from both sides of the onset, so the difference between the moment it now gives for the cue's frame and the moment that
 * was planned is what the walker got, not what was hoped for when the frame was written. Not thread-safe; realtime-safe.
 */
final class OnsetCheck {
    private static final long LATER_S = 2;
    private static final long LATER_NS = LATER_S * 1_000_000_000L;

    /** Cues of 2 s at the fastest tempo and more; one too many is not checked. */
    private static final int MOST = 32;

    private final long[] frames = new long[MOST];
    private final long[] onsetsNs = new long[MOST];
    private final TimingHistogram errors;
    private int first;
    private int size;

    OnsetCheck(TimingHistogram errors) {
        this.errors = errors;
    }

    /** A cue was written on a frame. */
    void written(long frame, long onsetNs) {
        if (size < MOST) {
            int at = (first + size++) % MOST;
            frames[at] = frame;
            onsetsNs[at] = onsetNs;
        }
    }

    /** Checks the cues that sounded long enough ago. */
    void look(long nowNs, FrameClock clock) {
        while (size > 0 && nowNs - onsetsNs[first] >= LATER_NS) {
            errors.add(clock.timeNsOf(frames[first]) - onsetsNs[first]);
            first = (first + 1) % MOST;
            size--;
        }
    }

    /** Forgets the cues that were written on a frame or later and were never heard; returns how many. */
    int unheardFrom(long frame) {
        int before = size;
        while (size > 0 && frames[(first + size - 1) % MOST] >= frame) {
            size--;
        }
        return before - size;
    }

    /** The stream was interrupted: frames before it belong to another stretch of time and cannot be judged any more. */
    void forget() {
        size = 0;
    }
}
