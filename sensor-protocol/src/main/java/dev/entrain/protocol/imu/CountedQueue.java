package dev.entrain.protocol.imu;

import dev.entrain.protocol.Reading;

/**
 * The queue of InvenSense's chips (RM-MPU-6000A rev. 4.2, sections 4.16 and 4.31; DS-000189 rev. 1.3, section 8.60): bytes in
 * the order of the output registers, accelerometer x, y, z and gyroscope x, y, z, high byte first, without marks or time.
 * The chip's time is the count of its readings.
 */
public final class CountedQueue implements ImuQueue {
    /** Bytes of one reading. */
    public static final int READING_BYTES = 12;

    private static final int TICK_BITS = 48;

    private final Reading open = new Reading();

    /**
     * Makes one.
     *
     * @param rateHz of the readings, nominal; also of the clock that counts them
     */
    public CountedQueue(double rateHz) {
        open.tickBits = TICK_BITS;
        open.ticksPerSecond = rateHz;
    }

    @Override
    public int bytesPerReading() {
        return READING_BYTES;
    }

    @Override
    public void restart() {
        // Nothing is kept between readings; who emptied the queue anchors the clock anew.
    }

    @Override
    public long damaged() {
        return 0;
    }

    @Override
    public void take(byte[] bytes, int length, long arrivalNs, ReadingSink sink) {
        for (int at = 0; at + READING_BYTES <= length; at += READING_BYTES) {
            open.axMps2 = word(bytes, at) * InvenSense.ACC_MPS2;
            open.ayMps2 = word(bytes, at + 2) * InvenSense.ACC_MPS2;
            open.azMps2 = word(bytes, at + 4) * InvenSense.ACC_MPS2;
            open.gxRadps = word(bytes, at + 6) * InvenSense.GYR_RADPS;
            open.gyRadps = word(bytes, at + 8) * InvenSense.GYR_RADPS;
            open.gzRadps = word(bytes, at + 10) * InvenSense.GYR_RADPS;
            open.seq++;
            open.deviceTicks++;
            open.arrivalNs = arrivalNs;
            sink.onReading(open);
        }
    }

    private static int word(byte[] bytes, int at) {
        return (short) ((bytes[at] << 8) | (bytes[at + 1] & 0xff));
    }
}
