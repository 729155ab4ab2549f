package dev.entrain.audio.music.soundtouch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.entrain.music.MusicException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of SoundTouch's C interface that are called (SoundTouchDLL.h, versions 2.1 and later; samples are 32 bit
 * floats). Settings are numbered as in SoundTouch.h.
 */
@SuppressWarnings("restricted") // Calling native code is this class's purpose; the launcher enables it.
final class SoundTouch {
    static final int USE_AA_FILTER = 0;
    static final int USE_QUICKSEEK = 2;
    static final int SEQUENCE_MS = 3;
    static final int SEEKWINDOW_MS = 4;
    static final int OVERLAP_MS = 5;

    private static final String LIBRARY = "libSoundTouchDll.so.1";

    final MethodHandle create;
    final MethodHandle destroy;
    final MethodHandle setChannels;
    final MethodHandle setSampleRate;
    final MethodHandle setTempo;
    final MethodHandle setSetting;
    final MethodHandle put;
    final MethodHandle receive;
    final MethodHandle unprocessed;
    final MethodHandle clear;

    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup library;

    /**
     * Loads the library.
     *
     * @throws MusicException if it is missing or lacks a function
     */
    SoundTouch() throws MusicException {
        try {
            library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new MusicException(
                    "The library that puts music on the steps, " + LIBRARY + ", is missing, so beats are clicks."
                            + " Install it with 'apt-get install libsoundtouch1'.",
                    e);
        }
        create = link("soundtouch_createInstance", FunctionDescriptor.of(ADDRESS));
        destroy = link("soundtouch_destroyInstance", nothing());
        setChannels = link("soundtouch_setChannels", number(JAVA_INT));
        setSampleRate = link("soundtouch_setSampleRate", number(JAVA_INT));
        setTempo = link("soundtouch_setTempo", nothing(JAVA_FLOAT));
        setSetting = link("soundtouch_setSetting", number(JAVA_INT, JAVA_INT));
        put = link("soundtouch_putSamples", number(ADDRESS, JAVA_INT));
        receive = link("soundtouch_receiveSamples", number(ADDRESS, JAVA_INT));
        unprocessed = link("soundtouch_numUnprocessedSamples", number());
        clear = link("soundtouch_clear", nothing());
    }

    /** Wraps what a handle threw: only a fault of ours, since C throws nothing. */
    static IllegalStateException fault(Throwable thrown) {
        return new IllegalStateException("a call of " + LIBRARY + " failed", thrown);
    }

    private MethodHandle link(String name, FunctionDescriptor descriptor) throws MusicException {
        return linker.downcallHandle(
                library.find(name)
                        .orElseThrow(() -> new MusicException("The library " + LIBRARY + " has no function " + name
                                + ", so beats are clicks. Install libsoundtouch1 2.1 or later.")),
                descriptor);
    }

    private static FunctionDescriptor nothing(MemoryLayout... afterHandle) {
        return FunctionDescriptor.ofVoid(ADDRESS).appendArgumentLayouts(afterHandle);
    }

    private static FunctionDescriptor number(MemoryLayout... afterHandle) {
        return FunctionDescriptor.of(JAVA_INT, ADDRESS).appendArgumentLayouts(afterHandle);
    }
}
