package dev.entrain.sensor.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Loads jSerialComm's native library without leaving a file behind.
 *
 * <p>By itself jSerialComm 2.11.4 unpacks 48 kB to {@code <tmpdir>/jSerialComm/2.11.4/libjSerialComm.so}, writable for
 * everybody, keeps it there for the next start and loads whatever lies there: one file that does not multiply, but on a
 * machine with other users an open door. So the library is unpacked here into a folder only this user can enter, loaded
 * from there, and removed at once; Linux keeps a mapped file alive without its name. A kill in the few milliseconds
 * between leaves the folder in the temporary directory, which PrivateTmp of the systemd unit removes.
 *
 * <p>Who sets the system property {@value #PATH} (to a folder that holds the library, for systems that forbid running
 * code from temporary directories) is obeyed.
 */
final class NativeLibrary {
    private static final String PATH = "jSerialComm.library.path";
    private static final String FILE = "libjSerialComm.so";

    static {
        String folder = resourceFolder();
        if (System.getProperty(PATH) == null && folder != null) {
            unpackAndLoad(folder);
        }
        // If it is not loaded yet, jSerialComm now looks where it is told to, then in its own places.
        SerialPort.getVersion();
    }

    private NativeLibrary() {}

    /**
     * Loads the library, the first time it is called.
     *
     * @throws LinkageError if the system has no use for it
     */
    static void load() {}

    private static void unpackAndLoad(String folder) {
        try {
            Path dir = Files.createTempDirectory("entrain-serial");
            Path file = dir.resolve(FILE);
            // Asking for the resource by SerialPort's own loader would initialise it before the path is set.
            try (InputStream in = ClassLoader.getSystemResourceAsStream("Linux/" + folder + "/" + FILE)) {
                if (in != null) {
                    Files.copy(in, file);
                    System.setProperty(PATH, dir.toString());
                    SerialPort.getVersion();
                }
            } finally {
                System.clearProperty(PATH);
                Files.deleteIfExists(file);
                Files.deleteIfExists(dir);
            }
        } catch (IOException e) {
            Logger.debug("no room for a native library in the temporary directory: {}", e.getMessage());
        }
    }

    /** Where jSerialComm keeps the library of this system in its jar, or null to leave the choice to it. */
    private static @Nullable String resourceFolder() {
        return switch (System.getProperty("os.name") + " " + System.getProperty("os.arch")) {
            case "Linux amd64" -> "x86_64";
            case "Linux aarch64" -> "armv8_64";
            default -> null;
        };
    }
}
