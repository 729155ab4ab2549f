package dev.entrain.bus.pi4j;

import dev.entrain.bus.I2cBus;
import dev.entrain.bus.I2cBuses;
import dev.entrain.bus.I2cException;
import dev.entrain.bus.I2cException.Fault;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The kernel's I2C buses through Pi4J's Linux file library. Thread-safe.
 *
 * <p>Pi4J's own I2C provider knows a bus by number only and keeps its file open for as long as the process lives, so that
 * an adapter that was unplugged could never come back; it also makes 2 kB of buffers for each transfer. So the library
 * under the provider is used, which the provider itself stands on: the same native code, one file per bus for as long as
 * anybody has it open.
 */
public final class Pi4jI2cBuses implements I2cBuses {
    private static final Path DEV = Path.of("/dev");

    private final Map<Path, KernelBus> buses = new HashMap<>();

    @Override
    public synchronized I2cBus open(Path device) throws I2cException {
        try {
            ArmNatives.check("I2C sensors", "use sensors on serial lines (port = ...) here");
        } catch (IOException e) {
            throw new I2cException(Fault.OTHER, device + ": " + e.getMessage());
        }
        Path real = real(device);
        KernelBus bus = buses.get(real);
        if (bus == null || bus.gone()) {
            bus = new KernelBus(real);
            buses.put(real, bus);
        }
        return new Share(device.toString(), bus);
    }

    private synchronized void release(KernelBus bus) {
        if (bus.release()) {
            buses.remove(bus.device(), bus);
        }
    }

    private static Path real(Path device) throws I2cException {
        try {
            Path real = device.toRealPath();
            if (!Files.isReadable(real) || !Files.isWritable(real)) {
                throw new I2cException(
                        Fault.NOT_ALLOWED,
                        device + ": no right to open it; add the user to group i2c, or install the udev rule");
            }
            return real;
        } catch (I2cException e) {
            throw e;
        } catch (IOException e) {
            throw new I2cException(
                    Fault.NO_BUS,
                    device
                            + ": there is no such I2C bus; switch I2C on (raspi-config, Interface Options), or correct the"
                            + " path (" + present() + ")");
        }
    }

    private static String present() {
        Set<String> found = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(DEV, "i2c-*")) {
            entries.forEach(entry -> found.add(entry.toString()));
        } catch (IOException | DirectoryIteratorException e) {
            // Without the list the message is still true.
            found.clear();
        }
        return found.isEmpty() ? "there is none now" : "there are: " + String.join(" ", found);
    }

    /** What one user has of a bus. */
    private final class Share implements I2cBus {
        private final String name;
        private final KernelBus bus;
        private boolean closed;

        Share(String name, KernelBus bus) {
            this.name = name;
            this.bus = bus;
            bus.retain();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void transfer(int address, byte[] out, int outLength, byte[] in, int inLength) throws I2cException {
            bus.transfer(name, address, out, outLength, in, inLength);
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                release(bus);
            }
        }
    }
}
