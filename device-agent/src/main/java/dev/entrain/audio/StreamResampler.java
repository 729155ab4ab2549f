package dev.entrain.audio;

import java.util.Arrays;

/**
 * Puts a stream on another rate, piece by piece, by the filter of {@link PolyphaseResampler}. Frame n of the output lies at
 * frame {@code n * from / to} of the source, from wherever it began. Bounded memory. For one thread; allocates nothing after
 * the first second.
 */
public final class StreamResampler {
    /** Finest places between two frames of the source; a rate that asks for finer ones is put on the nearest of these. */
    private static final int MOST_PHASES = 1024;

    private static final int PIECE = 2048;

    /** Where frames come from. */
    public interface Source<E extends Exception> {
        /**
         * Reads the next frames.
         *
         * @return how many; fewer than asked for only at the end
         */
        int read(float[] mono, int frames) throws E;
    }

    private final int step;
    private final int phases;
    private final int half;
    private final double band;
    private final int kinds;
    private final float[][] taps;
    private final float[] window;
    private final float[] piece = new float[PIECE];

    /** Frame of the source at the window's index 0. */
    private long windowFrom;

    private int windowFrames;
    private long nextOut;
    private long endFrame = Long.MAX_VALUE;

    /**
     * Makes a resampler at frame 0 of both.
     *
     * @param fromHz the source's rate, 8000 to 192000
     * @param toHz the output's rate, 8000 to 192000
     */
    public StreamResampler(int fromHz, int toHz) {
        int common = PolyphaseResampler.greatestCommonDivisor(fromHz, toHz);
        phases = toHz / common;
        step = fromHz / common;
        double narrow = Math.min(1, (double) toHz / fromHz);
        band = PolyphaseResampler.CUTOFF * narrow;
        half = (int) Math.ceil(PolyphaseResampler.HALF_TAPS / narrow);
        kinds = Math.min(phases, MOST_PHASES);
        taps = new float[kinds][0];
        window = new float[2 * half + 2 * PIECE];
    }

    /**
     * Goes to a frame of the output.
     *
     * @return the frame the source has to be read from
     */
    public long seek(long outFrame) {
        nextOut = outFrame;
        long first = Math.multiplyExact(outFrame, step) / phases - half + 1;
        endFrame = Long.MAX_VALUE;
        windowFrom = first;
        windowFrames = (int) Math.max(0, -first); // Silence before the beginning.
        Arrays.fill(window, 0, windowFrames, 0f);
        return Math.max(0, first);
    }

    /**
     * Gives the next frames.
     *
     * @param out where they go, from index 0
     * @param frames how many
     * @param source is read as needed, on from where {@link #seek} said
     * @return how many; fewer than asked for only at the end
     */
    public <E extends Exception> int read(float[] out, int frames, Source<E> source) throws E {
        for (int i = 0; i < frames; i++) {
            long place = nextOut * step;
            long index = place / phases;
            if (index >= endFrame || !reach(index + half, source)) {
                return i;
            }
            int phase = (int) (place % phases * kinds / phases);
            out[i] = at((int) (index - half + 1 - windowFrom), tapsOf(phase));
            nextOut++;
        }
        return frames;
    }

    /** Fills the window up to and with a frame of the source; beyond its end with silence. */
    private <E extends Exception> boolean reach(long frame, Source<E> source) throws E {
        while (windowFrom + windowFrames <= frame) {
            if (windowFrames + PIECE > window.length) {
                int old = Math.min(windowFrames, PIECE);
                System.arraycopy(window, old, window, 0, windowFrames - old);
                windowFrom += old;
                windowFrames -= old;
            }
            int got = endFrame == Long.MAX_VALUE ? source.read(piece, PIECE) : 0;
            if (got < PIECE && endFrame == Long.MAX_VALUE) {
                endFrame = windowFrom + windowFrames + got;
            }
            System.arraycopy(piece, 0, window, windowFrames, got);
            Arrays.fill(window, windowFrames + got, windowFrames + PIECE, 0f);
            windowFrames += PIECE;
        }
        return nextOut * step / phases < endFrame;
    }

    private float at(int first, float[] weights) {
        float sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += window[first + k] * weights[k];
        }
        return sum;
    }

    private float[] tapsOf(int phase) {
        float[] kept = taps[phase];
        if (kept.length == 0) {
            kept = PolyphaseResampler.tapsOf((double) phase / kinds, half, band);
            taps[phase] = kept;
        }
        return kept;
    }
}
