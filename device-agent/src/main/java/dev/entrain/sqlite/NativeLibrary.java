package dev.entrain.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's own code. Left alone, the driver unpacks 1 MB into the temporary folder at every start, and each kill leaks it
 * there. Here it is unpacked once into the state folder, under the name of its version, and used from there: no launcher or
 * package has to know of it. Whoever ships the library sets {@code org.sqlite.lib.path}, which wins.
 */
public final class NativeLibrary {
    /** Its place in the state folder. */
    public static final String FOLDER = "native";

    private static final String PATH_KEY = "org.sqlite.lib.path";
    private static final String NAME_KEY = "org.sqlite.lib.name";

    private NativeLibrary() {}

    /**
     * Makes sure that the library is there and whole, and points the driver to it. Without effect once it is loaded.
     * Thread-safe.
     *
     * @throws IOException if it can't be written; the message says what to do
     */
    public static synchronized void use(Path stateDir) throws IOException {
        if (System.getProperty(PATH_KEY) != null) {
            return;
        }
        Path folder = stateDir.resolve(FOLDER);
        String name = "sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        boolean there;
        try (InputStream in = NativeLibrary.class.getResourceAsStream(resource)) {
            if (in != null) {
                unpack(folder, name, in.readAllBytes());
            }
            there = in != null;
        } catch (IOException e) {
            throw new IOException(
                    folder + ": SQLite's library can't be put there (" + e.getMessage()
                            + "); free some disk space, or let the agent write to state_dir",
                    e);
        }
        if (!there) {
            throw new IOException("SQLite has no library for this machine (" + resource
                    + " is missing in its jar); set " + PATH_KEY + " to one of your own");
        }
        System.setProperty(NAME_KEY, name);
        System.setProperty(PATH_KEY, folder.toAbsolutePath().toString());
    }

    private static void unpack(Path folder, String name, byte[] library) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder);
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), library)) {
            replace(file, library);
        }
        removeOthers(folder, name);
    }

    private static void replace(Path file, byte[] library) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        ByteBuffer bytes = ByteBuffer.wrap(library);
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) { // Ends: each write takes at least a byte or throws.
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Earlier versions, and what a kill left of a copy. */
    private static void removeOthers(Path folder, String name) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(name)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
