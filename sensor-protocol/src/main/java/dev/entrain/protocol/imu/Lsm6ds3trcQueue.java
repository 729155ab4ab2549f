package dev.entrain.protocol.imu;

/**
 * The queue of the LSM6DS3TR-C (DS12232 rev. 3, sections 5.5 and 9.5 to 9.8; AN5130 rev. 3, section 8): words of 2 bytes
 * without tags, in a fixed pattern. With gyroscope, accelerometer and time stamps at one rate it is 9 words: three of
 * each, the last data set holding the time stamp as bits 15-8, 23-16, nothing, 7-0 and the step counter.
 */
public final class Lsm6ds3trcQueue implements ImuQueue {
    /** Words of one reading. */
    public static final int PATTERN_WORDS = 9;

    /** Words it holds (4 kB). */
    public static final int WORDS = 2048;

    private static final int TICK_BITS = 24;
    private static final int STAMP_AT = 12;

    private final StampedReading open;

    /**
     * Makes one.
     *
     * @param rateHz of the readings, nominal
     */
    public Lsm6ds3trcQueue(double rateHz) {
        open = new StampedReading(TICK_BITS, Lsm6.TICKS_PER_SECOND, rateHz);
    }

    @Override
    public int bytesPerReading() {
        return 2 * PATTERN_WORDS;
    }

    @Override
    public void restart() {
        open.forgetTime();
    }

    @Override
    public long damaged() {
        return 0;
    }

    /** Takes whole readings; the first byte is the first of a pattern ({@link #inPattern} 0). */
    @Override
    public void take(byte[] bytes, int length, long arrivalNs, ReadingSink sink) {
        for (int at = 0; at + bytesPerReading() <= length; at += bytesPerReading()) {
            open.gyr(bytes, at);
            open.acc(bytes, at + 6);
            open.stamp(
                    ((bytes[at + STAMP_AT + 1] & 0xff) << 16)
                            | ((bytes[at + STAMP_AT] & 0xff) << 8)
                            | (bytes[at + STAMP_AT + 3] & 0xff),
                    arrivalNs);
            sink.onReading(open.reading);
        }
    }

    /** Returns how many words wait, 0 to 2047, as FIFO_STATUS1 and 2 say; a full queue says 0 and {@link #overran}. */
    public static int waiting(int status1, int status2) {
        return ((status2 & 0x07) << 8) | (status1 & 0xff);
    }

    /** Returns whether FIFO_STATUS2 says that the queue is full and words were lost (OVER_RUN). */
    public static boolean overran(int status2) {
        return (status2 & 0x40) != 0;
    }

    /** Returns which word of the pattern comes next, 0 to 8, as FIFO_STATUS3 and 4 say. */
    public static int inPattern(int status3, int status4) {
        return ((status4 & 0x03) << 8) | (status3 & 0xff);
    }
}
