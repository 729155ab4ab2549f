package dev.entrain.provision;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files in which the kernel and the distribution tell of this machine. Thread-safe.
 *
 * @param root {@code /}, or a folder laid out like it
 */
public record HostFiles(Path root) {
    /** This machine. */
    public static final HostFiles THIS = new HostFiles(Path.of("/"));

    /** Most entries of a folder that are looked at. */
    private static final int MOST_ENTRIES = 256;

    /** Returns where a file is whose path begins with a slash. */
    public Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** Returns the text of a file without blanks and zeros around it; empty if there is none or it cannot be read. */
    public String text(String absolute) {
        try {
            // The device tree ends its strings with a zero.
            return Files.readString(path(absolute)).replace("\0", "").strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns the entries of a folder that match, in the order of their names; none if there is no such folder. */
    public List<Path> list(String folder, String glob) {
        List<Path> found = new ArrayList<>();
        Path in = path(folder);
        if (!Files.isDirectory(in)) {
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(in, glob)) {
            for (Path entry : entries) {
                if (found.size() < MOST_ENTRIES) {
                    found.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }
}
