package dev.entrain.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Raw recordings of walks, one file for each session, beside the database: they go around its log, so each byte is written to
 * the card once and not twice, and giving one up is deleting a file. Thread-safe, as far as files are.
 */
public final class RawFolder {
    /** Its name in the state folder. */
    public static final String NAME = "raw";

    private static final String ENDING = ".raw";

    private final Path folder;

    /** Names the folder; nothing is made. */
    public RawFolder(Path stateDir) {
        folder = stateDir.resolve(NAME);
    }

    /** Returns where a session's recording is, or would be. */
    public Path file(String session) {
        return folder.resolve(session + ENDING);
    }

    /** Returns all recordings, oldest first; none if the folder is missing or can't be read. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + ENDING)) {
            all.forEach(files::add);
        } catch (IOException e) {
            return List.of();
        }
        files.sort(Comparator.comparingLong(RawFolder::changed).thenComparing(Path::getFileName));
        return files;
    }

    /** Returns what all of them take, bytes. */
    public long bytes() {
        long bytes = 0;
        for (Path file : files()) {
            bytes += size(file);
        }
        return bytes;
    }

    /** Gives the oldest recording up. Returns whether there was one. */
    public boolean giveOldestUp() {
        List<Path> files = files();
        try {
            return !files.isEmpty() && Files.deleteIfExists(files.getFirst());
        } catch (IOException e) {
            return false;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException goneMeanwhile) {
            return 0;
        }
    }

    private static long changed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }
}
