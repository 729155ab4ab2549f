package dev.entrain.journal;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes the raw readings of a walk, compressed, bounded, and the first thing to give way. Readings must lie on the grid of
 * recordings ({@link ImuSample#roundToGrid}); they come back to the bit ({@link RawRecording}), but for the sign of
 * a zero. Blocks of 2 s, each whole or
 * ignored, so that a power cut costs the last one. Not thread-safe, not for the control thread.
 *
 * <p>The file: {@code ENTRRAW1}, origin (8 bytes), length of the header and the header in UTF-8; then blocks of length (4),
 * CRC-32 (4) and deflated numbers, each a zigzag varint of its difference from the same foot's reading before.
 */
public final class RawRecorder implements AutoCloseable {
    /** First bytes of the file. */
    static final byte[] MAGIC = "ENTRRAW1".getBytes(StandardCharsets.US_ASCII);

    /** Numbers kept of each foot: time in us, number, six axes. */
    static final int FIELDS = 8;

    /** Bytes of a block before compression, at most. */
    static final int MOST_BLOCK_BYTES = 256 << 10;

    private static final int MOST_READING_BYTES = 1 + 10 * FIELDS;
    private static final int MOST_PARTS = 99;
    private static final long BLOCK_NS = 2_000_000_000L;

    private final RawFolder folder;
    private final Path file;
    private final long originNs;
    private final long maxBytes;
    private final FileChannel channel;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final byte[] numbers = new byte[MOST_BLOCK_BYTES];
    private final byte[] packed = new byte[MOST_BLOCK_BYTES + 1024];
    private final long[][] last = new long[Foot.COUNT][FIELDS];
    private final long[] now = new long[FIELDS];
    private int used;
    private long blockNs;
    private boolean full;

    private RawRecorder(RawFolder folder, Path file, long originNs, long maxBytes) throws IOException {
        this.folder = folder;
        this.file = file;
        this.originNs = originNs;
        this.maxBytes = maxBytes;
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Begins the recording of a session, or a further part of it after a restart.
     *
     * @param originNs second zero of the grid, CLOCK_MONOTONIC, ns
     * @param header lines {@code key: value}, as recordings have them
     * @param maxBytes what all raw recordings may take together
     * @throws IOException if the disk refuses
     */
    public static RawRecorder begin(RawFolder folder, String session, long originNs, String header, long maxBytes)
            throws IOException {
        Path file = folder.file(session);
        Files.createDirectories(file.toAbsolutePath().getParent());
        for (int part = 2; Files.exists(file) && part <= MOST_PARTS; part++) {
            file = folder.file(session + "." + part);
        }
        RawRecorder recorder = new RawRecorder(folder, file, originNs, maxBytes);
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = ByteBuffer.allocate(MAGIC.length + Long.BYTES + Integer.BYTES + text.length);
        try {
            recorder.write(head.put(MAGIC)
                    .putLong(originNs)
                    .putInt(text.length)
                    .put(text)
                    .flip());
        } catch (IOException | RuntimeException e) {
            recorder.close();
            throw e;
        }
        return recorder;
    }

    /**
     * Adds a reading.
     *
     * @return false if there is no room for it: nothing older than this recording is left to give way, or it gave way itself
     * @throws IOException if the disk refuses; what was written stays readable
     */
    public boolean add(ImuSample sample) throws IOException {
        if (full) {
            return false;
        }
        if (used > 0 && (sample.timeNs - blockNs >= BLOCK_NS || used > numbers.length - MOST_READING_BYTES)) {
            writeBlock();
        }
        if (used == 0) {
            blockNs = sample.timeNs;
            for (long[] foot : last) {
                java.util.Arrays.fill(foot, 0); // Each block can be read without the one before.
            }
        }
        now[0] = Math.floorDiv(sample.timeNs - originNs, 1000L);
        now[1] = sample.seq;
        now[2] = Math.round(sample.axMps2 * 1e4);
        now[3] = Math.round(sample.ayMps2 * 1e4);
        now[4] = Math.round(sample.azMps2 * 1e4);
        now[5] = Math.round(sample.gxRadps * 1e5);
        now[6] = Math.round(sample.gyRadps * 1e5);
        now[7] = Math.round(sample.gzRadps * 1e5);
        numbers[used++] = (byte) sample.foot.ordinal();
        long[] before = last[sample.foot.ordinal()];
        for (int i = 0; i < FIELDS; i++) {
            put(now[i] - before[i]);
            before[i] = now[i];
        }
        return true;
    }

    /** Writes what is buffered and closes the file. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (used > 0 && !full) {
                writeBlock();
            }
        } finally {
            deflater.end();
        }
    }

    private void put(long difference) {
        long rest = difference << 1 ^ difference >> 63;
        while ((rest & ~0x7FL) != 0) { // Ends: seven bits go each time.
            numbers[used++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        numbers[used++] = (byte) rest;
    }

    private void writeBlock() throws IOException {
        deflater.reset();
        deflater.setInput(numbers, 0, used);
        deflater.finish();
        int length = deflater.deflate(packed);
        used = 0;
        CRC32 crc = new CRC32();
        crc.update(packed, 0, length);
        // Given up for the journal's sake: what is written to a file without a name takes room that nobody counts.
        if (!Files.exists(file) || !makeRoom(length)) {
            full = true;
            return;
        }
        ByteBuffer block = ByteBuffer.allocate(2 * Integer.BYTES + length);
        write(block.putInt(length)
                .putInt((int) crc.getValue())
                .put(packed, 0, length)
                .flip());
    }

    /** Older recordings give way to this one. */
    private boolean makeRoom(int length) {
        int most = folder.files().size();
        for (int i = 0; i < most && folder.bytes() + length > maxBytes; i++) {
            if (folder.files().getFirst().equals(file) || !folder.giveOldestUp()) {
                return false;
            }
        }
        return folder.bytes() + length <= maxBytes;
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) { // Ends: each write takes at least a byte or throws.
            channel.write(bytes);
        }
    }
}
