package dev.entrain.protocol.imu;

/**
 * What InvenSense's chips answered to their self-test in the factory, and how far they may be from it. Steps are those at
 * 250 degrees per second and at 8 g (MPU-6050) or 2 g (the others).
 */
public final class InvenSenseTrim {
    /** MPU-6050: 4 bytes of codes (RM-MPU-6000A rev. 4.2, section 4.1). */
    public static final int MPU_6050_CODES = 0x0d;

    /** MPU-6500: 3 codes of the gyroscope (RM-MPU-6500A rev. 2.1, section 4.1). */
    public static final int MPU_6500_GYR_CODES = 0x00;

    /** MPU-6500: 3 codes of the accelerometer (section 4.2). */
    public static final int MPU_6500_ACC_CODES = 0x0d;

    /** ICM-20948, bank 1: 3 codes of the gyroscope (DS-000189 rev. 1.3, section 9.1). */
    public static final int ICM_GYR_CODES = 0x02;

    /** ICM-20948, bank 1: 3 codes of the accelerometer (section 9.4). */
    public static final int ICM_ACC_CODES = 0x0e;

    /** Steps of a degree per second at 250 degrees per second. */
    public static final double GYR_STEPS_PER_DPS = 131;

    private static final double MPU_6050_LARGEST_CHANGE = 0.14;
    private static final double LEAST_SHARE = 0.5;
    private static final double MOST_SHARE = 1.5;
    private static final double LEAST_DPS = 60;
    private static final double LEAST_G = 0.225;
    private static final double MOST_G = 0.675;

    private InvenSenseTrim() {}

    /** Returns steps of a g at the scale the self-test is made with. */
    public static double accStepsPerG(ImuChip chip) {
        return chip == ImuChip.MPU_6050 ? 4096 : 16_384;
    }

    /** Returns the MPU-6050's codes (0 to 31): accelerometer x, y, z, gyroscope x, y, z. */
    public static int[] codes(byte[] registers) {
        int[] codes = new int[6];
        for (int axis = 0; axis < 3; axis++) {
            codes[axis] = ((registers[axis] & 0xe0) >> 3) | ((registers[3] >> (4 - 2 * axis)) & 0x03);
            codes[3 + axis] = registers[axis] & 0x1f;
        }
        return codes;
    }

    /** Returns the accelerometer's answer in the factory, steps; 0 if the chip does not remember it. */
    public static double accTrim(ImuChip chip, int code) {
        if (code == 0) {
            return 0;
        }
        return chip == ImuChip.MPU_6050 ? 4096 * 0.34 * Math.pow(0.92 / 0.34, (code - 1) / 30.0) : otp(code);
    }

    /** Returns the gyroscope's answer in the factory, steps without sign; 0 if the chip does not remember it. */
    public static double gyrTrim(ImuChip chip, int code) {
        if (code == 0) {
            return 0;
        }
        return chip == ImuChip.MPU_6050 ? 25 * GYR_STEPS_PER_DPS * Math.pow(1.046, code - 1) : otp(code);
    }

    /** Returns whether an answer of the accelerometer, steps without sign, is as it should be. */
    public static boolean accPasses(ImuChip chip, int code, double steps) {
        double trim = accTrim(chip, code);
        if (trim == 0) {
            double g = steps / accStepsPerG(chip);
            return g >= LEAST_G && g <= MOST_G;
        }
        return chip == ImuChip.MPU_6050
                ? Math.abs(steps / trim - 1) <= MPU_6050_LARGEST_CHANGE
                : steps / trim > LEAST_SHARE && steps / trim < MOST_SHARE;
    }

    /** Returns whether an answer of the gyroscope, steps without sign, is as it should be. */
    public static boolean gyrPasses(ImuChip chip, int code, double steps) {
        double trim = gyrTrim(chip, code);
        if (trim == 0) {
            return steps / GYR_STEPS_PER_DPS >= LEAST_DPS;
        }
        return chip == ImuChip.MPU_6050
                ? Math.abs(steps / trim - 1) <= MPU_6050_LARGEST_CHANGE
                : steps / trim > LEAST_SHARE;
    }

    /** AN-MPU-9250A-03, at the smallest full scales. */
    private static double otp(int code) {
        return 2620 * Math.pow(1.01, code - 1);
    }
}
