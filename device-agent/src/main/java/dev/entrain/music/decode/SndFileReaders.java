package dev.entrain.music.decode;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.entrain.music.MusicException;
import dev.entrain.music.SoundReader;
import dev.entrain.music.SoundReaders;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens wav, flac, ogg, opus and mp3 files through the system's libsndfile. Thread-safe. */
public final class SndFileReaders implements SoundReaders {
    /** More than any sound of surround: mixed down to two elsewhere. */
    private static final int MOST_CHANNELS = 8;

    /** 100 hours of the finest sound; a cut ogg file says more (SF_COUNT_MAX: not known). */
    private static final long MOST_FRAMES = 100L * 3600 * 384_000;

    private static final int LEAST_HZ = 4_000;
    private static final int MOST_HZ = 384_000;

    private final SndFile library;

    /**
     * What a file says of itself.
     *
     * @param title empty where it says none
     * @param artist empty where it says none
     */
    public record Tags(String title, String artist) {}

    /**
     * Loads the library.
     *
     * @throws MusicException if it is missing, with the package to install
     */
    public SndFileReaders() throws MusicException {
        this(SndFile.LIBRARY);
    }

    SndFileReaders(String libraryName) throws MusicException {
        library = new SndFile(libraryName);
    }

    /** Returns the library's name and version. */
    public String version() {
        return library.version();
    }

    @Override
    public SoundReader open(Path file) throws MusicException {
        return read(file);
    }

    /**
     * Returns title and artist as the file's tags have them.
     *
     * @throws MusicException as {@link #open}
     */
    public Tags tags(Path file) throws MusicException {
        try (SndFileReader reader = read(file)) {
            return new Tags(reader.tag(SndFile.TITLE), reader.tag(SndFile.ARTIST));
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // The reader takes the arena over and closes it.
    private SndFileReader read(Path file) throws MusicException {
        if (!Files.exists(file)) {
            throw new MusicException(file + ": no such file; check the path");
        }
        if (!Files.isRegularFile(file)) {
            throw new MusicException(file + ": is no file; name a sound file");
        }
        if (!Files.isReadable(file)) {
            throw new MusicException(file + ": permission denied; run this as root (sudo) or make it readable");
        }
        Arena arena = Arena.ofShared(); // Opened on one thread, read on another.
        try {
            return opened(file, arena);
        } catch (MusicException | RuntimeException e) {
            if (arena.scope().isAlive()) { // Else its reader was made and is closed.
                arena.close();
            }
            throw e;
        }
    }

    private SndFileReader opened(Path file, Arena arena) throws MusicException {
        MemorySegment info = arena.allocate(SndFile.INFO_BYTES, Long.BYTES);
        MemorySegment name = arena.allocateFrom(file.toString(), names());
        MemorySegment handle;
        try {
            handle = (MemorySegment) library.open.invokeExact(name, SndFile.READ, info);
        } catch (Throwable e) {
            throw SndFile.fault(e);
        }
        if (handle.equals(MemorySegment.NULL)) {
            throw SoundKind.refuse(file, plain(library.describe(MemorySegment.NULL)));
        }
        SndFileReader reader = new SndFileReader(
                library,
                file,
                handle,
                arena,
                info.get(JAVA_INT, SndFile.RATE_AT),
                info.get(JAVA_INT, SndFile.CHANNELS_AT),
                info.get(JAVA_LONG, SndFile.FRAMES_AT));
        String fault = fault(file, reader, info);
        if (!fault.isEmpty()) {
            reader.close();
            throw new MusicException(file + ": " + fault);
        }
        return reader;
    }

    private static String fault(Path file, SndFileReader reader, MemorySegment info) {
        if (!SoundKind.taken(info.get(JAVA_INT, SndFile.FORMAT_AT) & SndFile.TYPE_MASK)) {
            return "is sound of a kind this unit does not play; convert it first: " + SoundKind.convert(file);
        }
        if (reader.channels() < 1 || reader.channels() > MOST_CHANNELS) {
            return "has " + reader.channels() + " channels, at most " + MOST_CHANNELS + " are read; convert it first: "
                    + SoundKind.convert(file).replace("ffmpeg -i ", "ffmpeg -ac 2 -i ");
        }
        if (reader.rateHz() < LEAST_HZ || reader.rateHz() > MOST_HZ) {
            return "says it has " + reader.rateHz()
                    + " samples a second, which is no music; it is damaged, copy it again";
        }
        if (reader.frames() <= 0) {
            return "holds no sound; it is cut off, copy it again";
        }
        if (reader.frames() > MOST_FRAMES) {
            return "does not say how long it is; it is cut off, copy it again";
        }
        if (info.get(JAVA_INT, SndFile.SEEKABLE_AT) == 0) {
            return "can't be read from the middle; convert it first: " + SoundKind.convert(file);
        }
        return "";
    }

    /** The character set that this Java turned the file's name into text with. */
    private static Charset names() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    private static String plain(String words) {
        String line = words.strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
