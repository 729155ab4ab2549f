package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.Lsm6;
import dev.entrain.protocol.imu.Lsm6dsoxQueue;
import dev.entrain.protocol.imu.ReadingSink;
import dev.entrain.time.NanoClock;

/** ST LSM6DSOX: tagged queue, time stamps of its own. */
final class Lsm6dsoxDriver implements ImuDriver {
    private static final int STAMP_EACH = 0x40;
    private static final int QUEUE_ON = STAMP_EACH | Lsm6.FIFO_CONTINUOUS;
    private static final int BURST_WORDS = BURST_BYTES / Lsm6dsoxQueue.WORD_BYTES;

    private final ChipRegisters registers;
    private final byte[] bytes = new byte[BURST_BYTES];
    private Lsm6dsoxQueue queue = new Lsm6dsoxQueue(Lsm6.TICKS_PER_SECOND, 1);
    private double rateHz;
    private double ticksPerSecond;
    private boolean overran;

    Lsm6dsoxDriver(ChipRegisters registers) {
        this.registers = registers;
    }

    @Override
    public void start(double wantedHz) throws I2cException {
        Lsm6Reset.reset(registers);
        int code = Lsm6.rateCode(wantedHz);
        rateHz = Lsm6.rateHz(code);
        ticksPerSecond = Lsm6.ticksPerSecond(registers.read(Lsm6.DSOX_INTERNAL_FREQ_FINE));
        registers.set(Lsm6.CTRL3_C, Lsm6Reset.BLOCKS_COUNTING_UP);
        registers.set(Lsm6.CTRL5_C, 0);
        registers.set(Lsm6.DSOX_FIFO_CTRL4, 0);
        registers.set(0x07, 0);
        registers.set(0x08, 0);
        registers.set(Lsm6.DSOX_FIFO_CTRL3, (code << 4) | code);
        registers.set(Lsm6.CTRL1_XL, (code << 4) | Lsm6.ACC_16_G);
        registers.set(Lsm6.CTRL2_G, (code << 4) | Lsm6.GYR_2000_DPS);
        registers.set(Lsm6.CTRL10_C, Lsm6Reset.TIME_STAMPS);
        registers.set(Lsm6.DSOX_FIFO_CTRL4, QUEUE_ON);
        queue = new Lsm6dsoxQueue(ticksPerSecond, rateHz);
        overran = false;
    }

    @Override
    public boolean running() throws I2cException {
        return registers.read(Lsm6.WHO_AM_I) == ImuChip.LSM6DSOX.whoValue()
                && registers.read(Lsm6.DSOX_FIFO_CTRL4) == QUEUE_ON;
    }

    @Override
    public double rateHz() {
        return rateHz;
    }

    @Override
    public double ticksPerSecond() {
        return ticksPerSecond;
    }

    @Override
    public int drain(NanoClock time, ReadingSink sink) throws I2cException {
        registers.read(Lsm6.FIFO_STATUS1, bytes, 2);
        long arrivalNs = time.nowNs();
        overran |= Lsm6dsoxQueue.overran(bytes[1]);
        int words = Lsm6dsoxQueue.waiting(bytes[0], bytes[1]);
        for (int left = words; left > 0; left -= BURST_WORDS) {
            int length = Math.min(left, BURST_WORDS) * Lsm6dsoxQueue.WORD_BYTES;
            registers.read(Lsm6.FIFO_DATA_OUT_TAG, bytes, length);
            queue.take(bytes, length, arrivalNs, sink);
        }
        return words * Lsm6dsoxQueue.WORD_BYTES;
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
}
