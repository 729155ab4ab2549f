package dev.entrain.music.decode;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.entrain.music.MusicException;
import dev.entrain.music.SoundReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A file open in libsndfile. Reading allocates nothing. For one thread at a time. */
final class SndFileReader implements SoundReader {
    private static final int BLOCK_FRAMES = 4096;

    private final SndFile library;
    private final Path file;
    private final MemorySegment handle;
    private final Arena arena;
    private final MemorySegment block;
    private final int rateHz;
    private final int channels;
    private final long frames;
    private boolean closed;

    /** Takes over the handle and the arena, and closes both. */
    SndFileReader(
            SndFile library, Path file, MemorySegment handle, Arena arena, int rateHz, int channels, long frames) {
        this.library = library;
        this.file = file;
        this.handle = handle;
        this.arena = arena;
        this.rateHz = rateHz;
        this.channels = channels;
        this.frames = frames;
        block = arena.allocate(JAVA_FLOAT, (long) BLOCK_FRAMES * Math.max(1, channels));
    }

    @Override
    public int rateHz() {
        return rateHz;
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
        open();
        int done = 0;
        while (done < wanted) { // Ends: each turn reads a frame at least, or is the last.
            long got;
            try {
                got = (long)
                        library.readFloats.invokeExact(handle, block, (long) Math.min(BLOCK_FRAMES, wanted - done));
            } catch (Throwable e) {
                throw SndFile.fault(e);
            }
            if (got <= 0) {
                break;
            }
            int count = (int) got * channels;
            int at = done * channels;
            MemorySegment.copy(block, JAVA_FLOAT, 0, interleaved, at, count);
            for (int i = at; i < at + count; i++) {
                if (!Float.isFinite(interleaved[i])) {
                    interleaved[i] = 0; // A damaged file of floats; one would silence everything after it.
                }
            }
            done += (int) got;
        }
        return done;
    }

    @Override
    public void seek(long frame) throws MusicException {
        open();
        long reached;
        try {
            reached = (long) library.seek.invokeExact(handle, frame, SndFile.SEEK_SET);
        } catch (Throwable e) {
            throw SndFile.fault(e);
        }
        if (reached != frame) {
            throw new MusicException(file + ": can't be read from " + frame / rateHz
                    + " s on; it is damaged, remove the song and add it again from a whole file");
        }
    }

    /** Returns a tag, empty where there is none. */
    String tag(int which) throws MusicException {
        open();
        return library.tag(handle, which);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            int ignored = (int) library.close.invokeExact(handle);
        } catch (Throwable e) {
            throw SndFile.fault(e);
        } finally {
            arena.close();
        }
    }

    private void open() throws MusicException {
        if (closed) {
            throw new MusicException(file + ": was closed; open it again");
        }
    }
}
