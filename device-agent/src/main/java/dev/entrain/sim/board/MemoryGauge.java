package dev.entrain.sim.board;

import dev.entrain.bus.I2cBus;
import dev.entrain.bus.I2cBuses;
import dev.entrain.bus.I2cException;
import dev.entrain.protocol.gauge.Max17048;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** A bus with a MAX17048 on it whose cell is set by hand. Thread-safe. */
public final class MemoryGauge implements I2cBuses {
    private static final int REGISTERS = 256;

    private final AtomicIntegerArray registers = new AtomicIntegerArray(REGISTERS);
    private volatile boolean missing;

    /** Makes a gauge as after power-up, of a cell in good state. */
    public MemoryGauge() {
        registers.set(Max17048.VERSION, 0x0012);
        registers.set(Max17048.CONFIG, 0x971C);
        cell(80, 3.95, -8);
    }

    /**
     * Sets the cell.
     *
     * @param chargePct charge, %
     * @param volts voltage, V
     * @param ratePctPerHour change of charge, % an hour
     */
    public void cell(double chargePct, double volts, double ratePctPerHour) {
        registers.set(Max17048.SOC, (int) Math.round(chargePct * 256) & 0xFFFF);
        registers.set(Max17048.VCELL, (int) Math.round(volts / 78.125e-6) & 0xFFFF);
        registers.set(Max17048.CRATE, (int) Math.round(ratePctPerHour / 0.208) & 0xFFFF);
    }

    /** Takes the chip off the bus, or puts it back. */
    public void missing(boolean away) {
        missing = away;
    }

    /** Sets a register as a broken chip would. */
    public void set(int register, int word) {
        registers.set(register, word);
    }

    /** Returns a register's word. */
    public int get(int register) {
        return registers.get(register);
    }

    @Override
    public I2cBus open(Path device) {
        return new Bus(device.toString());
    }

    private final class Bus implements I2cBus {
        private final String name;

        Bus(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void transfer(int address, byte[] out, int outLength, byte[] in, int inLength) throws I2cException {
            if (missing || address != Max17048.ADDRESS) {
                throw new I2cException(
                        I2cException.Fault.NO_ANSWER,
                        name + ": nobody answers at address 0x" + Integer.toHexString(address) + "; check the wires");
            }
            int register = out[0] & 0xFF;
            if (outLength == 1 + Max17048.REGISTER_BYTES) {
                registers.set(register, ((out[1] & 0xFF) << 8) | (out[2] & 0xFF));
            }
            for (int i = 0; i < inLength; i++) {
                in[i] = (byte) (registers.get(register) >> (i % 2 == 0 ? 8 : 0));
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
