package dev.entrain.protocol.imu;

/**
 * The tagged queue of the LSM6DSOX (DS12814 rev. 4, sections 9.62 to 9.65; AN5272 rev. 4, section 9): words of a tag and 6
 * bytes. The words of one reading have the same slot number, in whatever order they come; a reading is whole when
 * gyroscope, accelerometer and time stamp are there.
 */
public final class Lsm6dsoxQueue implements ImuQueue {
    /** Bytes of a word with its tag. */
    public static final int WORD_BYTES = 7;

    /** Words it holds (3 kB at 6 bytes a word). */
    public static final int WORDS = 512;

    /** Kind of word: gyroscope, not compressed (table 188, TAG_SENSOR). */
    public static final int GYROSCOPE = 0x01;

    /** Kind of word: accelerometer, not compressed. */
    public static final int ACCELEROMETER = 0x02;

    /** Kind of word: time stamp of 32 bits. */
    public static final int TIME_STAMP = 0x04;

    private static final int TICK_BITS = 32;
    private static final int WHOLE = (1 << GYROSCOPE) | (1 << ACCELEROMETER) | (1 << TIME_STAMP);

    private final StampedReading open;
    private int slot;
    private int kinds;
    private long ticks;
    private long damaged;

    /**
     * Makes one.
     *
     * @param ticksPerSecond of the time stamp, as {@link Lsm6#ticksPerSecond} tells
     * @param rateHz of the readings, nominal
     */
    public Lsm6dsoxQueue(double ticksPerSecond, double rateHz) {
        open = new StampedReading(TICK_BITS, ticksPerSecond, rateHz);
    }

    @Override
    public int bytesPerReading() {
        return 3 * WORD_BYTES;
    }

    @Override
    public void restart() {
        kinds = 0;
        open.forgetTime();
    }

    @Override
    public long damaged() {
        return damaged;
    }

    @Override
    public void take(byte[] bytes, int length, long arrivalNs, ReadingSink sink) {
        for (int at = 0; at + WORD_BYTES <= length; at += WORD_BYTES) {
            word(bytes, at, arrivalNs, sink);
        }
    }

    /** Returns how many words wait, 0 to {@value #WORDS}, as FIFO_STATUS1 and 2 say. */
    public static int waiting(int status1, int status2) {
        return ((status2 & 0x03) << 8) | (status1 & 0xff);
    }

    /** Returns whether FIFO_STATUS2 says that words were lost since it was read last (FIFO_OVR_IA, FIFO_OVR_LATCHED). */
    public static boolean overran(int status2) {
        return (status2 & 0x48) != 0;
    }

    /** Returns the tag of a word: kind, slot number 0 to 3, and the parity that makes its ones even. */
    public static int tag(int kind, int slot) {
        int tag = (kind << 3) | ((slot & 3) << 1);
        return tag | (Integer.bitCount(tag) & 1);
    }

    private void word(byte[] bytes, int at, long arrivalNs, ReadingSink sink) {
        int tag = bytes[at] & 0xff;
        int kind = tag >> 3;
        if ((Integer.bitCount(tag) & 1) != 0 || ((1 << kind) & WHOLE) == 0) {
            damaged++;
            return;
        }
        if (((tag >> 1) & 3) != slot || (kinds & (1 << kind)) != 0) {
            damaged += kinds == 0 ? 0 : 1;
            kinds = 0;
            slot = (tag >> 1) & 3;
        }
        kinds |= 1 << kind;
        if (kind == GYROSCOPE) {
            open.gyr(bytes, at + 1);
        } else if (kind == ACCELEROMETER) {
            open.acc(bytes, at + 1);
        } else {
            ticks = stamp(bytes, at + 1);
        }
        if (kinds == WHOLE) {
            kinds = 0;
            open.stamp(ticks, arrivalNs);
            sink.onReading(open.reading);
        }
    }

    private static long stamp(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | ((bytes[at + 1] & 0xff) << 8)
                | ((bytes[at + 2] & 0xff) << 16)
                | ((bytes[at + 3] & 0xffL) << 24);
    }
}
