package dev.entrain.audio;

/**
 * Tells on which frame of the output a moment falls. Frames count from 0 at the first frame ever written and never jump
 * back. Used by the rendering thread only; realtime-safe.
 */
public interface FrameClock {
    /**
     * Returns the frame that is heard nearest to a moment.
     *
     * @param timeNs CLOCK_MONOTONIC (or recording) ns
     */
    long frameOf(long timeNs);

    /** Returns the moment at which a frame is heard, ns, rounded to the nearest. */
    long timeNsOf(long frameIndex);
}
