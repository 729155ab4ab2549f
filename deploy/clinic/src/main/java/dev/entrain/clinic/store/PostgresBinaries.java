package dev.entrain.clinic.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of a PostgreSQL out of our own jars, unpacked once per user (60 MB) and shared by all that need it. */
final class PostgresBinaries {
    private static final int OWNER_MAY_RUN = 0100;

    private PostgresBinaries() {}

    /** Returns the folder with bin, lib and share, unpacking it if it is not there yet. Several may do so at once. */
    static Path folder() throws IOException {
        String name = "x86_64";
        if (System.getProperty("os.arch", "").matches("aarch64|arm64")) {
            name = "arm_64";
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache == null || cache.isEmpty()
                ? Path.of(System.getProperty("user.home", "."), ".cache")
                : Path.of(cache);
        String resource = "/postgres-linux-" + name + ".txz";
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new IOException("there is no embedded PostgreSQL for this processor ("
                        + System.getProperty("os.arch") + "): give the URL of a real one");
            }
            // Its size names the version well enough, and a new version gets a folder of its own.
            Path folder = base.resolve("entrain").resolve("postgres-" + name + "-" + packed.available());
            if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
                unpack(packed, folder);
            }
            return folder;
        }
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        Path parent = Files.createDirectories(folder.getParent());
        Path fresh = Files.createTempDirectory(parent, "unpacking");
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, fresh);
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (IOException e) {
            if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
                throw e;
            }
            // Another process was quicker; its copy is as good.
        } finally {
            remove(fresh);
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path under) throws IOException {
        Path to = under.resolve(entry.getName()).normalize();
        if (!to.startsWith(under)) {
            throw new IOException("the packed PostgreSQL has a file outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(to);
            return;
        }
        Files.createDirectories(to.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, to);
        if ((entry.getMode() & OWNER_MAY_RUN) != 0) {
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> inner = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : inner) {
                Files.deleteIfExists(path);
            }
        }
    }
}
