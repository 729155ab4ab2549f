package dev.entrain.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of nothing beside the journal, given up when the disk is full: deleting what the clinic has needs some room of its
 * own before it gives any. Made again when there is space. Not thread-safe.
 */
final class DiskRoom {
    /** Its bytes. */
    static final long BYTES = 2L << 20;

    /** Free space below which it is not made again, bytes. */
    static final long WANTED_FREE_BYTES = BYTES + BYTES / 2;

    private final Path file;

    DiskRoom(Path stateDir) {
        file = stateDir.resolve("journal.room");
    }

    /** Makes it if it is not there and there is space; a disk that refuses is tried again another time. */
    @SuppressWarnings("EmptyCatch") // It is for bad times; without it the journal works as well while times are good.
    void prepare() {
        try {
            if (Files.exists(file) && Files.size(file) == BYTES) {
                return;
            }
            if (Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < WANTED_FREE_BYTES) {
                return;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) BYTES);
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                while (bytes.hasRemaining()) { // Ends: each write takes at least a byte or throws.
                    channel.write(bytes);
                }
                channel.force(true);
            }
        } catch (IOException tryAgainLater) {
        }
    }

    /** Gives it up. Returns whether there was something to give. */
    boolean giveUp() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return false;
        }
    }
}
