package dev.entrain.device;

import dev.entrain.bus.I2cBus;
import dev.entrain.bus.I2cBuses;
import dev.entrain.bus.I2cException;
import dev.entrain.protocol.gauge.Max17048;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The MAX17048 fuel gauge on an I2C bus. One that is missing is a state, not an error: each reading tries once more. Tells the
 * gauge at which charge to pull its alert pin, for boards that have it wired. Not thread-safe.
 */
public final class BatteryGauge implements AutoCloseable {
    private final I2cBuses buses;
    private final Path device;
    private final int alertPct;
    private final byte[] out = new byte[1 + Max17048.REGISTER_BYTES];
    private final byte[] in = new byte[Max17048.REGISTER_BYTES];
    private @Nullable I2cBus bus;
    private String trouble = "";

    /**
     * Makes it; {@link #read} opens.
     *
     * @param device the bus, such as /dev/i2c-1
     * @param alertPct charge at which the gauge's own alert pin falls, 1 to 32 %
     */
    public BatteryGauge(I2cBuses buses, Path device, int alertPct) {
        this.buses = buses;
        this.device = device;
        this.alertPct = alertPct;
    }

    /** Reads the gauge once; null while it does not answer, and {@link #trouble} says why. Blocks for some ms at most. */
    public @Nullable BatteryReading read() {
        try {
            I2cBus open = open();
            BatteryReading reading = new BatteryReading(
                    Max17048.chargePct(register(open, Max17048.SOC)),
                    Max17048.volts(register(open, Max17048.VCELL)),
                    Max17048.ratePctPerHour(register(open, Max17048.CRATE)));
            trouble = "";
            return reading;
        } catch (I2cException e) {
            trouble = "The battery's fuel gauge on " + device + " does not answer: " + e.getMessage();
            close();
            return null;
        }
    }

    /** Returns why there is no reading; empty after a good one. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        if (bus != null) {
            bus.close();
        }
        bus = null;
    }

    private I2cBus open() throws I2cException {
        I2cBus open = bus;
        if (open == null) {
            open = buses.open(device);
            bus = open;
            int version = register(open, Max17048.VERSION);
            if (!Max17048.knownVersion(version)) {
                throw new I2cException(
                        I2cException.Fault.OTHER,
                        String.format(
                                "what is at address 0x%02x is no MAX17048 (version %04x); check the board",
                                Max17048.ADDRESS, version));
            }
            int config = register(open, Max17048.CONFIG);
            if (Max17048.alertPct(config) != alertPct || Max17048.alerted(config)) {
                write(open, Max17048.CONFIG, Max17048.withAlert(config, alertPct));
            }
        }
        return open;
    }

    private int register(I2cBus open, int address) throws I2cException {
        out[0] = (byte) address;
        open.transfer(Max17048.ADDRESS, out, 1, in, Max17048.REGISTER_BYTES);
        return Max17048.word(in);
    }

    private void write(I2cBus open, int address, int word) throws I2cException {
        out[0] = (byte) address;
        out[1] = (byte) (word >> 8);
        out[2] = (byte) word;
        open.transfer(Max17048.ADDRESS, out, out.length, in, 0);
    }
}
