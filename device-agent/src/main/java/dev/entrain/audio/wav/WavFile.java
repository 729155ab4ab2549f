package dev.entrain.audio.wav;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A stereo 16 bit PCM WAV file that grows (RIFF, "Multimedia Programming Interface and Data Specifications 1.0", 1991).
 *
 * <p>The header is rewritten after every second of sound and on close. A file whose writer was killed is therefore valid
 * and at most one second shorter than what was written; readers skip the bytes behind the stated end. A file ends at 4 GiB,
 * after 6.2 hours at 48 kHz. Not thread-safe; allocates nothing per write of up to {@value #CHUNK_FRAMES} frames.
 */
public final class WavFile implements AutoCloseable {
    /** Bytes before the first frame. */
    static final int HEADER_BYTES = 44;

    private static final int CHANNELS = 2;
    private static final int FRAME_BYTES = CHANNELS * Short.BYTES;
    private static final int CHUNK_FRAMES = 2048;
    private static final long FRAMES_MAX = (0xFFFF_FFFFL - HEADER_BYTES) / FRAME_BYTES;

    // A plain file and not a channel, because interrupting the writing thread would close a channel.
    private final RandomAccessFile file;
    private final int rateHz;
    private final byte[] bytes = new byte[CHUNK_FRAMES * FRAME_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] sizes = new byte[Integer.BYTES];
    private long frames;
    private long framesInHeader;
    private boolean closed;

    /**
     * Makes the file, empty, in place of an older one.
     *
     * @param path where
     * @param rateHz frames per second
     * @throws IOException if the file cannot be written
     */
    public WavFile(Path path, int rateHz) throws IOException {
        this.rateHz = rateHz;
        file = new RandomAccessFile(path.toFile(), "rw");
        try {
            file.setLength(0);
            writeHeader();
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Returns frames written. */
    public long frames() {
        return frames;
    }

    /**
     * Appends frames.
     *
     * @param stereo left and right in turn; beyond +-1 they are clipped
     * @param fromFrame first frame of the array to write
     * @param count how many frames
     * @throws IOException if the disk does not take them or the file is as long as WAV allows
     */
    public void write(float[] stereo, int fromFrame, int count) throws IOException {
        if (frames + count > FRAMES_MAX) {
            throw new IOException("a WAV file holds at most 4 GiB");
        }
        int done = 0;
        while (done < count) {
            int chunk = Math.min(CHUNK_FRAMES, count - done);
            for (int i = 0; i < CHANNELS * chunk; i++) {
                buffer.putShort(Short.BYTES * i, sample(stereo[CHANNELS * (fromFrame + done) + i]));
            }
            file.write(bytes, 0, chunk * FRAME_BYTES);
            done += chunk;
        }
        frames += count;
        if (frames - framesInHeader >= rateHz) {
            updateSizes();
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            updateSizes();
        } finally {
            file.close();
        }
    }

    /** Returns the 16 bit sample; 1 is 32767, so 0 stays 0 and both signs clip alike. */
    static short sample(float value) {
        return (short) Math.round(Math.clamp(value, -1f, 1f) * Short.MAX_VALUE);
    }

    private void writeHeader() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER_BYTES - 8);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) 1).putShort((short) CHANNELS);
        header.putInt(rateHz).putInt(rateHz * FRAME_BYTES);
        header.putShort((short) FRAME_BYTES).putShort((short) Short.SIZE);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        file.write(header.array());
    }

    private void updateSizes() throws IOException {
        long dataBytes = frames * FRAME_BYTES;
        file.seek(4);
        writeInt((int) (dataBytes + HEADER_BYTES - 8));
        file.seek(HEADER_BYTES - 4);
        writeInt((int) dataBytes);
        file.seek(HEADER_BYTES + dataBytes);
        framesInHeader = frames;
    }

    private void writeInt(int value) throws IOException {
        for (int i = 0; i < Integer.BYTES; i++) {
            sizes[i] = (byte) (value >>> (8 * i));
        }
        file.write(sizes);
    }
}
