package dev.entrain.music.decode;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** Real sound files for tests, written by libsndfile itself. */
@SuppressWarnings("restricted")
public final class SoundFiles {
    private static final int WRITE = 0x20;
    private static final long BLOCK_FRAMES = 2048;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup(SndFile.LIBRARY, Arena.global());

    private SoundFiles() {}

    /** A kind of file. */
    public enum Kind {
        WAV(0x010002),
        WAV_24(0x010003),
        FLAC(0x170002),
        FLAC_24(0x170003),
        OGG(0x200060),
        OPUS(0x200064),
        MP3(0x230082),
        AU(0x030002);

        final int format;

        Kind(int format) {
            this.format = format;
        }
    }

    /** Writes a file. */
    public static Path write(Path file, Kind kind, int rateHz, int channels, float[] interleaved) {
        return write(file, kind, rateHz, channels, interleaved, "", "");
    }

    /** Writes a file with tags. */
    public static Path write(
            Path file, Kind kind, int rateHz, int channels, float[] interleaved, String title, String artist) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(SndFile.INFO_BYTES, Long.BYTES);
            info.set(JAVA_INT, SndFile.RATE_AT, rateHz);
            info.set(JAVA_INT, SndFile.CHANNELS_AT, channels);
            info.set(JAVA_INT, SndFile.FORMAT_AT, kind.format);
            MemorySegment handle = (MemorySegment) LINKER.downcallHandle(
                            LIBRARY.findOrThrow("sf_open"), FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, ADDRESS))
                    .invokeExact(arena.allocateFrom(file.toString(), StandardCharsets.UTF_8), WRITE, info);
            if (handle.equals(MemorySegment.NULL)) {
                throw new IllegalStateException("libsndfile does not write " + kind);
            }
            tag(arena, handle, SndFile.TITLE, title);
            tag(arena, handle, SndFile.ARTIST, artist);
            long frames = interleaved.length / channels;
            MethodHandle write = LINKER.downcallHandle(
                    LIBRARY.findOrThrow("sf_writef_float"),
                    FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
            MemorySegment sound = arena.allocateFrom(JAVA_FLOAT, interleaved);
            long written = 0;
            while (written < frames) { // Ends: each turn writes a block. In one piece libvorbis runs out of stack.
                long count = Math.min(BLOCK_FRAMES, frames - written);
                long done = (long) write.invokeExact(handle, sound.asSlice(written * channels * Float.BYTES), count);
                if (done != count) {
                    throw new IllegalStateException(done + " of " + count + " frames written");
                }
                written += done;
            }
            int closed = (int)
                    LINKER.downcallHandle(LIBRARY.findOrThrow("sf_close"), FunctionDescriptor.of(JAVA_INT, ADDRESS))
                            .invokeExact(handle);
            if (closed != 0) {
                throw new IllegalStateException(file + " could not be closed");
            }
            return file;
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void tag(Arena arena, MemorySegment handle, int which, String text) throws Throwable {
        if (!text.isEmpty()) {
            int ignored = (int) LINKER.downcallHandle(
                            LIBRARY.findOrThrow("sf_set_string"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS))
                    .invokeExact(handle, which, arena.allocateFrom(text));
        }
    }

    /** A tone of 440 Hz, the same in each channel. */
    public static float[] tone(int rateHz, int channels, double seconds, double level) {
        float[] sound = new float[(int) Math.round(rateHz * seconds) * channels];
        for (int i = 0; i < sound.length; i++) {
            int frame = i / channels;
            sound[i] = (float) (level * Math.sin(2 * Math.PI * 440 * frame / rateHz));
        }
        return sound;
    }

    /** Strokes of noise on a soft tone, every fourth louder: something to walk to. Nobody else's sound has the same seed. */
    public static float[] strokes(int rateHz, int channels, double seconds, double bpm, long seed) {
        float[] sound = tone(rateHz, channels, seconds, 0.05);
        Random random = new Random(seed);
        double frames = 60.0 * rateHz / bpm;
        int length = rateHz / 10;
        for (int beat = 0; (beat + 1) * frames < sound.length / (double) channels; beat++) {
            int from = (int) Math.round(beat * frames);
            for (int i = 0; i < length && (from + i) * channels < sound.length; i++) {
                double stroke =
                        (beat % 4 == 0 ? 0.6 : 0.4) * random.nextGaussian() * 0.5 * Math.exp(-i / (0.02 * rateHz));
                for (int channel = 0; channel < channels; channel++) {
                    int at = (from + i) * channels + channel;
                    sound[at] = (float) Math.clamp(sound[at] + stroke, -0.95, 0.95);
                }
            }
        }
        return sound;
    }
}
