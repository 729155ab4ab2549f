package dev.entrain.cuetest.peer;

import dev.entrain.cuetest.OnsetFinder;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A recording on disk: WAV of 16 or 32 bit integers or 32 bit floats, or bare 16 bit frames. It is read in blocks, as an
 * hour of sound is larger than the heap.
 *
 * @param path where
 * @param rateHz frames per second
 * @param channels channels of a frame
 * @param bytes bytes of a sample, 2 or 4
 * @param floats whether samples are floating point
 * @param offset where the first frame lies, bytes
 */
public record SoundFile(Path path, int rateHz, int channels, int bytes, boolean floats, long offset) {
    private static final int BLOCK_FRAMES = 4096;
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int CHUNKS_MOST = 64;

    /** A sound counts from this share of the loudest sample. */
    private static final double THRESHOLD_SHARE = 0.01;

    /** What rounding to 16 bit and dither may leave in silence. */
    private static final double THRESHOLD_LEAST = 1e-4;

    /** Bare frames of 16 bit, little endian. */
    public static SoundFile raw(Path path, int rateHz, int channels) {
        return new SoundFile(path, rateHz, channels, Short.BYTES, false, 0);
    }

    /**
     * Reads the head of a WAV file. Its stated length is not believed: recorders that were ended leave it wrong.
     *
     * @throws IOException if it is none, or of another format
     */
    public static SoundFile wav(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            ByteBuffer riff = chunk(in, 12);
            if (!name(riff, 0).equals("RIFF") || !name(riff, 8).equals("WAVE")) {
                throw new IOException(path + ": is no WAV file; name a recording of a recorder that writes WAV");
            }
            long at = 12;
            ByteBuffer format = null;
            for (int i = 0; i < CHUNKS_MOST; i++) {
                ByteBuffer head = chunk(in, 8);
                long size = Integer.toUnsignedLong(head.getInt(4));
                at += 8;
                if (name(head, 0).equals("data") && format != null) {
                    return of(path, format, at);
                }
                long padded = size + size % 2;
                if (name(head, 0).equals("fmt ") && size >= 16 && size < 256) {
                    format = chunk(in, (int) padded);
                } else {
                    in.skipNBytes(padded);
                }
                at += padded;
            }
        } catch (EOFException e) {
            throw new IOException(path + ": ends before its sound begins; record again", e);
        }
        throw new IOException(path + ": holds no sound that can be found; record as plain WAV");
    }

    private static SoundFile of(Path path, ByteBuffer format, long offset) throws IOException {
        int kind = Short.toUnsignedInt(format.getShort(0));
        if (kind == EXTENSIBLE && format.capacity() >= 26) {
            kind = Short.toUnsignedInt(format.getShort(24));
        }
        int bits = Short.toUnsignedInt(format.getShort(14));
        int channels = Short.toUnsignedInt(format.getShort(2));
        boolean known = (kind == PCM && (bits == 16 || bits == 32)) || (kind == FLOAT && bits == 32);
        if (!known || channels < 1) {
            throw new IOException(path + ": format " + kind + " of " + bits + " bit, " + channels
                    + " channels is not read; record 16 bit PCM");
        }
        return new SoundFile(path, format.getInt(4), channels, bits / 8, kind == FLOAT, offset);
    }

    /**
     * Returns where sounds begin, in frames, ascending; none if the file is silent.
     *
     * @throws IOException if it cannot be read
     */
    public double[] onsets() throws IOException {
        double[] peak = new double[1];
        read((samples, length) -> {
            for (int i = 0; i < length; i++) {
                peak[0] = Math.max(peak[0], samples[i]);
            }
        });
        OnsetFinder finder = new OnsetFinder(rateHz, Math.max(THRESHOLD_LEAST, THRESHOLD_SHARE * peak[0]));
        read(finder::accept);
        return finder.onsets();
    }

    /** Takes the loudest channel of some frames. */
    private interface Block {
        void accept(float[] sizes, int length);
    }

    private void read(Block to) throws IOException {
        int frameBytes = channels * bytes;
        byte[] block = new byte[BLOCK_FRAMES * frameBytes];
        ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        float[] sizes = new float[BLOCK_FRAMES];
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(offset);
            for (int got = in.readNBytes(block, 0, block.length); got >= frameBytes; ) {
                int frames = got / frameBytes;
                for (int i = 0; i < frames; i++) {
                    sizes[i] = loudest(buffer, i * frameBytes);
                }
                to.accept(sizes, frames);
                got = in.readNBytes(block, 0, block.length);
            }
        }
    }

    private float loudest(ByteBuffer buffer, int at) {
        float most = 0;
        for (int channel = 0; channel < channels; channel++) {
            int place = at + channel * bytes;
            float value;
            if (floats) {
                value = buffer.getFloat(place);
            } else if (bytes == Short.BYTES) {
                value = buffer.getShort(place) / (float) Short.MAX_VALUE;
            } else {
                value = buffer.getInt(place) / (float) Integer.MAX_VALUE;
            }
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }

    private static ByteBuffer chunk(InputStream in, int size) throws IOException {
        byte[] read = in.readNBytes(size);
        if (read.length < size) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String name(ByteBuffer chunk, int at) {
        byte[] name = new byte[4];
        chunk.get(at, name);
        return new String(name, StandardCharsets.US_ASCII);
    }
}
