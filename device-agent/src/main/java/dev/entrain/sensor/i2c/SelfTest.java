package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cBus;
import dev.entrain.bus.I2cBuses;
import dev.entrain.bus.I2cException;
import dev.entrain.health.Counters;
import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.sensor.I2cConfig;

/**
 * Lets a chip move its own measuring parts and looks whether it feels it, as its maker describes. For provisioning and
 * doctor, while no {@link I2cSensor} uses the chip; takes about a second; afterwards the chip is as after a reset.
 */
public final class SelfTest {
    private SelfTest() {}

    /**
     * What came of it.
     *
     * @param passed whether every axis answered within its maker's limits
     * @param sentence for a technician: the answers, or what is wrong and what to do
     */
    public record Result(boolean passed, String sentence) {}

    /**
     * Tests a chip on a foot at rest. Never throws: what the bus refuses is a result.
     *
     * @param buses where its bus is opened
     * @param config which chip, where
     */
    public static Result run(I2cBuses buses, I2cConfig config) {
        try (I2cBus bus = buses.open(config.port())) {
            ImuChip chip = I2cScan.identify(bus, config.address());
            if (chip == null) {
                return new Result(false, config.place() + ": something answers, but no sensor that is known here");
            }
            ChipRegisters registers = new ChipRegisters(bus, config.address(), new Counters());
            return switch (chip) {
                case LSM6DSOX, LSM6DS3TR_C -> new Lsm6SelfTest(chip, registers).run();
                case ICM_20948, MPU_6050, MPU_6500 -> new InvenSenseSelfTest(chip, registers).run();
            };
        } catch (I2cException e) {
            return new Result(false, String.valueOf(e.getMessage()));
        }
    }
}
