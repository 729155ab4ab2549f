package dev.entrain.audio.alsa;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.entrain.audio.AudioException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;

/**
 * The functions of libasound 1.0.27 and later that output and input call. None is linked with {@code Linker.Option.critical}:
 * wait, write and read can block, and would then hold every safepoint of the virtual machine.
 *
 * <p>A handle is called with {@code invokeExact}; what it throws can only be a fault of ours, see {@link #fault}.
 */
@SuppressWarnings("restricted") // Calling native code is this class's purpose; the launcher enables it.
final class Alsa {
    /** SND_PCM_STREAM_PLAYBACK. */
    static final int STREAM_PLAYBACK = 0;
    /** SND_PCM_STREAM_CAPTURE. */
    static final int STREAM_CAPTURE = 1;
    /** SND_PCM_NONBLOCK. */
    static final int NONBLOCK = 1;
    /** SND_PCM_ACCESS_RW_INTERLEAVED. */
    static final int ACCESS_RW_INTERLEAVED = 3;
    /** SND_PCM_TSTAMP_ENABLE. */
    static final int TSTAMP_ENABLE = 1;
    /** SND_PCM_TSTAMP_TYPE_MONOTONIC. */
    static final int TSTAMP_TYPE_MONOTONIC = 1;
    /** SND_PCM_STATE_RUNNING. */
    static final int STATE_RUNNING = 3;
    /** SND_PCM_STATE_XRUN. */
    static final int STATE_XRUN = 4;
    /** SND_PCM_STATE_SUSPENDED. */
    static final int STATE_SUSPENDED = 7;
    /** SND_PCM_STATE_DISCONNECTED. */
    static final int STATE_DISCONNECTED = 8;

    /** No such file or directory. */
    static final int ENOENT = 2;
    /** Input/output error. */
    static final int EIO = 5;
    /** Try again. */
    static final int EAGAIN = 11;
    /** Permission denied. */
    static final int EACCES = 13;
    /** Device or resource busy. */
    static final int EBUSY = 16;
    /** No such device. */
    static final int ENODEV = 19;
    /** Broken pipe: the card ran out of frames. */
    static final int EPIPE = 32;
    /** Streams pipe error: the card was suspended. */
    static final int ESTRPIPE = 86;

    private static final String LIBRARY = "libasound.so.2";

    final MethodHandle open;
    final MethodHandle close;
    final MethodHandle drop;
    final MethodHandle prepare;
    final MethodHandle start;
    final MethodHandle resume;
    final MethodHandle rewindable;
    final MethodHandle rewind;
    final MethodHandle await;
    final MethodHandle write;
    final MethodHandle read;
    final MethodHandle status;
    final MethodHandle statusState;
    final MethodHandle statusTime;
    final MethodHandle statusDelay;
    final MethodHandle statusAvail;
    final MethodHandle hwAny;
    final MethodHandle hwAccess;
    final MethodHandle hwFormat;
    final MethodHandle hwChannels;
    final MethodHandle hwResample;
    final MethodHandle hwRateNear;
    final MethodHandle hwPeriodNear;
    final MethodHandle hwBufferNear;
    final MethodHandle hwApply;
    final MethodHandle swCurrent;
    final MethodHandle swAvailMin;
    final MethodHandle swStart;
    final MethodHandle swStampMode;
    final MethodHandle swStampType;
    final MethodHandle swApply;

    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup library;

