package dev.entrain.check;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files in which Linux tells about itself, under {@code /proc}, {@code /sys} and {@code /etc}. Thread-safe.
 *
 * @param root the folder they are in; {@code /} but in tests
 */
public record SystemFiles(Path root) {
    /** Those of this machine. */
    public static final SystemFiles HERE = new SystemFiles(Path.of("/"));

    /** Returns a place, named from the root with or without a leading slash. */
    public Path at(String place) {
        return root.resolve(place.startsWith("/") ? place.substring(1) : place);
    }

    /** Returns a small file's text without white space and zeros around it; null if it is not there or can't be read. */
    public @Nullable String text(String place) {
        return text(at(place));
    }

    /** Like the other, of a whole path. */
    static @Nullable String text(Path file) {
        try {
            // The device tree ends its strings with a zero.
            return Files.readString(file).replace("\0", "").strip();
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns a file's lines; none if it is not there or can't be read. */
    public List<String> lines(String place) {
        String text = text(place);
        return text == null ? List.of() : text.lines().toList();
    }

    /** Returns what in a folder matches a glob, by name; nothing if the folder is not there. */
    public List<Path> list(String folder, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(folder), glob)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }
}
