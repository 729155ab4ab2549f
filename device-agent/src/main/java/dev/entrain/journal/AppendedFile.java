package dev.entrain.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A text file that grows line by line and survives a full disk: what could not be written waits in memory, up to a bound,
 * and is written over what there is of it when there is room again. Not thread-safe.
 */
final class AppendedFile implements AutoCloseable {
    /** Lines that may wait, characters; half an hour of walking. */
    private static final int MOST_WAITING = 1 << 18;

    private final Path file;
    private final StringBuilder waiting = new StringBuilder();
    private @Nullable FileChannel channel;
    private long goodBytes;

    /** A file yet to be made, with a first line. */
    AppendedFile(Path file, String header) {
        this.file = file;
        waiting.append(header).append('\n');
    }

    /** A file that may be there already; an unfinished last line is cut off at the next {@link #flush}. */
    static AppendedFile goOn(Path file, String header) throws IOException {
        AppendedFile appended = new AppendedFile(file, header);
        if (Files.exists(file)) {
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            appended.goodBytes = end;
            if (end > 0) {
                appended.waiting.setLength(0);
            }
        }
        return appended;
    }

    /** Adds a line; returns false if it had to be dropped because too much waits for the disk. */
    boolean line(String text) {
        if (waiting.length() + text.length() >= MOST_WAITING) {
            return false;
        }
        waiting.append(text).append('\n');
        return true;
    }

    /**
     * Writes what waits, down to the disk.
     *
     * @throws IOException if that is not possible now; nothing is lost by it
     */
    void flush() throws IOException {
        FileChannel out = channel;
        if (out == null) {
            out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = out;
            out.truncate(goodBytes);
        }
        if (waiting.isEmpty()) {
            return;
        }
        byte[] bytes = waiting.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) { // Ends: each write takes at least a byte or throws.
            out.write(buffer, goodBytes + buffer.position());
        }
        out.force(false);
        goodBytes += bytes.length;
        waiting.setLength(0);
    }

    @Override
    public void close() throws IOException {
        FileChannel out = channel;
        channel = null;
        if (out != null) {
            out.close();
        }
    }
}
