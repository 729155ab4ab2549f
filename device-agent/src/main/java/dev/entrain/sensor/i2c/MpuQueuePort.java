package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.InvenSense;
import dev.entrain.protocol.imu.InvenSense.Mpu;

/** MPU-6050 and MPU-6500. */
final class MpuQueuePort implements QueuePort {
    private static final long START_MS = 100;

    private final ImuChip chip;
    private final ChipRegisters registers;
    private int divider;

    MpuQueuePort(ImuChip chip, ChipRegisters registers) {
        this.chip = chip;
        this.registers = registers;
    }

    @Override
    public void start(double wantedHz) throws I2cException {
        registers.write(Mpu.PWR_MGMT_1, InvenSense.RESET);
        // RM-MPU-6000A section 4.28; the chip does not answer for a while.
        ImuDriver.pause(START_MS);
        registers.set(Mpu.PWR_MGMT_1, InvenSense.AWAKE);
        divider = Mpu.divider(wantedHz);
        registers.set(Mpu.CONFIG, Mpu.FILTER);
        if (chip == ImuChip.MPU_6500) {
            registers.set(Mpu.ACCEL_CONFIG_2, Mpu.FILTER);
        }
        registers.set(Mpu.SMPLRT_DIV, divider);
        registers.set(Mpu.GYRO_CONFIG, Mpu.LARGEST_SCALE);
        registers.set(Mpu.ACCEL_CONFIG, Mpu.LARGEST_SCALE);
    }

    @Override
    public void restartQueue() throws I2cException {
        registers.set(Mpu.FIFO_EN, 0);
        registers.set(Mpu.USER_CTRL, 0);
        registers.write(Mpu.USER_CTRL, Mpu.FIFO_RESET);
        registers.read(Mpu.INT_STATUS);
        registers.set(Mpu.USER_CTRL, InvenSense.FIFO_ENABLE);
        registers.set(Mpu.FIFO_EN, Mpu.FIFO_BOTH);
    }

    @Override
    public boolean running() throws I2cException {
        return registers.read(chip.whoRegister()) == chip.whoValue()
                && registers.read(Mpu.FIFO_EN) == Mpu.FIFO_BOTH
                && registers.read(Mpu.GYRO_CONFIG) == Mpu.LARGEST_SCALE;
    }

    @Override
    public double rateHz() {
        return Mpu.rateHz(divider);
    }

    @Override
    public int capacity() {
        return Mpu.fifoBytes(chip);
    }

    @Override
    public int waiting() throws I2cException {
        return registers.word(Mpu.FIFO_COUNT, false);
    }

    @Override
    public boolean overran() throws I2cException {
        return (registers.read(Mpu.INT_STATUS) & Mpu.FIFO_OVERFLOW) != 0;
    }

    @Override
    public void read(byte[] into, int length) throws I2cException {
        registers.read(Mpu.FIFO_R_W, into, length);
    }

    @Override
    public double temperatureC() throws I2cException {
        return Mpu.temperatureC(chip, registers.word(Mpu.TEMP_OUT, false));
    }
}
