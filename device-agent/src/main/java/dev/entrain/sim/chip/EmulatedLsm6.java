package dev.entrain.sim.chip;

import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.Lsm6;
import dev.entrain.protocol.imu.Lsm6ds3trcQueue;
import dev.entrain.protocol.imu.Lsm6dsoxQueue;
import dev.entrain.sample.ImuSample;

/** ST's LSM6DSOX or LSM6DS3TR-C: what the agent uses of them, with temperature and self-test. */
public final class EmulatedLsm6 extends EmulatedChip {
    private static final double CELSIUS = 27.5;
    private static final int RESET = 0x01;
    private static final int POWER_ON_CTRL3 = 0x04;
    private static final int STAMPS_ON = 0x20;
    private static final int SCALES = 0x0c;
    private static final double SELF_TEST_MPS2 = 4;
    private static final double SELF_TEST_RADPS = 6;
    private static final double FREQ_FINE_STEP = 0.0015;
    private static final double[] ACC_SHARES = {1 / 8.0, 1, 1 / 4.0, 1 / 2.0};

    private final boolean dsox;
    private final boolean tellsItsClock;
    private final ByteQueue queue;
    private int slot;
    private boolean broken;

    /**
     * Makes a chip that is switched on.
     *
     * @param chip LSM6DSOX or LSM6DS3TR_C
     * @param tellsItsClock whether INTERNAL_FREQ_FINE of a DSOX says by how much its clock is off
     */
    public EmulatedLsm6(ImuChip chip, Motion motion, ChipClock clock, boolean tellsItsClock) {
        super(motion, clock);
        dsox = chip == ImuChip.LSM6DSOX;
        this.tellsItsClock = tellsItsClock;
        queue = new ByteQueue(dsox ? Lsm6dsoxQueue.WORDS * Lsm6dsoxQueue.WORD_BYTES : 2 * Lsm6ds3trcQueue.WORDS);
        powerOn();
    }

    /** The self-test of the gyroscope no longer moves anything. */
    public void breakSelfTest() {
        broken = true;
    }

    @Override
    void onPowerOn() {
        queue.clear();
        slot = 0;
        register(Lsm6.WHO_AM_I, (dsox ? ImuChip.LSM6DSOX : ImuChip.LSM6DS3TR_C).whoValue());
        register(Lsm6.CTRL3_C, POWER_ON_CTRL3);
        int celsius = (int) Math.rint((CELSIUS - 25) * 256);
        register(Lsm6.OUT_TEMP, celsius);
        register(Lsm6.OUT_TEMP + 1, celsius >> 8);
        register(Lsm6.STATUS_REG, 0x07);
        if (dsox && tellsItsClock) {
            register(Lsm6.DSOX_INTERNAL_FREQ_FINE, (int) Math.rint(clock().skew() / FREQ_FINE_STEP));
        }
    }

    @Override
    double periodS() {
        int code = Math.max(register(Lsm6.CTRL2_G) >> 4, register(Lsm6.CTRL1_XL) >> 4);
        return code == 0 ? 0 : 1 / Lsm6.rateHz(code);
    }

