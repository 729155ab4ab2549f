package dev.entrain.music.decode;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.entrain.music.MusicException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The functions of libsndfile 1.1 and later that reading needs (sndfile.h). None is linked with {@code
 * Linker.Option.critical}: they wait for the disk. Native code throws nothing, so what a handle throws is a fault of ours,
 * see {@link #fault}.
 */
@SuppressWarnings("restricted") // Calling native code is this class's purpose; the launcher enables it.
final class SndFile {
    /** The library's file. */
    static final String LIBRARY = "libsndfile.so.1";

    /** SFM_READ. */
    static final int READ = 0x10;
    /** SEEK_SET. */
    static final int SEEK_SET = 0;
    /** SF_FORMAT_TYPEMASK. */
    static final int TYPE_MASK = 0x0FFF0000;
    /** SF_STR_TITLE. */
    static final int TITLE = 0x01;
    /** SF_STR_ARTIST. */
    static final int ARTIST = 0x04;

    /** Bytes of SF_INFO, and where its fields lie. */
    static final long INFO_BYTES = 32;

    static final long FRAMES_AT = 0;
    static final long RATE_AT = 8;
    static final long CHANNELS_AT = 12;
    static final long FORMAT_AT = 16;
    static final long SEEKABLE_AT = 24;

    private static final int MOST_TEXT_BYTES = 4096;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    final MethodHandle open;
    final MethodHandle close;
    final MethodHandle readFloats;
    final MethodHandle seek;

    private final MethodHandle error;
    private final MethodHandle errorText;
    private final MethodHandle string;
    private final MethodHandle versionText;
    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup library;

    /**
     * Loads a library.
     *
     * @param name its file, {@link #LIBRARY}
     * @throws MusicException if it is missing or too old
     */
    SndFile(String name) throws MusicException {
        if (ADDRESS.byteSize() != Long.BYTES) {
            throw new MusicException("Music needs a 64 bit system. Install the 64 bit Raspberry Pi OS.");
        }
        try {
            library = SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new MusicException(
                    "The library " + name + ", which reads songs, is missing. Install it: apt-get install libsndfile1",
                    e);
        }
        open = link("sf_open", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, ADDRESS));
        close = link("sf_close", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        readFloats = link("sf_readf_float", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
        seek = link("sf_seek", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT));
        error = link("sf_error", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        errorText = link("sf_strerror", FunctionDescriptor.of(ADDRESS, ADDRESS));
        string = link("sf_get_string", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        versionText = link("sf_version_string", FunctionDescriptor.of(ADDRESS));
    }

    /** Returns what is wrong with a file, in the library's words; with none what was wrong with opening the last one. */
    String describe(MemorySegment file) {
        try {
            return text((MemorySegment) errorText.invokeExact(file));
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** Whether the library found something wrong with an open file. */
    boolean failed(MemorySegment file) {
        try {
            return (int) error.invokeExact(file) != 0;
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** Returns a tag of an open file; empty where it has none. */
    String tag(MemorySegment file, int which) {
        try {
            return text((MemorySegment) string.invokeExact(file, which)).strip();
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** Returns name and version, such as libsndfile-1.2.2. */
    String version() {
        try {
            return text((MemorySegment) versionText.invokeExact());
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** Wraps what a native call threw: native code throws nothing, so the call itself was wrong. */
    static IllegalStateException fault(Throwable cause) {
        return new IllegalStateException("a libsndfile function was called wrongly", cause);
    }

    private static String text(MemorySegment pointer) {
        if (pointer.equals(MemorySegment.NULL)) {
            return "";
        }
        // Byte by byte: a tag is as long as its file says, and what lies behind its end is not ours to read.
        MemorySegment all = pointer.reinterpret(MOST_TEXT_BYTES);
        byte[] bytes = new byte[MOST_TEXT_BYTES];
        int length = 0;
        while (length < MOST_TEXT_BYTES && all.get(JAVA_BYTE, length) != 0) {
            bytes[length] = all.get(JAVA_BYTE, length);
            length++;
        }
        return decoded(Arrays.copyOf(bytes, length < MOST_TEXT_BYTES ? length : beforeLast(bytes)));
    }

    /** Where the last character begins, which may be cut. */
    private static int beforeLast(byte[] utf8) {
        int at = utf8.length - 1;
        while (at > 0 && (utf8[at] & 0xC0) == 0x80) {
            at--;
        }
        return at;
    }

    /** Tags are UTF-8; older programs wrote them as Windows does. */
    static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, WINDOWS);
        }
    }

    private MethodHandle link(String name, FunctionDescriptor type) throws MusicException {
        MemorySegment symbol = library.find(name)
                .orElseThrow(() -> new MusicException("The library " + LIBRARY + " lacks " + name
                        + ". Install a newer one: apt-get install libsndfile1"));
        return linker.downcallHandle(symbol, type);
    }
}
