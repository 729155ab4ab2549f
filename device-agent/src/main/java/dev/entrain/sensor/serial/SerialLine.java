package dev.entrain.sensor.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.entrain.sensor.ByteLine;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A serial line or pseudo-terminal: raw, 8 data bits, no parity, one stop bit, no flow control, locked against other
 * programs, DTR and RTS set. Used by one thread.
 *
 * <p>The path may be a symbolic link, as udev makes them. jSerialComm opens real paths only, so the link is followed at
 * each opening; a line that was plugged in again may be another device. A line whose link no longer leads where it was
 * opened is gone, even if reading it does not fail.
 */
public final class SerialLine implements ByteLine {
    private static final int EACCES = 13;
    private static final int EBUSY = 16;
    private static final int ENOTTY = 25;
    private static final int EISDIR = 21;

    /** Quiet reads between looks at the link; half a second. */
    private static final int QUIET_READS = 5;

    /** A device that left so much unread does not listen. */
    private static final int MOST_WAITING_BYTES = 256;

    private static final Path DEV = Path.of("/dev");
    private static final Path BY_ID = Path.of("/dev/serial/by-id");

    private final Path path;
    private final int baud;
    private @Nullable SerialPort port;
    private @Nullable Path real;
    private int quiet;

    /**
     * Makes a closed line.
     *
     * @param path device file or a link to one
     * @param baud bits per second
     */
    public SerialLine(Path path, int baud) {
        this.path = path;
        this.baud = baud;
    }

    @Override
    public @Nullable String open() {
        close();
        Path target = follow();
        if (target == null) {
            return "there is no such serial line; plug the sensor in, or correct the path (" + present() + ")";
        }
        SerialPort candidate;
        try {
            NativeLibrary.load();
            candidate = SerialPort.getCommPort(target.toString());
        } catch (SerialPortInvalidPortException e) {
            return target + " is not a serial line; correct the path (" + present() + ")";
        } catch (LinkageError e) {
            return "serial lines do not work on this system: " + e.getMessage();
        }
        candidate.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        candidate.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        candidate.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_WAIT_MS, 0);
        if (!candidate.openPort(0)) {
            return refusal(target, candidate.getLastErrorCode());
        }
        // What the system kept from before the opening would look like readings that took seconds to arrive.
        candidate.flushIOBuffers();
        port = candidate;
        real = target;
        quiet = 0;
        return null;
    }

    @Override
    public int read(byte[] into) {
        SerialPort open = port;
        if (open == null) {
            return GONE;
        }
        int count = open.readBytes(into, into.length);
        if (count > 0) {
            quiet = 0;
            return count;
        }
        if (count < 0) {
            return GONE;
        }
        if (++quiet >= QUIET_READS) {
            quiet = 0;
            Path target = follow();
            return target != null && target.equals(real) ? 0 : GONE;
        }
        return 0;
    }

    @Override
    public boolean write(byte[] bytes, int length) {
        SerialPort open = port;
        // A device that takes no more bytes would make the write wait without bound, and readings with it.
        return open != null
                && open.bytesAwaitingWrite() <= MOST_WAITING_BYTES
                && open.writeBytes(bytes, length) == length;
    }

    @Override
    public void close() {
        SerialPort open = port;
        port = null;
        real = null;
        if (open != null) {
            open.closePort();
        }
    }

    private @Nullable Path follow() {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return null;
        }
    }

    private static String refusal(Path target, int error) {
        return switch (error) {
            case EACCES -> "no right to open " + target + "; add the user to group dialout, or install the udev rule";
            case EBUSY -> "another program uses " + target + "; stop it";
            case ENOTTY, EISDIR -> target + " is not a serial line; correct the path (" + present() + ")";
            default -> "cannot open " + target + " (system error " + error + "); unplug it and plug it in again";
        };
    }

    /** What a technician may have meant: the serial lines there are, with names that stay first. */
    private static String present() {
        Set<String> lines = new TreeSet<>();
        collect(lines, BY_ID, "*");
        collect(lines, DEV, "{ttyUSB,ttyACM,ttyAMA,rfcomm,entrain}*");
        return lines.isEmpty() ? "there is none now" : "there are: " + String.join(" ", lines);
    }

    private static void collect(Set<String> lines, Path folder, String glob) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(entry -> lines.add(entry.toString()));
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that vanishes while it is listed, with its line, has nothing more to offer.
            return;
        }
    }
}
