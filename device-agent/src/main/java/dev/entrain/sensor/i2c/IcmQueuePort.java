package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.InvenSense;
import dev.entrain.protocol.imu.InvenSense.Icm;

/** ICM-20948; every method leaves bank 0 chosen. */
final class IcmQueuePort implements QueuePort {
    private static final long START_MS = 100;
    private static final int BANK_2 = 2 << 4;
    private static final int FIFO_RESET_ALL = 0x1f;

    private final ChipRegisters registers;
    private int divider;

    IcmQueuePort(ChipRegisters registers) {
        this.registers = registers;
    }

    @Override
    public void start(double wantedHz) throws I2cException {
        registers.write(Icm.REG_BANK_SEL, 0);
        registers.write(Icm.PWR_MGMT_1, InvenSense.RESET);
        // DS-000189 table 3: start-up of the registers takes up to 100 ms.
        ImuDriver.pause(START_MS);
        registers.set(Icm.PWR_MGMT_1, InvenSense.AWAKE);
        divider = Icm.divider(wantedHz);
        registers.write(Icm.REG_BANK_SEL, BANK_2);
        registers.set(Icm.GYRO_SMPLRT_DIV, divider);
        registers.set(Icm.GYRO_CONFIG_1, Icm.LARGEST_SCALE);
        registers.set(Icm.ACCEL_SMPLRT_DIV_1, 0);
        registers.set(Icm.ACCEL_SMPLRT_DIV_2, divider);
        registers.set(Icm.ACCEL_CONFIG, Icm.LARGEST_SCALE);
        registers.write(Icm.REG_BANK_SEL, 0);
    }

    @Override
    public void restartQueue() throws I2cException {
        registers.set(Icm.FIFO_EN_2, 0);
        registers.write(Icm.FIFO_RST, FIFO_RESET_ALL);
        registers.write(Icm.FIFO_RST, 0);
        registers.read(Icm.INT_STATUS_2);
        registers.set(Icm.USER_CTRL, InvenSense.FIFO_ENABLE);
        registers.set(Icm.FIFO_EN_2, Icm.FIFO_BOTH);
    }

    @Override
    public boolean running() throws I2cException {
        return registers.read(ImuChip.ICM_20948.whoRegister()) == ImuChip.ICM_20948.whoValue()
                && registers.read(Icm.FIFO_EN_2) == Icm.FIFO_BOTH;
    }

    @Override
    public double rateHz() {
        return Icm.rateHz(divider);
    }

    @Override
    public int capacity() {
        return Icm.FIFO_BYTES;
    }

    @Override
    public int waiting() throws I2cException {
        return registers.word(Icm.FIFO_COUNT, false) & 0x1fff;
    }

    @Override
    public boolean overran() throws I2cException {
        return (registers.read(Icm.INT_STATUS_2) & FIFO_RESET_ALL) != 0;
    }

    @Override
    public void read(byte[] into, int length) throws I2cException {
        registers.read(Icm.FIFO_R_W, into, length);
    }

    @Override
    public double temperatureC() throws I2cException {
        return Icm.temperatureC(registers.word(Icm.TEMP_OUT, false));
    }
}
