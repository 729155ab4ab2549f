package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.Lsm6;
import dev.entrain.protocol.imu.Lsm6ds3trcQueue;
import dev.entrain.protocol.imu.ReadingSink;
import dev.entrain.time.NanoClock;

/** ST LSM6DS3TR-C: queue in a fixed pattern, time stamps of its own. */
final class Lsm6ds3trcDriver implements ImuDriver {
    private static final int STAMPS_IN_QUEUE = 0x80;
    private static final int GYR_AND_ACC_EACH = 0x09;
    private static final int FOURTH_SET_EACH = 0x08;
    private static final int FINE_STAMPS = 0x10;
    private static final int STATUS_BYTES = 4;
    private static final int READING_BYTES = 2 * Lsm6ds3trcQueue.PATTERN_WORDS;
    private static final int BURST_READINGS = BURST_BYTES / READING_BYTES;

    private final ChipRegisters registers;
    private final byte[] bytes = new byte[BURST_BYTES];
    private Lsm6ds3trcQueue queue = new Lsm6ds3trcQueue(1);
    private int code;
    private boolean overran;

    Lsm6ds3trcDriver(ChipRegisters registers) {
        this.registers = registers;
    }

    @Override
    public void start(double wantedHz) throws I2cException {
        Lsm6Reset.reset(registers);
        code = Lsm6.rateCode(wantedHz);
        registers.set(Lsm6.CTRL3_C, Lsm6Reset.BLOCKS_COUNTING_UP);
        registers.set(Lsm6.CTRL5_C, 0);
        registers.set(Lsm6.TRC_FIFO_CTRL5, 0);
        registers.set(Lsm6.TRC_FIFO_CTRL2, STAMPS_IN_QUEUE);
        registers.set(Lsm6.TRC_FIFO_CTRL3, GYR_AND_ACC_EACH);
        registers.set(Lsm6.TRC_FIFO_CTRL4, FOURTH_SET_EACH);
        registers.set(Lsm6.TRC_WAKE_UP_DUR, FINE_STAMPS);
        registers.set(Lsm6.CTRL10_C, Lsm6Reset.TIME_STAMPS);
        registers.set(Lsm6.CTRL1_XL, (code << 4) | Lsm6.ACC_16_G);
        registers.set(Lsm6.CTRL2_G, (code << 4) | Lsm6.GYR_2000_DPS);
        registers.set(Lsm6.TRC_FIFO_CTRL5, queueOn());
        queue = new Lsm6ds3trcQueue(rateHz());
        overran = false;
    }

    @Override
    public boolean running() throws I2cException {
        return registers.read(Lsm6.WHO_AM_I) == ImuChip.LSM6DS3TR_C.whoValue()
                && registers.read(Lsm6.TRC_FIFO_CTRL5) == queueOn();
    }

    @Override
    public double rateHz() {
        return Lsm6.rateHz(code);
    }

    @Override
    public double ticksPerSecond() {
        return Lsm6.TICKS_PER_SECOND;
    }

    @Override
    public int drain(NanoClock time, ReadingSink sink) throws I2cException {
        registers.read(Lsm6.FIFO_STATUS1, bytes, STATUS_BYTES);
        long arrivalNs = time.nowNs();
        boolean full = Lsm6ds3trcQueue.overran(bytes[1]);
        overran |= full;
        int words = full ? Lsm6ds3trcQueue.WORDS - 1 : Lsm6ds3trcQueue.waiting(bytes[0], bytes[1]);
        int inPattern = Lsm6ds3trcQueue.inPattern(bytes[2], bytes[3]);
        if (inPattern != 0) {
            // A transfer broke off, or the queue ran over: what is left of that reading is thrown away.
            int skip = Math.min(Lsm6ds3trcQueue.PATTERN_WORDS - inPattern, words);
            registers.read(Lsm6.FIFO_DATA_OUT_L, bytes, 2 * skip);
            words -= skip;
        }
        int readings = words / Lsm6ds3trcQueue.PATTERN_WORDS;
        for (int left = readings; left > 0; left -= BURST_READINGS) {
            int length = Math.min(left, BURST_READINGS) * READING_BYTES;
            registers.read(Lsm6.FIFO_DATA_OUT_L, bytes, length);
            queue.take(bytes, length, arrivalNs, sink);
        }
        return readings * READING_BYTES;
    }

    @Override
    public boolean overran() {
        boolean did = overran;
        overran = false;
        return did;
    }

    @Override
    public boolean timeLost() {
        return false;
    }

    @Override
    public double temperatureC() throws I2cException {
        return Lsm6.temperatureC(registers.word(Lsm6.OUT_TEMP, true));
    }

    private int queueOn() {
        return (code << 3) | Lsm6.FIFO_CONTINUOUS;
    }
}
