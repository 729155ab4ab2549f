package dev.entrain.music.decode;

import dev.entrain.music.MusicException;
import dev.entrain.music.SoundReader;
import dev.entrain.music.SoundReaders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parts of a song as one sound: their sum, as long as the longest, mono or stereo as most of them. For one thread at a
 * time.
 */
public final class MixedReader implements SoundReader {
    private static final int BLOCK_FRAMES = 4096;

    private final List<SoundReader> parts;
    private final float[] block;
    private final int channels;
    private final long frames;

    private MixedReader(List<SoundReader> parts) {
        this.parts = parts;
        int most = 1;
        long longest = 0;
        for (SoundReader part : parts) {
            most = Math.max(most, part.channels());
            longest = Math.max(longest, part.frames());
        }
        channels = Math.min(2, most);
        frames = longest;
        block = new float[BLOCK_FRAMES * most];
    }

    /**
     * Opens all parts.
     *
     * @param files one or more, of the same rate
     * @throws MusicException if one can't be opened or they do not go together
     */
    public static SoundReader open(SoundReaders readers, List<Path> files) throws MusicException {
        if (files.size() == 1) {
            return readers.open(files.getFirst());
        }
        List<SoundReader> opened = new ArrayList<>();
        try {
            for (Path file : files) {
                SoundReader part = readers.open(file);
                opened.add(part);
                if (part.rateHz() != opened.getFirst().rateHz()) {
                    throw new MusicException(file + ": " + part.rateHz() + " samples a second, but the first part has "
                            + opened.getFirst().rateHz() + "; save all parts of a song alike");
                }
            }
            return new MixedReader(opened);
        } catch (MusicException e) {
            opened.forEach(SoundReader::close);
            throw e;
        }
    }

    @Override
    public int rateHz() {
        return parts.getFirst().rateHz();
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public int read(float[] interleaved, int wanted) throws MusicException {
        int done = 0;
        while (done < wanted) { // Ends: each turn adds a frame at least, or is the last.
            int ask = Math.min(BLOCK_FRAMES, wanted - done);
            int most = 0;
            Arrays.fill(interleaved, done * channels, (done + ask) * channels, 0);
            for (SoundReader part : parts) {
                int got = part.read(block, ask);
                add(part.channels(), got, interleaved, done);
                most = Math.max(most, got);
            }
            done += most;
            if (most < ask) {
                break;
            }
        }
        return done;
    }

    @Override
    public void seek(long frame) throws MusicException {
        for (SoundReader part : parts) {
            part.seek(Math.min(frame, part.frames()));
        }
    }

    @Override
    public void close() {
        parts.forEach(SoundReader::close);
    }

    private void add(int from, int got, float[] to, int at) {
        for (int frame = 0; frame < got; frame++) {
            for (int channel = 0; channel < channels; channel++) {
                to[(at + frame) * channels + channel] += block[frame * from + Math.min(channel, from - 1)];
            }
        }
    }
}
