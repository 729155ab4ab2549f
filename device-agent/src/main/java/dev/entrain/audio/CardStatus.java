package dev.entrain.audio;

/** Where an output stands. A mutable view that the caller reuses. */
public final class CardStatus {
    /** When the other fields were true, CLOCK_MONOTONIC ns. */
    public long timeNs;

    /** Frames written that are not heard yet. */
    public long delayFrames;

    /** Frames that can be written without waiting. */
    public int roomFrames;
}
