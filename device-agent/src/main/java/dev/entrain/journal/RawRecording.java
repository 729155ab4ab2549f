package dev.entrain.journal;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads what {@link RawRecorder} wrote, up to the last whole block. Not thread-safe. */
public final class RawRecording implements AutoCloseable {
    private static final int MOST_HEADER_BYTES = 64 << 10;

    private final Path file;
    private final DataInputStream in;
    private final Inflater inflater = new Inflater();
    private final byte[] numbers = new byte[RawRecorder.MOST_BLOCK_BYTES];
    private final long[][] last = new long[Foot.COUNT][RawRecorder.FIELDS];
    private final long originNs;
    private final String header;
    private int at;
    private int end;
    private boolean torn;

    /**
     * Opens a recording.
     *
     * @throws IOException if it is none, or can't be read
     */
    @SuppressWarnings("MustBeClosedChecker") // Closed with this, or below.
    public RawRecording(Path file) throws IOException {
        this.file = file;
        in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
        try {
            byte[] magic = in.readNBytes(RawRecorder.MAGIC.length);
            if (!Arrays.equals(magic, RawRecorder.MAGIC)) {
                throw new IOException(file + ": not a raw recording of a journal");
            }
            originNs = in.readLong();
            int length = in.readInt();
            if (length < 0 || length > MOST_HEADER_BYTES) {
                throw new IOException(file + ": its header is damaged; nothing can be read from it");
            }
            byte[] text = in.readNBytes(length);
            if (text.length < length) {
                throw new EOFException();
            }
            header = new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            in.close();
            throw e instanceof EOFException ? new IOException(file + ": cut off in its header", e) : e;
        }
    }

    /** Returns second zero, CLOCK_MONOTONIC, ns. */
    public long originNs() {
        return originNs;
    }

    /** Returns the lines {@code key: value} it was begun with. */
    public String header() {
        return header;
    }

    /** Returns whether it ends in the middle of a block, which is known at its end. */
    public boolean torn() {
        return torn;
    }

    /**
     * Reads the next reading.
     *
     * @return false at the end
     * @throws IOException if the disk fails
     */
    public boolean next(ImuSample sample) throws IOException {
        if (at == end && !nextBlock()) {
            return false;
        }
        int foot = numbers[at++];
        if (foot < 0 || foot >= Foot.COUNT) {
            throw damaged();
        }
        long[] now = last[foot];
        for (int i = 0; i < RawRecorder.FIELDS; i++) {
            now[i] += difference();
        }
        sample.foot = Foot.of(foot);
        sample.timeNs = originNs + now[0] * 1000L;
        sample.seq = (int) now[1];
        sample.axMps2 = now[2] / 1e4;
        sample.ayMps2 = now[3] / 1e4;
        sample.azMps2 = now[4] / 1e4;
        sample.gxRadps = now[5] / 1e5;
        sample.gyRadps = now[6] / 1e5;
        sample.gzRadps = now[7] / 1e5;
        return true;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private boolean nextBlock() throws IOException {
        byte[] head = in.readNBytes(2 * Integer.BYTES);
        if (head.length < 2 * Integer.BYTES) {
            torn = head.length > 0;
            return false;
        }
        java.nio.ByteBuffer fields = java.nio.ByteBuffer.wrap(head);
        int length = fields.getInt();
        int sum = fields.getInt();
        byte[] packed = length < 0 || length > 2 * RawRecorder.MOST_BLOCK_BYTES ? new byte[0] : in.readNBytes(length);
        CRC32 crc = new CRC32();
        crc.update(packed);
        if (packed.length != length || (int) crc.getValue() != sum) {
            torn = true;
            return false;
        }
        try {
            inflater.reset();
            inflater.setInput(packed);
            end = inflater.inflate(numbers);
            at = 0;
        } catch (DataFormatException e) {
            throw damaged();
        }
        for (long[] foot : last) {
            Arrays.fill(foot, 0);
        }
        return end > 0;
    }

    private long difference() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw damaged();
            }
            byte b = numbers[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw damaged();
    }

    private IOException damaged() {
        return new IOException(file + ": damaged within a block; what came before was read");
    }
}
