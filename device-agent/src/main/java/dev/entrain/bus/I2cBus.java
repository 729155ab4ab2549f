package dev.entrain.bus;

/**
 * One I2C bus. May be used by several threads; a transfer is one whole and waits for the transfer before it. Not
 * realtime-safe: 14 bytes take about 0.4 ms at 400 kbit/s.
 */
public interface I2cBus extends AutoCloseable {
    /** Greatest number of bytes either way in one transfer; what the kernel's interface takes at once. */
    int MAX_BYTES = 8192;

    /** Returns the bus as a technician knows it, such as "/dev/i2c-1". */
    String name();

    /**
     * Writes, then reads with a repeated start; either may have no bytes, not both.
     *
     * @param address of the chip, 7 bits, 0x08 to 0x77
     * @param out written, from its beginning
     * @param outLength how many bytes of it, 0 to {@value #MAX_BYTES}
     * @param in filled, from its beginning
     * @param inLength how many bytes, 0 to {@value #MAX_BYTES}
     * @throws I2cException with what went wrong on the wire; nothing is repeated here
     */
    void transfer(int address, byte[] out, int outLength, byte[] in, int inLength) throws I2cException;

    @Override
    void close();
}
