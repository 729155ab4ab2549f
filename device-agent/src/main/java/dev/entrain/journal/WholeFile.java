package dev.entrain.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Replaces a file as a whole, so that a power cut leaves the old or the new one. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Replaces a file; the new one is on the disk when this returns.
     *
     * @throws IOException if the disk did not take it; the old one is still there then
     */
    public static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) { // Ends: each write takes at least a byte or throws.
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // The name is the folder's: without this a power cut may bring the old file back.
        try (FileChannel folder = FileChannel.open(
                Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder"),
                StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
