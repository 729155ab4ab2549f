package dev.entrain.bus.pi4j;

import com.pi4j.library.linuxfs.LinuxFile;
import com.pi4j.library.linuxfs.LinuxFile.LinuxFileException;
import dev.entrain.bus.I2cBus;
import dev.entrain.bus.I2cException;
import dev.entrain.bus.I2cException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.tinylog.Logger;

/**
 * One open I2C adapter of the kernel. A transfer is one call of I2C_RDWR (linux/i2c-dev.h): a write and a read with a
 * repeated start between them, which the kernel keeps whole. Thread-safe; a transfer that succeeds allocates nothing.
 */
final class KernelBus {
    private static final long I2C_RDWR = 0x0707;
    private static final short I2C_M_RD = 1;

    // Linux errno; Documentation/i2c/fault-codes.rst says what adapters mean by them.
    private static final int EPERM = 1;
    private static final int ENXIO = 6;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;
    private static final int ENODEV = 19;
    private static final int EOPNOTSUPP = 95;
    private static final int ESHUTDOWN = 108;
    private static final int ETIMEDOUT = 110;
    private static final int EREMOTEIO = 121;

    /** struct i2c_msg: address, flags, length (2 bytes each), padding, pointer. */
    private static final int MESSAGES = 2;

    private static final int POINTER_AT = 8;

    private final Path device;
    private final LinuxFile file;
    private final int messageBytes;
    private final int outAt;
    private final int inAt;
    private final ByteBuffer data;
    private final IntBuffer pointers;
    private int users;
    private boolean closed;
    private volatile boolean gone;

    KernelBus(Path device) throws I2cException {
        this.device = device;
        try {
            file = new LinuxFile(device.toString(), "rw");
        } catch (IOException e) {
            throw new I2cException(Fault.NO_BUS, device + ": can't be opened: " + e.getMessage());
        } catch (LinkageError | IllegalStateException e) {
            throw new I2cException(
                    Fault.OTHER,
                    device + ": Pi4J's native library can't be loaded: " + e + "; install the package again");
        }
        messageBytes = POINTER_AT + LinuxFile.wordSize;
        outAt = MESSAGES * messageBytes;
        inAt = outAt + I2cBus.MAX_BYTES;
        data = ByteBuffer.allocateDirect(inAt + I2cBus.MAX_BYTES).order(ByteOrder.nativeOrder());
        pointers = ByteBuffer.allocateDirect(2 * MESSAGES * Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
    }

    Path device() {
        return device;
    }

    /** Whether the adapter was unplugged: this file will never work again. */
    boolean gone() {
        return gone;
    }

    synchronized void retain() {
        users++;
    }

    /** Returns whether that was the last user; the file is closed then. */
    synchronized boolean release() {
        if (--users > 0) {
            return false;
        }
        closed = true;
        try {
            file.close();
        } catch (IOException e) {
            Logger.debug("{}: {}", device, e.getMessage());
        }
        return true;
    }

    synchronized void transfer(String name, int address, byte[] out, int outLength, byte[] in, int inLength)
            throws I2cException {
        Objects.checkFromIndexSize(0, outLength, Math.min(out.length, I2cBus.MAX_BYTES));
        Objects.checkFromIndexSize(0, inLength, Math.min(in.length, I2cBus.MAX_BYTES));
        if (closed) {
            throw new I2cException(Fault.NO_BUS, name + ": closed");
        }
        data.clear();
        pointers.clear();
        int messages = 0;
        if (outLength > 0) {
            data.put(outAt, out, 0, outLength);
            message(messages++, address, (short) 0, outLength, outAt);
        }
        if (inLength > 0) {
            message(messages++, address, I2C_M_RD, inLength, inAt);
        }
        pointers.flip();
        try {
            file.ioctl(I2C_RDWR, data, pointers);
        } catch (LinuxFileException e) {
            throw fault(name, address, e.getCode());
        } catch (IOException e) {
            throw new I2cException(Fault.OTHER, name + ": " + e.getMessage());
        }
        data.get(inAt, in, 0, inLength);
    }

    private void message(int index, int address, short flags, int length, int bytesAt) {
        int at = index * messageBytes;
        data.putShort(at, (short) address);
        data.putShort(at + 2, flags);
        data.putShort(at + 4, (short) length);
        // The library writes the pointer itself, from the two offsets.
        pointers.put(at + POINTER_AT).put(bytesAt);
    }

    private I2cException fault(String name, int address, int error) {
        String at = String.format(Locale.ROOT, "0x%02x", address);
        return switch (error) {
            case ENXIO, EREMOTEIO ->
                new I2cException(
                        Fault.NO_ANSWER,
                        name + ": nobody answers at " + at + "; check the sensor's plug and its address pin");
            case ETIMEDOUT, EBUSY, EAGAIN ->
                new I2cException(
                        Fault.STUCK,
                        name + ": the bus is stuck (system error " + error
                                + "); a line is held low: unplug one sensor after the other until it works");
            case ENODEV, ESHUTDOWN -> {
                gone = true;
                yield new I2cException(Fault.NO_BUS, name + ": the bus is gone; plug its adapter in again");
            }
            case EPERM, EACCES ->
                new I2cException(Fault.NOT_ALLOWED, name + ": no right to use it; add the user to group i2c");
            case EOPNOTSUPP ->
                new I2cException(Fault.OTHER, name + ": this adapter has no plain I2C transfers; use another bus");
            default ->
                new I2cException(
                        Fault.OTHER,
                        name + ": the transfer with " + at + " failed (system error " + error + "); check the wiring");
        };
    }
}
