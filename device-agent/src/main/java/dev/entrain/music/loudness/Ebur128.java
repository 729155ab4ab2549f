package dev.entrain.music.loudness;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.entrain.music.MusicException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The functions of libebur128 1.2 that are used (ebur128.h), for 64 bit Linux, where size_t and long have 8 bytes. */
@SuppressWarnings("restricted") // Calling native code is this class's purpose; the launcher enables it.
final class Ebur128 {
    /** The library's file. */
    static final String LIBRARY = "libebur128.so.1";

    /** EBUR128_MODE_I and EBUR128_MODE_TRUE_PEAK with what they include. */
    static final int MODE = 1 << 2 | 1 << 5 | 1 << 4 | 1;
    /** EBUR128_DUAL_MONO. */
    static final int DUAL_MONO = 6;

    final MethodHandle init;
    final MethodHandle destroy;
    final MethodHandle setChannel;
    final MethodHandle addFloats;
    final MethodHandle loudness;
    final MethodHandle truePeak;

    private final MethodHandle version;
    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup library;

    /**
     * Loads a library.
     *
     * @param name its file, {@link #LIBRARY}
     * @throws MusicException if it is missing or too old
     */
    Ebur128(String name) throws MusicException {
        try {
            library = SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new MusicException(
                    "The library " + name
                            + ", which measures how loud songs are, is missing. Install it: apt-get install"
                            + " libebur128-1",
                    e);
        }
        init = link("ebur128_init", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_LONG, JAVA_INT));
        destroy = link("ebur128_destroy", FunctionDescriptor.ofVoid(ADDRESS));
        setChannel = link("ebur128_set_channel", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
        addFloats = link("ebur128_add_frames_float", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
        loudness = link("ebur128_loudness_global", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        truePeak = link("ebur128_true_peak", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
        version = link("ebur128_get_version", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS));
    }

    /** Returns name and version. */
    String version() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(JAVA_INT, 3);
            version.invokeExact(numbers, numbers.asSlice(Integer.BYTES), numbers.asSlice(2L * Integer.BYTES));
            return "libebur128-" + numbers.getAtIndex(JAVA_INT, 0) + "." + numbers.getAtIndex(JAVA_INT, 1) + "."
                    + numbers.getAtIndex(JAVA_INT, 2);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** Wraps what a native call threw: native code throws nothing, so the call itself was wrong. */
    static IllegalStateException fault(Throwable cause) {
        return new IllegalStateException("a libebur128 function was called wrongly", cause);
    }

    private MethodHandle link(String name, FunctionDescriptor type) throws MusicException {
        MemorySegment symbol = library.find(name)
                .orElseThrow(() -> new MusicException("The library " + LIBRARY + " lacks " + name
                        + ". Install a newer one: apt-get install libebur128-1"));
        return linker.downcallHandle(symbol, type);
    }
}
