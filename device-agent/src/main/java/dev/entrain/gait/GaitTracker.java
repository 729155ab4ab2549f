package dev.entrain.gait;

import dev.entrain.sample.ImuSample;

/**
 * Knows both feet of one walker, sample by sample.
 *
 * <p>Implementations are deterministic and strictly causal: what they tell the sink depends only on the samples seen so
 * far. Not thread-safe; realtime-safe (0 bytes allocated after the first strides).
 */
public interface GaitTracker {
    /**
     * Consumes one reading and tells the sink all that it decides.
     *
     * @param sample a reading; samples of one foot come in strictly increasing time, the two feet nearly so. A jump in
     *     time or {@code seq} is a gap the tracker must survive.
     * @param sink receives reused views, valid until it returns
     */
    void onSample(ImuSample sample, GaitSink sink);
}
