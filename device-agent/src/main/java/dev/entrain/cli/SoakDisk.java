package dev.entrain.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The disk a unit records to, which can be made full: a small file system that is filled up, or, where none could be mounted,
 * a limit on the size of the unit's files.
 */
final class SoakDisk {
    private static final int BLOCK = 1 << 16;
    private static final int SMALLEST_BLOCK = 1 << 12;
    private static final long LIMIT_S = 5;

    private final @Nullable Path small;
    private final Path records;

    /**
     * Names the place.
     *
     * @param small a small file system of its own, or null
     * @param folder where recordings go without one
     */
    SoakDisk(@Nullable Path small, Path folder) {
        this.small = small;
        records = (small == null ? folder : small).resolve("records");
    }

    /** Returns where the unit shall record. */
    Path records() {
        return records;
    }

    /** Returns how it is made full, for the report. */
    String method() {
        return small == null
                ? "a file size limit on the unit (no file system of its own could be mounted)"
                : "a file system of its own filled to the last block";
    }

    /** Leaves no room for another block of the recording. */
    void fill(long unitPid) throws IOException {
        if (small == null) {
            limit(unitPid, Files.size(records.resolve("recording.csv")));
            return;
        }
        try (FileChannel file = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int block = BLOCK; block >= SMALLEST_BLOCK; block /= 2) {
                fillBy(file, ByteBuffer.allocate(block));
            }
        }
    }

    /** Makes room again. */
    void free() throws IOException {
        if (small != null) {
            Files.deleteIfExists(ballast());
        }
    }

    private Path ballast() {
        return records.resolveSibling("ballast");
    }

    /** Ends with the file system, which is small. */
    private static void fillBy(FileChannel file, ByteBuffer block) {
        boolean room = true;
        while (room) {
            block.clear();
            try {
                room = file.write(block) > 0;
            } catch (IOException e) {
                room = false; // Full, as wanted.
            }
        }
    }

    private static void limit(long pid, long bytes) throws IOException {
        Process process = new ProcessBuilder(
                        List.of("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":" + bytes))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("prlimit could not limit the unit's files; the disk cannot be made full");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
