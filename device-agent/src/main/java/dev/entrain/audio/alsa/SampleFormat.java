package dev.entrain.audio.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/** How a card wants or gives its samples: whole numbers, little endian. In the order in which they are asked for. */
enum SampleFormat {
    /** SND_PCM_FORMAT_S32_LE. */
    S32(10, Integer.BYTES, "32 bit"),
    /** SND_PCM_FORMAT_S24_3LE: three bytes without a gap, the only one of many USB converters. */
    S24_PACKED(32, 3, "24 bit packed"),
    /** SND_PCM_FORMAT_S16_LE. */
    S16(2, Short.BYTES, "16 bit");

    /** ALSA's number of it. */
    final int code;

    /** Bytes of one sample. */
    final int bytes;

    /** Its name for a person. */
    final String description;

    private final double fullScale;

    SampleFormat(int code, int bytes, String description) {
        this.code = code;
        this.bytes = bytes;
        this.description = description;
        fullScale = (1L << (8 * bytes - 1)) - 1;
    }

    /**
     * Writes frames. Realtime-safe.
     *
     * @param stereo left and right in turn, clipped at full scale 1
     * @param fromFrame first frame to take
     * @param frames how many
     * @param channels 2, or 1 for the mean of both
     * @param to receives them from its start
     */
    void encode(float[] stereo, int fromFrame, int frames, int channels, MemorySegment to) {
        if (channels == 1) {
            for (int i = 0; i < frames; i++) {
                int at = 2 * (fromFrame + i);
                put(to, i, 0.5f * (stereo[at] + stereo[at + 1]));
            }
        } else {
            for (int i = 0; i < 2 * frames; i++) {
                put(to, i, stereo[2 * fromFrame + i]);
            }
        }
    }

    /**
     * Reads samples.
     *
     * @param from holds them from its start
     * @param samples how many
     * @param to receives them from index 0, full scale 1
     */
    void decode(MemorySegment from, int samples, float[] to) {
        for (int i = 0; i < samples; i++) {
            to[i] = (float) (get(from, i) / fullScale);
        }
    }

    private int get(MemorySegment from, int index) {
        return switch (this) {
            case S32 -> from.getAtIndex(JAVA_INT, index);
            case S24_PACKED -> {
                long at = 3L * index;
                yield (from.get(JAVA_BYTE, at) & 0xFF)
                        | (from.get(JAVA_BYTE, at + 1) & 0xFF) << 8
                        | from.get(JAVA_BYTE, at + 2) << 16;
            }
            case S16 -> from.getAtIndex(JAVA_SHORT, index);
        };
    }

    private void put(MemorySegment to, int index, float sample) {
        int value = (int) Math.rint(Math.clamp(sample, -1f, 1f) * fullScale);
        switch (this) {
            case S32 -> to.setAtIndex(JAVA_INT, index, value);
            case S24_PACKED -> {
                long at = 3L * index;
                to.set(JAVA_BYTE, at, (byte) value);
                to.set(JAVA_BYTE, at + 1, (byte) (value >> 8));
                to.set(JAVA_BYTE, at + 2, (byte) (value >> 16));
            }
            case S16 -> to.setAtIndex(JAVA_SHORT, index, (short) value);
        }
    }
}
