package dev.entrain.protocol.imu;

/**
 * What a motion sensor's queue holds, taken apart into readings with the chip's own time. One chip's, used by one thread;
 * realtime-safe: allocates nothing.
 */
public interface ImuQueue {
    /** Acceleration of one g, m/s2, as the data sheets mean it. */
    double G_MPS2 = 9.80665;

    /** Returns how many bytes one reading has in the queue. */
    int bytesPerReading();

    /** The queue was emptied or the chip set anew: forgets half readings and the chip's time, goes on numbering. */
    void restart();

    /**
     * Takes bytes in the order they were read.
     *
     * @param length how many of them
     * @param arrivalNs host time by which they were in the queue
     * @param sink receives each whole reading
     */
    void take(byte[] bytes, int length, long arrivalNs, ReadingSink sink);

    /** Returns how many words made no sense or were missing of a reading, since construction. */
    long damaged();
}
