package dev.entrain.music.loudness;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Integrated loudness and true peak of one song (ITU-R BS.1770-4, EBU R128: gated at -70 LUFS and 10 LU below the mean). One
 * channel is counted as it is heard here, on both ears. For one thread, which closes it.
 */
public final class LoudnessMeter implements AutoCloseable {
    private static final int BLOCK_FRAMES = 4096;

    private final Ebur128 library;
    private final int channels;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment pointer = arena.allocate(ADDRESS);
    private final MemorySegment number = arena.allocate(JAVA_DOUBLE);
    private final MemorySegment block;
    private final MemorySegment state;

    LoudnessMeter(Ebur128 library, int rateHz, int channels) {
        this.library = library;
        this.channels = channels;
        block = arena.allocate(JAVA_FLOAT, (long) BLOCK_FRAMES * channels);
        try {
            state = (MemorySegment) library.init.invokeExact(channels, (long) rateHz, Ebur128.MODE);
            if (state.equals(MemorySegment.NULL)) {
                throw new IllegalArgumentException("no meter for " + channels + " channels at " + rateHz + " Hz");
            }
            if (channels == 1) {
                int ignored = (int) library.setChannel.invokeExact(state, 0, Ebur128.DUAL_MONO);
            }
        } catch (IllegalArgumentException e) {
            arena.close();
            throw e;
        } catch (Throwable e) {
            throw Ebur128.fault(e);
        }
        pointer.set(ADDRESS, 0, state);
    }

    /**
     * Counts the next frames.
     *
     * @param interleaved from index 0; full scale is 1
     */
    public void add(float[] interleaved, int frames) {
        for (int done = 0; done < frames; done += BLOCK_FRAMES) {
            int count = Math.min(BLOCK_FRAMES, frames - done);
            MemorySegment.copy(interleaved, done * channels, block, JAVA_FLOAT, 0, count * channels);
            try {
                int error = (int) library.addFloats.invokeExact(state, block, (long) count);
                if (error != 0) {
                    throw new OutOfMemoryError("libebur128 has no memory left");
                }
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable e) {
                throw Ebur128.fault(e);
            }
        }
    }

    /** Returns the integrated loudness of all that was counted, LUFS; minus infinity for silence. */
    public double lufs() {
        try {
            int error = (int) library.loudness.invokeExact(state, number);
            return error == 0 ? number.get(JAVA_DOUBLE, 0) : Double.NEGATIVE_INFINITY;
        } catch (Throwable e) {
            throw Ebur128.fault(e);
        }
    }

    /** Returns the highest true peak of any channel, dBTP (4 times oversampled); minus infinity for silence. */
    public double truePeakDb() {
        double most = 0;
        for (int channel = 0; channel < channels; channel++) {
            try {
                int error = (int) library.truePeak.invokeExact(state, channel, number);
                most = error == 0 ? Math.max(most, number.get(JAVA_DOUBLE, 0)) : most;
            } catch (Throwable e) {
                throw Ebur128.fault(e);
            }
        }
        return 20 * Math.log10(most);
    }

    @Override
    public void close() {
        if (!arena.scope().isAlive()) {
            return;
        }
        try {
            library.destroy.invokeExact(pointer);
        } catch (Throwable e) {
            throw Ebur128.fault(e);
        } finally {
            arena.close();
        }
    }
}
