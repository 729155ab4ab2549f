package dev.entrain.audio.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class SampleFormatTest {
    private static final float[] STEREO = {9, 9, 1, -1, 0, 0.5f, 2, -7};

    @Test
    void shouldWriteWholeNumbersAndClip() {
        assertThat(encoded(SampleFormat.S16, 2))
                .containsExactly(0xFF, 0x7F, 0x01, 0x80, 0, 0, 0, 0x40, 0xFF, 0x7F, 1, 0x80);
        assertThat(encoded(SampleFormat.S24_PACKED, 2))
                .containsExactly(0xFF, 0xFF, 0x7F, 1, 0, 0x80, 0, 0, 0, 0, 0, 0x40, 0xFF, 0xFF, 0x7F, 1, 0, 0x80);
        assertThat(encoded(SampleFormat.S32, 2)).startsWith(0xFF, 0xFF, 0xFF, 0x7F, 1, 0, 0, 0x80, 0, 0, 0, 0);
    }

    @Test
    void shouldSendTheMeanOfBothToMonoCard() {
        assertThat(encoded(SampleFormat.S16, 1)).containsExactly(0, 0, 0, 0x20, 1, 0x80);
    }

    /** Encodes all frames of {@link #STEREO} but the first. */
    private static int[] encoded(SampleFormat format, int channels) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment to = arena.allocate(3L * channels * format.bytes, 8);
            format.encode(STEREO, 1, 3, channels, to);
            byte[] bytes = to.toArray(ValueLayout.JAVA_BYTE);
            int[] unsigned = new int[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                unsigned[i] = bytes[i] & 0xFF;
            }
            return unsigned;
        }
    }
}
