package dev.entrain.protocol.imu;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The motion sensors that are known, by the register that says who they are. All hold a three-axis gyroscope of 2000
 * degrees per second, a three-axis accelerometer of 16 g and a queue.
 */
public enum ImuChip {
    /** ST LSM6DSOX (DS12814 rev. 4, section 9.12). */
    LSM6DSOX(0x0f, 0x6c, 0x6a),
    /** ST LSM6DS3TR-C (DS12232 rev. 3, section 9.12). */
    LSM6DS3TR_C(0x0f, 0x6a, 0x6a),
    /** TDK ICM-20948 (DS-000189 rev. 1.3, section 8.1). */
    ICM_20948(0x00, 0xea, 0x68),
    /** InvenSense MPU-6050 (RM-MPU-6000A rev. 4.2, section 4.32). */
    MPU_6050(0x75, 0x68, 0x68),
    /** InvenSense MPU-6500 (RM-MPU-6500A rev. 2.1, section 4.45). */
    MPU_6500(0x75, 0x70, 0x68);

    private final int whoRegister;
    private final int whoValue;
    private final int firstAddress;

    ImuChip(int whoRegister, int whoValue, int firstAddress) {
        this.whoRegister = whoRegister;
        this.whoValue = whoValue;
        this.firstAddress = firstAddress;
    }

    /** Returns the register that says who the chip is, 0 to 0x7f. */
    public int whoRegister() {
        return whoRegister;
    }

    /** Returns what that register holds, 0 to 0xff. */
    public int whoValue() {
        return whoValue;
    }

    /** Returns the chip's 7-bit address with its address pin (SA0, AD0) low; with the pin high it is one more. */
    public int firstAddress() {
        return firstAddress;
    }

    /** Returns how configurations and people spell it, such as "lsm6ds3tr-c". */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the chip of that spelling, or null if there is none. */
    public static @Nullable ImuChip of(String word) {
        for (ImuChip chip : values()) {
            if (chip.word().equals(word)) {
                return chip;
            }
        }
        return null;
    }
}
