package dev.entrain.protocol.imu;

/**
 * Registers of InvenSense's chips: MPU-6050 (RM-MPU-6000A rev. 4.2), MPU-6500 (RM-MPU-6500A rev. 2.1) and ICM-20948
 * (DS-000189 rev. 1.3, section 8; its registers are in four banks). Words are high byte first.
 */
public final class InvenSense {
    /** m/s2 a step at 16 g: 2048 a g (RM-MPU-6000A section 4.17; DS-000189 table 2). */
    public static final double ACC_MPS2 = ImuQueue.G_MPS2 / 2048;

    /** rad/s a step at 2000 degrees per second: 16.4 a degree per second (section 4.19; DS-000189 table 1). */
    public static final double GYR_RADPS = Math.toRadians(1 / 16.4);

    /** Reset (bit 7), sleep (bit 6), clock source (bits 2-0) of PWR_MGMT_1, in either family. */
    public static final int RESET = 0x80;

    /** PWR_MGMT_1: awake, on the gyroscope's oscillator where it is ready. */
    public static final int AWAKE = 0x01;

    /** USER_CTRL: the queue takes readings. */
    public static final int FIFO_ENABLE = 0x40;

    private InvenSense() {}

    /** Registers of MPU-6050 and MPU-6500. */
    public static final class Mpu {
        /** Rate of readings is 1 kHz / (1 + this). */
        public static final int SMPLRT_DIV = 0x19;

        /** Low-pass filter of the gyroscope (and of the MPU-6050's accelerometer). */
        public static final int CONFIG = 0x1a;

        /** Self-test (bits 7-5), full scale of the gyroscope (bits 4-3). */
        public static final int GYRO_CONFIG = 0x1b;

        /** Self-test (bits 7-5), full scale of the accelerometer (bits 4-3). */
        public static final int ACCEL_CONFIG = 0x1c;

        /** MPU-6500: low-pass filter of the accelerometer. */
        public static final int ACCEL_CONFIG_2 = 0x1d;

        /** What goes into the queue. */
        public static final int FIFO_EN = 0x23;

        /** Accelerometer and gyroscope into the queue. */
        public static final int FIFO_BOTH = 0x78;

        /** The queue ran over (bit 4); reading clears it. */
        public static final int INT_STATUS = 0x3a;

        /** See {@link #INT_STATUS}. */
        public static final int FIFO_OVERFLOW = 0x10;

        /** Accelerometer x, y, z, temperature, gyroscope x, y, z: 14 bytes. */
        public static final int ACCEL_XOUT = 0x3b;

        /** Temperature, 2 bytes. */
        public static final int TEMP_OUT = 0x41;

        /** Queue on (bit 6), queue reset (bit 2). */
        public static final int USER_CTRL = 0x6a;

        /** See {@link #USER_CTRL}. */
        public static final int FIFO_RESET = 0x04;

        /** See {@link InvenSense#RESET}. */
        public static final int PWR_MGMT_1 = 0x6b;

        /** Bytes in the queue, 2 bytes. */
        public static final int FIFO_COUNT = 0x72;

        /** The queue; the register does not count up. */
        public static final int FIFO_R_W = 0x74;

        /** Full scale of 2000 degrees per second and of 16 g. */
        public static final int LARGEST_SCALE = 0x18;

        /** Low-pass filters of about 94 Hz. */
        public static final int FILTER = 2;

        private static final double BASE_HZ = 1000;

        private Mpu() {}

        /** Returns the divider of the nearest rate, 0 to 255. */
        public static int divider(double wantedHz) {
            return Math.clamp(Math.round(BASE_HZ / wantedHz) - 1, 0, 255);
        }

        /** Returns the rate of a divider, Hz. */
        public static double rateHz(int divider) {
            return BASE_HZ / (1 + divider);
        }

        /** Returns bytes the queue holds: 1024 (MPU-6050) or 512 (MPU-6500). */
        public static int fifoBytes(ImuChip chip) {
            return chip == ImuChip.MPU_6050 ? 1024 : 512;
        }

        /** Returns degrees Celsius (RM-MPU-6000A section 4.18; RM-MPU-6500A section 4.23). */
        public static double temperatureC(ImuChip chip, int raw) {
            return chip == ImuChip.MPU_6050 ? (short) raw / 340.0 + 36.53 : (short) raw / 333.87 + 21;
        }
    }

    /** Registers of the ICM-20948, by bank. */
    public static final class Icm {
        /** Any bank: which bank the others are in, bits 5-4. */
        public static final int REG_BANK_SEL = 0x7f;

        /** Bank 0: queue on (bit 6). */
        public static final int USER_CTRL = 0x03;

        /** Bank 0, see {@link InvenSense#RESET}. */
        public static final int PWR_MGMT_1 = 0x06;

        /** Bank 0: the queue ran over (bits 4-0); reading clears it. */
        public static final int INT_STATUS_2 = 0x1b;

        /** Bank 0: accelerometer x, y, z, gyroscope x, y, z: 12 bytes. */
        public static final int ACCEL_XOUT = 0x2d;

        /** Bank 0: temperature, 2 bytes. */
        public static final int TEMP_OUT = 0x39;

        /** Bank 0: what goes into the queue. */
        public static final int FIFO_EN_2 = 0x67;

        /** Accelerometer (bit 4) and gyroscope (bits 3-1) into the queue. */
        public static final int FIFO_BOTH = 0x1e;

        /** Bank 0: reset of the queue while bits 4-0 are set. */
        public static final int FIFO_RST = 0x68;

        /** Bank 0: bytes in the queue, 2 bytes. */
        public static final int FIFO_COUNT = 0x70;

        /** Bank 0: the queue; the register does not count up. */
        public static final int FIFO_R_W = 0x72;

        /** Bank 2: rate of the gyroscope is 1125 Hz / (1 + this). */
        public static final int GYRO_SMPLRT_DIV = 0x00;

        /** Bank 2: filter (bits 5-3), full scale (bits 2-1), filter on (bit 0) of the gyroscope. */
        public static final int GYRO_CONFIG_1 = 0x01;

        /** Bank 2: self-test of the gyroscope (bits 5-3). */
        public static final int GYRO_CONFIG_2 = 0x02;

        /** Bank 2: high bits of the accelerometer's divider. */
        public static final int ACCEL_SMPLRT_DIV_1 = 0x10;

        /** Bank 2: low bits of the accelerometer's divider. */
        public static final int ACCEL_SMPLRT_DIV_2 = 0x11;

        /** Bank 2: as {@link #GYRO_CONFIG_1}, of the accelerometer. */
        public static final int ACCEL_CONFIG = 0x14;

        /** Bank 2: self-test of the accelerometer (bits 4-2). */
        public static final int ACCEL_CONFIG_2 = 0x15;

        /** Filter 2 (119.5 Hz, 111.4 Hz), 2000 degrees per second or 16 g, filter on. */
        public static final int LARGEST_SCALE = 0x17;

        /** Bytes the queue holds. */
        public static final int FIFO_BYTES = 512;

        private static final double BASE_HZ = 1125;

        private Icm() {}

        /** Returns the divider of the nearest rate, 0 to 255. */
        public static int divider(double wantedHz) {
            return Math.clamp(Math.round(BASE_HZ / wantedHz) - 1, 0, 255);
        }

        /** Returns the rate of a divider, Hz. */
        public static double rateHz(int divider) {
            return BASE_HZ / (1 + divider);
        }

        /** Returns degrees Celsius (DS-000189 section 8.29 and table 5). */
        public static double temperatureC(int raw) {
            return (short) raw / 333.87 + 21;
        }
    }
}
