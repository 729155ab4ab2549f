package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.ImuQueue;
import dev.entrain.protocol.imu.Lsm6;
import java.util.Locale;

/** ST's procedure (AN5272 rev. 4, section 11; AN5130 rev. 3, section 10), at 4 g and 2000 degrees per second. */
final class Lsm6SelfTest {
    private static final int ACC_52_HZ_4_G = 0x38;
    private static final int GYR_208_HZ_2000_DPS = 0x5c;
    private static final int ACC_PUSHED = 0x01;
    private static final int GYR_PUSHED = 0x04;
    private static final long SETTLE_MS = 100;
    private static final double MG_PER_STEP = Lsm6.ACC_MPS2 / 4 / ImuQueue.G_MPS2 * 1000;
    private static final double DPS_PER_STEP = Math.toDegrees(Lsm6.GYR_RADPS);
    private static final double STILL_MG = 150;
    private static final double STILL_DPS = 20;

    private final ImuChip chip;
    private final ChipRegisters registers;

    Lsm6SelfTest(ImuChip chip, ChipRegisters registers) {
        this.chip = chip;
        this.registers = registers;
    }

    SelfTest.Result run() throws I2cException {
        Lsm6Reset.reset(registers);
        registers.set(Lsm6.CTRL3_C, Lsm6Reset.BLOCKS_COUNTING_UP);
        registers.set(Lsm6.CTRL1_XL, ACC_52_HZ_4_G);
        Averages accBefore = average(Lsm6.OUTX_XL, 0);
        double[] acc = average(Lsm6.OUTX_XL, ACC_PUSHED).differences(accBefore);
        registers.set(Lsm6.CTRL1_XL, 0);
        registers.set(Lsm6.CTRL2_G, GYR_208_HZ_2000_DPS);
        Averages gyrBefore = average(Lsm6.OUTX_G, 0);
        double[] gyr = average(Lsm6.OUTX_G, GYR_PUSHED).differences(gyrBefore);
        Lsm6Reset.reset(registers);
        if (accBefore.spread * MG_PER_STEP > STILL_MG || gyrBefore.spread * DPS_PER_STEP > STILL_DPS) {
            return new SelfTest.Result(
                    false, registers.place() + ": the sensor moved during its self-test; keep it still and try again");
        }
        return judge(acc, gyr);
    }

    private Averages average(int output, int push) throws I2cException {
        registers.set(Lsm6.CTRL5_C, push);
        ImuDriver.pause(SETTLE_MS);
        return Averages.of(registers, output, true);
    }

    private SelfTest.Result judge(double[] acc, double[] gyr) {
        double leastMg = chip == ImuChip.LSM6DSOX ? Lsm6.DSOX_ACC_SELF_TEST_LEAST_MG : Lsm6.TRC_ACC_SELF_TEST_LEAST_MG;
        boolean passed = true;
        for (int axis = 0; axis < 3; axis++) {
            acc[axis] *= MG_PER_STEP;
            gyr[axis] *= DPS_PER_STEP;
            passed &= acc[axis] >= leastMg && acc[axis] <= Lsm6.ACC_SELF_TEST_MOST_MG;
            passed &= gyr[axis] >= Lsm6.GYR_SELF_TEST_LEAST_DPS && gyr[axis] <= Lsm6.GYR_SELF_TEST_MOST_DPS;
        }
        return new SelfTest.Result(
                passed,
                String.format(
                        Locale.ROOT,
                        "%s: self-test of the %s %s: %.0f %.0f %.0f mg (%.0f to %.0f), %.0f %.0f %.0f deg/s (%.0f to %.0f)%s",
                        registers.place(),
                        chip.word(),
                        passed ? "passed" : "failed",
                        acc[0],
                        acc[1],
                        acc[2],
                        leastMg,
                        Lsm6.ACC_SELF_TEST_MOST_MG,
                        gyr[0],
                        gyr[1],
                        gyr[2],
                        Lsm6.GYR_SELF_TEST_LEAST_DPS,
                        Lsm6.GYR_SELF_TEST_MOST_DPS,
                        passed ? "" : "; repeat it at rest, then replace the sensor"));
    }
}