    @Override
    boolean reading(ImuSample sample, double atChipS) {
        double acc = accMps2();
        double gyr = gyrRadps();
        double pushMps2 = (register(Lsm6.CTRL5_C) & 0x03) == 1 ? SELF_TEST_MPS2 : 0;
        double pushRadps = ((register(Lsm6.CTRL5_C) >> 2) & 0x03) == 1 && !broken ? SELF_TEST_RADPS : 0;
        out(Lsm6.OUTX_G, word(sample.gxRadps + pushRadps, gyr));
        out(Lsm6.OUTX_G + 2, word(sample.gyRadps + pushRadps, gyr));
        out(Lsm6.OUTX_G + 4, word(sample.gzRadps + pushRadps, gyr));
        out(Lsm6.OUTX_XL, word(sample.axMps2 + pushMps2, acc));
        out(Lsm6.OUTX_XL + 2, word(sample.ayMps2 + pushMps2, acc));
        out(Lsm6.OUTX_XL + 4, word(sample.azMps2 + pushMps2, acc));
        if (!queueOn()) {
            return false;
        }
        long ticks = (register(Lsm6.CTRL10_C) & STAMPS_ON) == 0 ? 0 : Math.round(atChipS * Lsm6.TICKS_PER_SECOND);
        if (dsox) {
            words(Lsm6dsoxQueue.GYROSCOPE, Lsm6.OUTX_G);
            words(Lsm6dsoxQueue.ACCELEROMETER, Lsm6.OUTX_XL);
            queue.push(Lsm6dsoxQueue.tag(Lsm6dsoxQueue.TIME_STAMP, slot));
            for (int i = 0; i < 6; i++) {
                queue.push(i < 4 ? (int) (ticks >> (8 * i)) : 0);
            }
            slot++;
        } else {
            for (int i = 0; i < 12; i++) {
                queue.push(register(Lsm6.OUTX_G + i));
            }
            queue.push((int) (ticks >> 8));
            queue.push((int) (ticks >> 16));
            queue.push(0);
            queue.push((int) ticks);
            queue.push(0);
            queue.push(0);
        }
        return true;
    }

    @Override
    void write(int register, int value) {
        if (register == Lsm6.CTRL3_C && (value & RESET) != 0) {
            powerOn();
            return;
        }
        if (register == Lsm6.WHO_AM_I || register == Lsm6.DSOX_INTERNAL_FREQ_FINE) {
            return;
        }
        register(register, value);
        if (!queueOn()) {
            queue.clear();
        }
    }

    @Override
    int read(int register) {
        int out = register - (dsox ? Lsm6.FIFO_DATA_OUT_TAG : Lsm6.FIFO_DATA_OUT_L);
        if (out >= 0 && out < (dsox ? Lsm6dsoxQueue.WORD_BYTES : 2)) {
            return queue.pop();
        }
        int words = queue.size() / (dsox ? Lsm6dsoxQueue.WORD_BYTES : 2);
        return switch (register - Lsm6.FIFO_STATUS1) {
            case 0 -> words & 0xff;
            case 1 ->
                dsox
                        ? ((words >> 8) & 0x03) | (queue.overran() ? 0x08 : 0)
                        : ((words >> 8) & 0x07) | (queue.full() ? 0x40 : 0);
            case 2 -> dsox ? 0 : inPattern() & 0xff;
            case 3 -> dsox ? 0 : inPattern() >> 8;
            default -> register(register);
        };
    }

    @Override
    int next(int register) {
        if (dsox && register == Lsm6.FIFO_DATA_OUT_TAG + Lsm6dsoxQueue.WORD_BYTES - 1) {
            return Lsm6.FIFO_DATA_OUT_TAG;
        }
        return !dsox && register == Lsm6.FIFO_DATA_OUT_L + 1 ? Lsm6.FIFO_DATA_OUT_L : super.next(register);
    }

    private boolean queueOn() {
        int control = register(Lsm6.DSOX_FIFO_CTRL4); // The TR-C's FIFO_CTRL5 is at the same place.
        return (control & 0x07) == Lsm6.FIFO_CONTINUOUS;
    }

    private int inPattern() {
        return (int) (queue.gone() / 2 % Lsm6ds3trcQueue.PATTERN_WORDS);
    }

    private void words(int kind, int from) {
        queue.push(Lsm6dsoxQueue.tag(kind, slot));
        for (int i = 0; i < 6; i++) {
            queue.push(register(from + i));
        }
    }

    private void out(int register, int value) {
        register(register, value);
        register(register + 1, value >> 8);
    }

    /** DS12814 table 2: 2, 16, 4, 8 g by FS_XL. */
    private double accMps2() {
        return Lsm6.ACC_MPS2 * ACC_SHARES[(register(Lsm6.CTRL1_XL) & SCALES) >> 2];
    }

    /** DS12814 table 2: 250, 500, 1000, 2000 degrees per second by FS_G. */
    private double gyrRadps() {
        return Lsm6.GYR_RADPS / (1 << (3 - ((register(Lsm6.CTRL2_G) & SCALES) >> 2)));
    }
}
