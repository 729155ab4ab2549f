package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;
import dev.entrain.health.Counters;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.protocol.imu.ReadingSink;
import dev.entrain.time.NanoClock;
import java.util.concurrent.locks.LockSupport;

/** How one kind of chip is set and its queue emptied. Used by one thread; emptying allocates nothing. */
interface ImuDriver {
    /** Longest a chip takes to reset itself: this many looks, {@value #RESET_LOOK_MS} ms apart. */
    int RESET_LOOKS = 20;

    /** See {@link #RESET_LOOKS}. */
    long RESET_LOOK_MS = 5;

    /** Most bytes of a queue in one transfer, so that the other foot's chip need not wait: 8 ms at 400 kbit/s. */
    int BURST_BYTES = 336;

    /** Makes the driver of a chip. */
    static ImuDriver of(ImuChip chip, ChipRegisters registers, Counters counters) {
        return switch (chip) {
            case LSM6DSOX -> new Lsm6dsoxDriver(registers);
            case LSM6DS3TR_C -> new Lsm6ds3trcDriver(registers);
            case ICM_20948 -> new CountedDriver(new IcmQueuePort(registers), counters);
            case MPU_6050, MPU_6500 -> new CountedDriver(new MpuQueuePort(chip, registers), counters);
        };
    }

    /**
     * Resets the chip, sets rate and largest full scales, reads them back and lets its queue fill. Takes up to 0.3 s.
     *
     * @param wantedHz the chip's nearest rate is set
     */
    void start(double wantedHz) throws I2cException;

    /** Returns whether the chip is there and still set as {@link #start} left it. */
    boolean running() throws I2cException;

    /** Returns the nominal rate that was set, Hz. */
    double rateHz();

    /** Returns the nominal rate of the chip's clock, Hz. */
    double ticksPerSecond();

    /**
     * Empties the queue as far as it was filled when it was asked.
     *
     * @param time read once it said how full it is: by then all of it was there
     * @return bytes read
     */
    int drain(NanoClock time, ReadingSink sink) throws I2cException;

    /** Returns once whether readings were lost in a full queue since the last call. */
    boolean overran();

    /** Returns once whether the chip's time lost its thread since the last call: readings were lost and none knows how many. */
    boolean timeLost();

    /** Returns how warm the chip is, degrees Celsius. */
    double temperatureC() throws I2cException;

    /** Waits so many ms. */
    static void pause(long ms) {
        LockSupport.parkNanos(ms * 1_000_000);
    }
}
