package dev.entrain.music.picture;

import dev.entrain.music.MusicException;
import dev.entrain.music.SoundReader;

/** The lowest and the highest sample in each of many equal slices of a sound; all channels together. Immutable. */
final class Waveform {
    private static final int BLOCK_FRAMES = 8_192;

    private final float[] low;
    private final float[] high;

    private Waveform(float[] low, float[] high) {
        this.low = low;
        this.high = high;
    }

    /**
     * Reads a stretch of sound. What lies before is read too and not jumped over: where a jump ends is not exact in every mp3.
     *
     * @param reader at its first frame
     * @param fromS where the stretch begins, s
     * @param lengthS how long it is, s
     * @param slices how many, 1 or more
     */
    static Waveform read(SoundReader reader, double fromS, double lengthS, int slices) throws MusicException {
        float[] low = new float[slices];
        float[] high = new float[slices];
        int channels = reader.channels();
        float[] block = new float[BLOCK_FRAMES * channels];
        double perSlice = lengthS * reader.rateHz() / slices;
        long first = Math.round(fromS * reader.rateHz());
        long end = first + Math.round(lengthS * reader.rateHz());
        long at = 0;
        while (at < end) { // Ends: each turn reads a frame at least, or is the last.
            int got = reader.read(block, (int) Math.min(BLOCK_FRAMES, end - at));
            if (got == 0) {
                break;
            }
            for (int frame = Math.clamp(first - at, 0, got); frame < got; frame++) {
                int slice = (int) Math.min(slices - 1, (at + frame - first) / perSlice);
                for (int channel = 0; channel < channels; channel++) {
                    float sample = block[frame * channels + channel];
                    low[slice] = Math.min(low[slice], sample);
                    high[slice] = Math.max(high[slice], sample);
                }
            }
            at += got;
        }
        return new Waveform(low, high);
    }

    /** Returns the lowest sample of a slice, at most 0. */
    float low(int slice) {
        return low[slice];
    }

    /** Returns the highest sample of a slice, at least 0. */
    float high(int slice) {
        return high[slice];
    }

    /** Returns the sample that is farthest from 0, as a positive number. */
    float most() {
        float most = 0;
        for (int i = 0; i < low.length; i++) {
            most = Math.max(most, Math.max(high[i], -low[i]));
        }
        return most;
    }
}
