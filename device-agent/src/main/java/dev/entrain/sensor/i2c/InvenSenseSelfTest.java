package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.InvenSense;
import dev.entrain.protocol.imu.InvenSense.Icm;
import dev.entrain.protocol.imu.InvenSense.Mpu;
import dev.entrain.protocol.imu.InvenSenseTrim;
import java.util.Locale;

/**
 * InvenSense's procedure: the answer of each axis is compared with what it was in the factory, which the chip remembers
 * (RM-MPU-6000A rev. 4.2, section 4.1; AN-MPU-9250A-03 for the MPU-6500's and ICM-20948's kind).
 */
final class InvenSenseSelfTest {
    private static final int ALL_AXES = 0xe0;
    private static final int ICM_GYR_AXES = 0x38;
    private static final int ICM_ACC_AXES = 0x1c;
    private static final int MPU_8_G = 0x10;
    private static final int ICM_SMALLEST_SCALE = 0x11;
    private static final long SETTLE_MS = 100;
    private static final double STILL = 0.2;

    private final ImuChip chip;
    private final boolean icm;
    private final ChipRegisters registers;

    InvenSenseSelfTest(ImuChip chip, ChipRegisters registers) {
        this.chip = chip;
        this.registers = registers;
        icm = chip == ImuChip.ICM_20948;
    }

    SelfTest.Result run() throws I2cException {
        int power = icm ? Icm.PWR_MGMT_1 : Mpu.PWR_MGMT_1;
        bank(0);
        registers.write(power, InvenSense.RESET);
        ImuDriver.pause(SETTLE_MS);
        registers.set(power, InvenSense.AWAKE);
        int[] codes = codes();
        push(false);
        Averages accBefore = average(0);
        Averages gyrBefore = average(icm ? 6 : 8);
        push(true);
        double[] acc = average(0).differences(accBefore);
        double[] gyr = average(icm ? 6 : 8).differences(gyrBefore);
        registers.write(power, InvenSense.RESET);
        ImuDriver.pause(SETTLE_MS);
        boolean moved = accBefore.spread > STILL * InvenSenseTrim.accStepsPerG(chip)
                || gyrBefore.spread > 100 * STILL * InvenSenseTrim.GYR_STEPS_PER_DPS;
        return moved
                ? new SelfTest.Result(
                        false,
                        registers.place() + ": the sensor moved during its self-test; keep it still and try again")
                : judge(codes, acc, gyr);
    }

    /** Codes of accelerometer x, y, z, then gyroscope x, y, z. */
    private int[] codes() throws I2cException {
        byte[] bytes = new byte[4];
        byte[] more = new byte[4];
        if (chip == ImuChip.MPU_6050) {
            registers.read(InvenSenseTrim.MPU_6050_CODES, bytes, 4);
            return InvenSenseTrim.codes(bytes);
        }
        bank(1);
        registers.read(icm ? InvenSenseTrim.ICM_ACC_CODES : InvenSenseTrim.MPU_6500_ACC_CODES, bytes, 3);
        registers.read(icm ? InvenSenseTrim.ICM_GYR_CODES : InvenSenseTrim.MPU_6500_GYR_CODES, more, 3);
        bank(0);
        return new int[] {
            bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff, more[0] & 0xff, more[1] & 0xff, more[2] & 0xff
        };
    }

    private void push(boolean on) throws I2cException {
        if (icm) {
            bank(2);
            registers.set(Icm.GYRO_CONFIG_1, ICM_SMALLEST_SCALE);
            registers.set(Icm.ACCEL_CONFIG, ICM_SMALLEST_SCALE);
            registers.set(Icm.GYRO_CONFIG_2, on ? ICM_GYR_AXES : 0);
            registers.set(Icm.ACCEL_CONFIG_2, on ? ICM_ACC_AXES : 0);
            bank(0);
        } else {
            registers.set(Mpu.CONFIG, Mpu.FILTER);
            registers.set(Mpu.GYRO_CONFIG, on ? ALL_AXES : 0);
            registers.set(Mpu.ACCEL_CONFIG, (on ? ALL_AXES : 0) | (chip == ImuChip.MPU_6050 ? MPU_8_G : 0));
        }
        ImuDriver.pause(SETTLE_MS);
    }

    private Averages average(int offset) throws I2cException {
        return Averages.of(registers, (icm ? Icm.ACCEL_XOUT : Mpu.ACCEL_XOUT) + offset, false);
    }

    private void bank(int bank) throws I2cException {
        if (icm) {
            registers.write(Icm.REG_BANK_SEL, bank << 4);
        }
    }

    private SelfTest.Result judge(int[] codes, double[] acc, double[] gyr) {
        boolean passed = true;
        for (int axis = 0; axis < 3; axis++) {
            passed &= InvenSenseTrim.accPasses(chip, codes[axis], acc[axis]);
            passed &= InvenSenseTrim.gyrPasses(chip, codes[3 + axis], gyr[axis]);
            acc[axis] *= 1000 / InvenSenseTrim.accStepsPerG(chip);
            gyr[axis] /= InvenSenseTrim.GYR_STEPS_PER_DPS;
        }
        return new SelfTest.Result(
                passed,
                String.format(
                        Locale.ROOT,
                        "%s: self-test of the %s %s: %.0f %.0f %.0f mg, %.0f %.0f %.0f deg/s%s",
                        registers.place(),
                        chip.word(),
                        passed ? "passed" : "failed",
                        acc[0],
                        acc[1],
                        acc[2],
                        gyr[0],
                        gyr[1],
                        gyr[2],
                        passed ? "" : ", not what it was in the factory; repeat it at rest, then replace the sensor"));
    }
}