    /**
     * Loads the library and silences its own messages on the standard error stream, since ours say what to do.
     *
     * @throws AudioException if the library is missing or too old
     */
    Alsa() throws AudioException {
        if (ADDRESS.byteSize() != Long.BYTES) {
            throw new AudioException("Sound needs a 64 bit system. Install the 64 bit Raspberry Pi OS.");
        }
        try {
            library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new AudioException("The sound library " + LIBRARY + " is missing. Install it with"
                    + " 'apt-get install libasound2t64' (Debian 12 and older: libasound2).");
        }
        MemoryLayout p = ADDRESS;
        open = link("snd_pcm_open", p, p, JAVA_INT, JAVA_INT);
        close = link("snd_pcm_close", p);
        drop = link("snd_pcm_drop", p);
        prepare = link("snd_pcm_prepare", p);
        start = link("snd_pcm_start", p);
        resume = link("snd_pcm_resume", p);
        rewindable = linkTo("snd_pcm_rewindable", FunctionDescriptor.of(JAVA_LONG, p));
        rewind = linkTo("snd_pcm_rewind", FunctionDescriptor.of(JAVA_LONG, p, JAVA_LONG));
        await = link("snd_pcm_wait", p, JAVA_INT);
        write = linkTo("snd_pcm_writei", FunctionDescriptor.of(JAVA_LONG, p, p, JAVA_LONG));
        read = linkTo("snd_pcm_readi", FunctionDescriptor.of(JAVA_LONG, p, p, JAVA_LONG));
        status = link("snd_pcm_status", p, p);
        statusState = link("snd_pcm_status_get_state", p);
        statusTime = linkTo("snd_pcm_status_get_htstamp", FunctionDescriptor.ofVoid(p, p));
        statusDelay = linkTo("snd_pcm_status_get_delay", FunctionDescriptor.of(JAVA_LONG, p));
        statusAvail = linkTo("snd_pcm_status_get_avail", FunctionDescriptor.of(JAVA_LONG, p));
        hwAny = link("snd_pcm_hw_params_any", p, p);
        hwAccess = link("snd_pcm_hw_params_set_access", p, p, JAVA_INT);
        hwFormat = link("snd_pcm_hw_params_set_format", p, p, JAVA_INT);
        hwChannels = link("snd_pcm_hw_params_set_channels", p, p, JAVA_INT);
        hwResample = link("snd_pcm_hw_params_set_rate_resample", p, p, JAVA_INT);
        hwRateNear = link("snd_pcm_hw_params_set_rate_near", p, p, p, p);
        hwPeriodNear = link("snd_pcm_hw_params_set_period_size_near", p, p, p, p);
        hwBufferNear = link("snd_pcm_hw_params_set_buffer_size_near", p, p, p);
        hwApply = link("snd_pcm_hw_params", p, p);
        swCurrent = link("snd_pcm_sw_params_current", p, p);
        swAvailMin = link("snd_pcm_sw_params_set_avail_min", p, p, JAVA_LONG);
        swStart = link("snd_pcm_sw_params_set_start_threshold", p, p, JAVA_LONG);
        swStampMode = link("snd_pcm_sw_params_set_tstamp_mode", p, p, JAVA_INT);
        swStampType = link("snd_pcm_sw_params_set_tstamp_type", p, p, JAVA_INT);
        swApply = link("snd_pcm_sw_params", p, p);
        silenceMessages();
    }

    /** Returns zeroed memory for one of libasound's opaque structures, such as {@code snd_pcm_status}. */
    MemorySegment structure(Arena arena, String type) throws AudioException {
        try {
            return arena.allocate(
                    (long) linkTo(type + "_sizeof", FunctionDescriptor.of(JAVA_LONG))
                            .invokeExact(),
                    16);
        } catch (AudioException e) {
            throw e;
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** Returns what libasound says about a negative result. */
    String describe(int error) {
        try {
            MemorySegment text = (MemorySegment) linkTo("snd_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT))
                    .invokeExact(error);
            return text.reinterpret(200).getString(0);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** Returns what an open device is made of, with the names of its plug-ins, in libasound's words; empty if it won't say. */
    String make(MemorySegment pcm) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointer = arena.allocate(ADDRESS);
            if ((int) link("snd_output_buffer_open", ADDRESS).invokeExact(pointer) < 0) {
                return "";
            }
            MemorySegment output = pointer.get(ADDRESS, 0);
            int result = (int) link("snd_pcm_dump", ADDRESS, ADDRESS).invokeExact(pcm, output);
            long bytes = (long) linkTo("snd_output_buffer_string", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS))
                    .invokeExact(output, pointer);
            String text = result < 0 || bytes == 0
                    ? ""
                    : new String(pointer.get(ADDRESS, 0).reinterpret(bytes).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
            link("snd_output_close", ADDRESS).invoke(output);
            return text;
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** Wraps what a native call threw: native code throws nothing, so the call itself was wrong. */
    static IllegalStateException fault(Throwable cause) {
        return new IllegalStateException("a libasound function was called wrongly", cause);
    }

    private MethodHandle link(String name, MemoryLayout... parameters) throws AudioException {
        return linkTo(name, FunctionDescriptor.of(JAVA_INT, parameters));
    }

    private MethodHandle linkTo(String name, FunctionDescriptor type) throws AudioException {
        MemorySegment symbol = library.find(name)
                .orElseThrow(() -> new AudioException("The sound library " + LIBRARY + " lacks " + name
                        + ". Install a newer one with 'apt-get install libasound2t64'."));
        return linker.downcallHandle(symbol, type);
    }

    private void silenceMessages() throws AudioException {
        // libasound's handler is variadic; the fixed part alone is passed alike on x86-64 and AArch64 Linux.
        FunctionDescriptor type = FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
        try {
            MethodHandle quiet = MethodHandles.empty(MethodType.methodType(
                    void.class, MemorySegment.class, int.class, MemorySegment.class, int.class, MemorySegment.class));
            MemorySegment stub = linker.upcallStub(quiet, type, Arena.global());
            link("snd_lib_error_set_handler", ADDRESS).invoke(stub);
        } catch (AudioException e) {
            throw e;
        } catch (Throwable e) {
            throw fault(e);
        }
    }
}
