package dev.entrain.audio.music;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Sound made ahead, indexed by the frame of the stream it is for, between one producing and one consuming thread; with it,
 * which beats it carries. What was made for an earlier epoch (before a break or a silence) is never read: the consumer counts
 * epochs, the producer follows. Never blocks and never allocates. Realtime-safe.
 */
final class AheadRing {
    /** Frames it holds, a power of two: 0.17 s even at 192 kHz. */
    static final int CAPACITY = 1 << 15;

    private static final int MASK = CAPACITY - 1;
    private static final int BEATS = 64;
    private static final long NO_BEAT = Long.MIN_VALUE;

    private final float[] samples = new float[CAPACITY];
    private final AtomicLongArray beatIds = new AtomicLongArray(BEATS);
    private final AtomicLongArray beatFrames = new AtomicLongArray(BEATS);
    private volatile long epoch = -1;
    private volatile long from;
    private volatile long until;
    private volatile boolean sounding;

    /** Producer: begins an epoch, empty and carrying no beat, at a frame. Only when the consumer has begun it already. */
    void begin(long newEpoch, long frame) {
        for (int i = 0; i < BEATS; i++) {
            beatIds.set(i, NO_BEAT); // The sound that carried it is gone, the beat may still be to come.
        }
        from = frame;
        until = frame;
        epoch = newEpoch; // Last: whoever sees the epoch sees where it begins.
    }

    /** Producer: adds frames. */
    void put(float[] mono, int frames) {
        long at = until;
        for (int i = 0; i < frames; i++) {
            samples[(int) (at + i) & MASK] = mono[i];
        }
        until = at + frames;
    }

    /** Producer: goes on at a later frame; from the consumer's frame until there is silence. */
    void jump(long consumerFrame, long toFrame) {
        for (long frame = consumerFrame; frame < toFrame; frame++) {
            samples[(int) frame & MASK] = 0;
        }
        until = toFrame;
    }

    /** Producer: says that the sound carries a beat on a frame. */
    void carry(long cueId, long frame) {
        int slot = (int) cueId & BEATS - 1;
        beatFrames.set(slot, frame);
        beatIds.set(slot, cueId);
    }

    /** Producer: says whether what is put in is more than silence. */
    void sounding(boolean now) {
        sounding = now;
    }

    /** Either: returns whether what was put in last is more than silence. */
    boolean sounding() {
        return sounding;
    }

    /** Either: returns the first frame not made yet. */
    long until() {
        return until;
    }

    /** Consumer: returns how many frames are there from a frame on, for an epoch. */
    long available(long forEpoch, long frame) {
        return epoch == forEpoch && frame >= from ? until - frame : 0;
    }

    /** Consumer: returns a frame that is available. */
    float at(long frame) {
        return samples[(int) frame & MASK];
    }

    /** Consumer: returns whether the sound carries a beat within so many frames of a frame. */
    boolean carries(long cueId, long frame, long within) {
        int slot = (int) cueId & BEATS - 1;
        return beatIds.get(slot) == cueId && Math.abs(beatFrames.get(slot) - frame) <= within;
    }
}
