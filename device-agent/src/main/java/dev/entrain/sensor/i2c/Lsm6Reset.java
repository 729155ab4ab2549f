package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;
import dev.entrain.bus.I2cException.Fault;
import dev.entrain.protocol.imu.Lsm6;

/** What both LSM6 have alike when they are set. */
final class Lsm6Reset {
    /** CTRL3_C: both bytes of a value belong together (BDU), registers count up in a transfer (IF_INC). */
    static final int BLOCKS_COUNTING_UP = 0x44;

    /** CTRL10_C: the time stamp counts. */
    static final int TIME_STAMPS = 0x20;

    private static final int SOFTWARE_RESET = 0x01;

    private Lsm6Reset() {}

    /** Resets the chip; every register is then as at power-on. */
    static void reset(ChipRegisters registers) throws I2cException {
        registers.write(Lsm6.CTRL3_C, SOFTWARE_RESET);
        for (int look = 0; look < ImuDriver.RESET_LOOKS; look++) {
            if ((registers.read(Lsm6.CTRL3_C) & SOFTWARE_RESET) == 0) {
                return;
            }
            ImuDriver.pause(ImuDriver.RESET_LOOK_MS);
        }
        throw new I2cException(
                Fault.OTHER, registers.place() + ": the chip does not end its reset; switch its power off and on");
    }
}
