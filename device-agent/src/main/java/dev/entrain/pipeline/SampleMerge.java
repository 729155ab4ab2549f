package dev.entrain.pipeline;

import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import org.jspecify.annotations.Nullable;

/**
 * Brings the samples of both feet into one order of time, the order a recording has, so that a replay repeats the walk.
 * A sample waits for the other foot at most {@link #WAIT_NS}; samples that come later still are passed on, out of order
 * between the feet. Used by the control loop's thread only; realtime-safe.
 */
public final class SampleMerge {
    /** Longest wait for the other foot: a 16 ms USB batch, a 10 ms insole batch and scheduling, ns. */
    public static final long WAIT_NS = 40_000_000L;

    private final SlotRing<ImuSample> left;
    private final SlotRing<ImuSample> right;

    /**
     * Makes a merge; the caller's thread becomes the consumer of both rings.
     *
     * @param left samples of the left foot
     * @param right samples of the right foot
     */
    public SampleMerge(SlotRing<ImuSample> left, SlotRing<ImuSample> right) {
        this.left = left;
        this.right = right;
    }

    /**
     * Returns the next sample in order, or null while there is none to pass on yet. It stays valid until {@link #release}
     * with its foot.
     *
     * @param nowNs the present
     */
    public @Nullable ImuSample peek(long nowNs) {
        ImuSample l = left.peek();
        ImuSample r = right.peek();
        if (l == null && r == null) {
            return null;
        }
        if (l != null && r != null) {
            return l.timeNs - r.timeNs <= 0 ? l : r;
        }
        ImuSample only = l != null ? l : r;
        return only != null && nowNs - only.timeNs >= WAIT_NS ? only : null;
    }

    /** Gives the peeked sample back. */
    public void release(ImuSample sample) {
        (sample.foot == Foot.LEFT ? left : right).release();
    }
}
