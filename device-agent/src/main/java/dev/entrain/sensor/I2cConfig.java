package dev.entrain.sensor;

import dev.entrain.protocol.imu.ImuChip;
import dev.entrain.sample.Foot;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A foot's sensor as a chip on an I2C bus. A chip does not know its foot, so the configuration says it.
 *
 * @param port device file of the bus, such as /dev/i2c-1; may be a symbolic link, which is followed anew at each opening
 * @param address of the chip on the bus, 7 bits, {@value #MIN_ADDRESS} to {@value #MAX_ADDRESS}
 * @param chip which chip it must be, or null for whichever answers
 * @param foot foot it is worn on
 * @param rateHz wanted rate of readings, {@value #MIN_RATE_HZ} to {@value #MAX_RATE_HZ}; the chip's nearest is taken
 */
public record I2cConfig(Path port, int address, @Nullable ImuChip chip, Foot foot, double rateHz)
        implements SensorConfig {
    /** Least address that is not reserved (I2C-bus specification, UM10204, table 4). */
    public static final int MIN_ADDRESS = 0x08;

    /** Greatest address that is not reserved. */
    public static final int MAX_ADDRESS = 0x77;

    /** Least rate; a heel strike lasts some 20 ms. */
    public static final double MIN_RATE_HZ = 50;

    /** Greatest rate; two chips at more would fill a bus of 400 kbit/s by half. */
    public static final double MAX_RATE_HZ = 420;

    /** Rate when none is written: a step of all chips, and enough. */
    public static final double DEFAULT_RATE_HZ = 208;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with a sentence for a technician
     */
    public I2cConfig {
        if (address < MIN_ADDRESS || address > MAX_ADDRESS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "address of the chip on %s must be 0x08 to 0x77, not 0x%02x", port, address));
        }
        if (!(rateHz >= MIN_RATE_HZ && rateHz <= MAX_RATE_HZ)) {
            throw new IllegalArgumentException("rate of the chip on " + port + " must be " + MIN_RATE_HZ + " to "
                    + MAX_RATE_HZ + " Hz, not " + rateHz);
        }
    }

    @Override
    public String place() {
        return String.format(Locale.ROOT, "%s 0x%02x", port, address);
    }
}
