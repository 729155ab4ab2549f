package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cBus;
import dev.entrain.bus.I2cException;
import dev.entrain.bus.I2cException.Fault;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import java.util.Locale;

/**
 * The registers of one chip. A transfer nobody answered is tried up to {@value #TRIES} times; a chip that was not addressed
 * has done nothing, so that a queue loses nothing by it. Every failure is counted. Used by one thread.
 */
final class ChipRegisters {
    /** Times one transfer is tried. */
    static final int TRIES = 3;

    private final int address;
    private final Counters counters;
    private final byte[] out = new byte[2];
    private final byte[] one = new byte[2];
    private I2cBus bus;

    ChipRegisters(I2cBus bus, int address, Counters counters) {
        this.bus = bus;
        this.address = address;
        this.counters = counters;
    }

    /** The bus was opened anew. */
    void use(I2cBus opened) {
        bus = opened;
    }

    /** Returns bus and address, for messages. */
    String place() {
        return String.format(Locale.ROOT, "%s 0x%02x", bus.name(), address);
    }

    void read(int register, byte[] into, int length) throws I2cException {
        out[0] = (byte) register;
        transfer(1, into, length);
    }

    int read(int register) throws I2cException {
        read(register, one, 1);
        return one[0] & 0xff;
    }

    /** Reads 2 bytes, the low one first or the high one. */
    int word(int register, boolean lowFirst) throws I2cException {
        read(register, one, 2);
        int first = one[0] & 0xff;
        int second = one[1] & 0xff;
        return lowFirst ? (second << 8) | first : (first << 8) | second;
    }

    void write(int register, int value) throws I2cException {
        out[0] = (byte) register;
        out[1] = (byte) value;
        transfer(2, one, 0);
    }

    /**
     * Writes a register and reads it back.
     *
     * @throws I2cException also if the chip does not keep it
     */
    void set(int register, int value) throws I2cException {
        write(register, value);
        int kept = read(register);
        if (kept != value) {
            throw new I2cException(
                    Fault.OTHER,
                    String.format(
                            Locale.ROOT,
                            "%s: register 0x%02x was set to 0x%02x but says 0x%02x; the chip is not what it says, or the"
                                    + " wires are bad",
                            place(),
                            register,
                            value,
                            kept));
        }
    }

    private void transfer(int outLength, byte[] in, int inLength) throws I2cException {
        for (int tried = 1; ; tried++) {
            try {
                bus.transfer(address, out, outLength, in, inLength);
                return;
            } catch (I2cException e) {
                counters.increment(Counter.BUS_FAULTS);
                if (e.fault() != Fault.NO_ANSWER || tried == TRIES) {
                    throw e;
                }
            }
        }
    }
}
