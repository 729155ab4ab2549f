package dev.entrain.sensor.recording;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes comma-separated rows of fixed-point numbers, the same bytes for the same values on every machine, without
 * allocating per row. Not thread-safe.
 */
public final class CsvWriter implements AutoCloseable {
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};
    private static final int ROW_BYTES = 512;

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] digits = new byte[20];
    private int at;
    private boolean rowStarted;

    /**
     * Creates or replaces a file.
     *
     * @param file path of the file; its folder must exist
     * @throws IOException if it can't be created
     */
    public CsvWriter(Path file) throws IOException {
        // Not Files.newOutputStream: that wraps the array in a new buffer at every write.
        out = new FileOutputStream(file.toFile());
    }

    /** Writes one line of text as it is; for headers. */
    public void line(String text) throws IOException {
        flush();
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Appends a field of ASCII text without commas, at most 64 characters. */
    public CsvWriter field(String text) throws IOException {
        separate();
        for (int i = 0; i < text.length(); i++) {
            buffer[at++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Appends one ASCII character as a field. */
    public CsvWriter field(char letter) throws IOException {
        separate();
        buffer[at++] = (byte) letter;
        return this;
    }

    /** Appends a whole number. */
    public CsvWriter field(long value) throws IOException {
        separate();
        fixed(value, 0);
        return this;
    }

    /**
     * Appends a number rounded to a fixed count of decimals; NaN becomes {@code NaN}.
     *
     * @param value within +-1e9
     * @param decimals 0 to 8
     */
    public CsvWriter field(double value, int decimals) throws IOException {
        if (Double.isNaN(value)) {
            return field("NaN");
        }
        separate();
        fixed(Math.round(value * POWERS[decimals]), decimals);
        return this;
    }

    /** Appends a time in seconds with six decimals, rounded to the microsecond. */
    public CsvWriter seconds(long ns) throws IOException {
        separate();
        fixed(Math.floorDiv(ns + 500, 1000), 6);
        return this;
    }

    /** Ends the row. */
    public void endRow() {
        buffer[at++] = '\n';
        rowStarted = false;
    }

    /** Hands what was written to the operating system. */
    public void flush() throws IOException {
        out.write(buffer, 0, at);
        at = 0;
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }

    private void separate() throws IOException {
        if (buffer.length - at < ROW_BYTES) {
            flush();
        }
        if (rowStarted) {
            buffer[at++] = ',';
        }
        rowStarted = true;
    }

    private void fixed(long scaled, int decimals) {
        long rest = Math.abs(scaled);
        int count = 0;
        do {
            digits[count++] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0 || count <= decimals);
        if (scaled < 0) {
            buffer[at++] = '-';
        }
        while (count > 0) {
            if (count == decimals) {
                buffer[at++] = '.';
            }
            buffer[at++] = digits[--count];
        }
    }
}
