package dev.entrain.protocol.imu;

/**
 * Registers that ST's LSM6DSOX (DS12814 rev. 4, section 9) and LSM6DS3TR-C (DS12232 rev. 3, section 9) have alike, and
 * those that only one has. Words are low byte first.
 */
public final class Lsm6 {
    /** Who the chip is. */
    public static final int WHO_AM_I = 0x0f;

    /** Rate (bits 7-4) and full scale (bits 3-2) of the accelerometer. */
    public static final int CTRL1_XL = 0x10;

    /** Rate (bits 7-4) and full scale (bits 3-2) of the gyroscope. */
    public static final int CTRL2_G = 0x11;

    /** BDU (bit 6), IF_INC (bit 2), SW_RESET (bit 0). */
    public static final int CTRL3_C = 0x12;

    /** Self-test of the gyroscope (bits 3-2) and of the accelerometer (bits 1-0). */
    public static final int CTRL5_C = 0x14;

    /** Time stamps on (bit 5: TIMESTAMP_EN of the DSOX, TIMER_EN of the TR-C). */
    public static final int CTRL10_C = 0x19;

    /** Output data ready: gyroscope bit 1, accelerometer bit 0. */
    public static final int STATUS_REG = 0x1e;

    /** Temperature, 2 bytes. */
    public static final int OUT_TEMP = 0x20;

    /** Gyroscope x, y, z, then accelerometer x, y, z: 12 bytes. */
    public static final int OUTX_G = 0x22;

    /** Accelerometer x, y, z: 6 bytes. */
    public static final int OUTX_XL = 0x28;

    /** How full the queue is: 2 bytes (DSOX), 4 bytes with the pattern (TR-C). */
    public static final int FIFO_STATUS1 = 0x3a;

    /** DSOX: tag and 6 bytes of the oldest word; reading on goes round from 0x7e to here. */
    public static final int FIFO_DATA_OUT_TAG = 0x78;

    /** TR-C: the oldest word of 2 bytes; reading on goes round from 0x3f to here. */
    public static final int FIFO_DATA_OUT_L = 0x3e;

    /** DSOX: rates at which the queue takes gyroscope (bits 7-4) and accelerometer (bits 3-0). */
    public static final int DSOX_FIFO_CTRL3 = 0x09;

    /** DSOX: time stamps with each reading (bits 7-6 = 01), mode (bits 2-0). */
    public static final int DSOX_FIFO_CTRL4 = 0x0a;

    /** DSOX: by how much its oscillator is off, two's complement, 0.15 % a step. */
    public static final int DSOX_INTERNAL_FREQ_FINE = 0x63;

    /** TR-C: time stamps as fourth data set (bit 7). */
    public static final int TRC_FIFO_CTRL2 = 0x07;

    /** TR-C: decimation of gyroscope (bits 5-3) and accelerometer (bits 2-0); 1 = none. */
    public static final int TRC_FIFO_CTRL3 = 0x08;

    /** TR-C: decimation of the fourth data set (bits 5-3). */
    public static final int TRC_FIFO_CTRL4 = 0x09;

    /** TR-C: rate (bits 6-3) and mode (bits 2-0) of the queue. */
    public static final int TRC_FIFO_CTRL5 = 0x0a;

    /** TR-C: time stamps of 25 us instead of 6.4 ms (bit 4, TIMER_HR). */
    public static final int TRC_WAKE_UP_DUR = 0x5c;

    /** Mode of either queue that keeps the newest: continuous. */
    public static final int FIFO_CONTINUOUS = 6;

    /** FS_XL and FS_G for 16 g and 2000 degrees per second, in the low half of CTRL1_XL and CTRL2_G. */
    public static final int ACC_16_G = 0x04;

    /** See {@link #ACC_16_G}. */
    public static final int GYR_2000_DPS = 0x0c;

    /** m/s2 a step at 16 g: 0.488 mg (DS12814 table 2, DS12232 table 3: LA_So). */
    public static final double ACC_MPS2 = 0.488e-3 * ImuQueue.G_MPS2;

    /** rad/s a step at 2000 degrees per second: 70 mdps (same tables: G_So). */
    public static final double GYR_RADPS = Math.toRadians(70e-3);

    /** Nominal ticks of the time stamp, Hz: 25 us a step (DS12814 section 9.44, DS12232 section 9.93). */
    public static final double TICKS_PER_SECOND = 40_000;

    /** Self-test answers of the accelerometer, mg, least and most (DS12814 table 2, Vst). */
    public static final double DSOX_ACC_SELF_TEST_LEAST_MG = 50;

    /** The TR-C's least answer, mg (DS12232 table 3, Vst). */
    public static final double TRC_ACC_SELF_TEST_LEAST_MG = 90;

    /** Most for both, mg. */
    public static final double ACC_SELF_TEST_MOST_MG = 1700;

    /** Least self-test answer of the gyroscope at 2000 degrees per second (Vst of the same tables), degrees per second. */
    public static final double GYR_SELF_TEST_LEAST_DPS = 150;

    /** Most, degrees per second. */
    public static final double GYR_SELF_TEST_MOST_DPS = 700;

    private static final double SLOWEST_HZ = 20_000 / 768.0;
    private static final int SLOWEST_CODE = 2;
    private static final int FASTEST_CODE = 6;
    private static final double FREQ_FINE_STEP = 0.0015;

    private Lsm6() {}

    /** Returns the code (2 to 6) of the nearest rate, for CTRL1_XL, CTRL2_G and the queues: 26, 52, 104, 208, 416 Hz. */
    public static int rateCode(double wantedHz) {
        long code = SLOWEST_CODE + Math.round(Math.log(wantedHz / SLOWEST_HZ) / Math.log(2));
        return Math.clamp(code, SLOWEST_CODE, FASTEST_CODE);
    }

    /** Returns the rate that a code means, Hz: 26.04 at 2 and twice as much at each further. */
    public static double rateHz(int code) {
        return SLOWEST_HZ * (1 << (code - SLOWEST_CODE));
    }

    /** Returns the tick rate that INTERNAL_FREQ_FINE tells of, Hz (AN5272 rev. 4, section 6.4). */
    public static double ticksPerSecond(int freqFine) {
        return TICKS_PER_SECOND * (1 + FREQ_FINE_STEP * (byte) freqFine);
    }

    /** Returns degrees Celsius: 256 a degree, 0 at 25 (DS12814 table 4, DS12232 table 5). */
    public static double temperatureC(int raw) {
        return 25 + (short) raw / 256.0;
    }
}
