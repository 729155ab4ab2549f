package dev.entrain.sim.chip;

import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.InvenSense;
import dev.entrain.protocol.imu.InvenSense.Icm;
import dev.entrain.protocol.imu.InvenSense.Mpu;
import dev.entrain.protocol.imu.InvenSenseTrim;
import dev.entrain.sample.ImuSample;

/** InvenSense's MPU-6050, MPU-6500 or ICM-20948: what the agent uses of them. */
public final class EmulatedInvenSense extends EmulatedChip {
    private static final double CELSIUS = 28;
    private static final int ASLEEP = 0x40;
    private static final int BANK_2 = 2;
    private static final int BANK_REGISTERS = 0x80;
    private static final int TRIM_CODE = 20;

    private final ImuChip chip;
    private final boolean icm;
    private final ByteQueue queue;
    private int bank;

    /**
     * Makes a chip that is switched on.
     *
     * @param chip MPU_6050, MPU_6500 or ICM_20948
     */
    public EmulatedInvenSense(ImuChip chip, Motion motion, ChipClock clock) {
        super(motion, clock);
        this.chip = chip;
        icm = chip == ImuChip.ICM_20948;
        queue = new ByteQueue(icm ? Icm.FIFO_BYTES : Mpu.fifoBytes(chip));
        powerOn();
    }

    @Override
    void onPowerOn() {
        queue.clear();
        bank = 0;
        register(chip.whoRegister(), chip.whoValue());
        register(icm ? Icm.PWR_MGMT_1 : Mpu.PWR_MGMT_1, chip == ImuChip.MPU_6500 ? InvenSense.AWAKE : ASLEEP | 1);
        double steps = chip == ImuChip.MPU_6050 ? (CELSIUS - 36.53) * 340 : (CELSIUS - 21) * 333.87;
        out(icm ? Icm.TEMP_OUT : Mpu.TEMP_OUT, (int) Math.rint(steps));
        if (chip == ImuChip.MPU_6050) {
            for (int axis = 0; axis < 3; axis++) {
                register(InvenSenseTrim.MPU_6050_CODES + axis, ((TRIM_CODE & 0x1c) << 3) | TRIM_CODE);
            }
        } else if (!icm) {
            for (int axis = 0; axis < 3; axis++) {
                register(InvenSenseTrim.MPU_6500_ACC_CODES + axis, TRIM_CODE);
                register(InvenSenseTrim.MPU_6500_GYR_CODES + axis, TRIM_CODE);
            }
        }
    }

    @Override
    double periodS() {
        if ((register(icm ? Icm.PWR_MGMT_1 : Mpu.PWR_MGMT_1) & ASLEEP) != 0) {
            return 0;
        }
        return icm
                ? 1 / Icm.rateHz(register(BANK_REGISTERS + Icm.GYRO_SMPLRT_DIV))
                : 1 / Mpu.rateHz(register(Mpu.SMPLRT_DIV));
    }

    @Override
    boolean reading(ImuSample sample, double atChipS) {
        int acc = icm ? Icm.ACCEL_XOUT : Mpu.ACCEL_XOUT;
        int gyr = icm ? acc + 6 : acc + 8;
        double accStep = InvenSense.ACC_MPS2 / (1 << (3 - accScale()));
        double gyrStep = InvenSense.GYR_RADPS / (1 << (3 - gyrScale()));
        double pushMps2 = accPushed() ? InvenSenseTrim.accTrim(chip, TRIM_CODE) * accStep : 0;
        double pushRadps = gyrPushed() ? InvenSenseTrim.gyrTrim(chip, TRIM_CODE) * gyrStep : 0;
        out(acc, word(sample.axMps2 + pushMps2, accStep));
        out(acc + 2, word(sample.ayMps2 + pushMps2, accStep));
        out(acc + 4, word(sample.azMps2 + pushMps2, accStep));
        out(gyr, word(sample.gxRadps + pushRadps, gyrStep));
        out(gyr + 2, word(sample.gyRadps + pushRadps, gyrStep));
        out(gyr + 4, word(sample.gzRadps + pushRadps, gyrStep));
        boolean on = icm
                ? (register(Icm.USER_CTRL) & InvenSense.FIFO_ENABLE) != 0 && register(Icm.FIFO_EN_2) == Icm.FIFO_BOTH
                : (register(Mpu.USER_CTRL) & InvenSense.FIFO_ENABLE) != 0 && register(Mpu.FIFO_EN) == Mpu.FIFO_BOTH;
        if (on) {
            push(acc);
            push(gyr);
        }
        return on;
    }

    @Override
    void write(int register, int value) {
        if (register == (icm ? Icm.PWR_MGMT_1 : Mpu.PWR_MGMT_1) && bank == 0 && (value & InvenSense.RESET) != 0) {
            powerOn();
        } else if (icm && register == Icm.REG_BANK_SEL) {
            bank = value >> 4;
        } else if (icm && bank != 0) {
            if (bank == BANK_2) {
                register(BANK_REGISTERS + register, value);
            }
        } else if (register != chip.whoRegister()) {
            register(register, value);
            if (icm && register == Icm.FIFO_RST && value != 0) {
                queue.clear();
            } else if (!icm && register == Mpu.USER_CTRL && (value & Mpu.FIFO_RESET) != 0) {
                queue.clear();
                register(register, value & ~Mpu.FIFO_RESET);
            }
        }
    }

    @Override
    int read(int register) {
        if (icm && register == Icm.REG_BANK_SEL) {
            return bank << 4;
        }
        if (icm && bank != 0) {
            return bank == BANK_2 ? register(BANK_REGISTERS + register) : TRIM_CODE;
        }
        int count = icm ? Icm.FIFO_COUNT : Mpu.FIFO_COUNT;
        if (register == count) {
            return queue.size() >> 8;
        }
        if (register == count + 1) {
            return queue.size();
        }
        if (register == (icm ? Icm.FIFO_R_W : Mpu.FIFO_R_W)) {
            return queue.pop();
        }
        if (register == (icm ? Icm.INT_STATUS_2 : Mpu.INT_STATUS)) {
            return queue.overran() ? overrunBit() : 0;
        }
        return register(register);
    }

    @Override
    int next(int register) {
        return register == (icm ? Icm.FIFO_R_W : Mpu.FIFO_R_W) ? register : super.next(register);
    }

    /** Full scale, 0 (smallest) to 3. */
    private int accScale() {
        return icm ? (register(BANK_REGISTERS + Icm.ACCEL_CONFIG) >> 1) & 3 : (register(Mpu.ACCEL_CONFIG) >> 3) & 3;
    }

    private int gyrScale() {
        return icm ? (register(BANK_REGISTERS + Icm.GYRO_CONFIG_1) >> 1) & 3 : (register(Mpu.GYRO_CONFIG) >> 3) & 3;
    }

    private boolean accPushed() {
        return icm
                ? (register(BANK_REGISTERS + Icm.ACCEL_CONFIG_2) & 0x1c) != 0
                : (register(Mpu.ACCEL_CONFIG) & 0xe0) != 0;
    }

    private boolean gyrPushed() {
        return icm
                ? (register(BANK_REGISTERS + Icm.GYRO_CONFIG_2) & 0x38) != 0
                : (register(Mpu.GYRO_CONFIG) & 0xe0) != 0;
    }

    private int overrunBit() {
        return icm ? 0x01 : Mpu.FIFO_OVERFLOW;
    }

    private void push(int from) {
        for (int i = 0; i < 6; i++) {
            queue.push(register(from + i));
        }
    }

    private void out(int register, int value) {
        register(register, value >> 8);
        register(register + 1, value);
    }
}
