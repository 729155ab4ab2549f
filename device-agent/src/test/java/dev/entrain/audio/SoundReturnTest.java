package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SoundReturnTest {
    private static final long MS = 1_000_000L;
    private static final int RATE_HZ = 48_000;

    private final SoundReturn sound = new SoundReturn();
    private final float[] block = new float[2 * 256];

    @Test
    void shouldLeaveSoundAloneAtTheFirstStartAndAfterShortGap() {
        sound.starts(7_000 * MS, RATE_HZ);
        assertThat(gainOfNextBlock()).isEqualTo(1);
        sound.heard(8_000 * MS);
        sound.starts(8_900 * MS, RATE_HZ);

        assertThat(gainOfNextBlock()).isEqualTo(1);
        assertThat(sound.takeWord()).isFalse();
    }

    @Test
    void shouldGrowFromTenthToWholeWithinTwoSecondsAndThenGiveWordOnce() {
        sound.heard(8_000 * MS);
        sound.starts(9_000 * MS, RATE_HZ);
        float before = 0.099f;
        for (int i = 0; i < 2 * RATE_HZ / 256 - 1; i++) {
            float gain = gainOfNextBlock();
            assertThat(gain).isGreaterThan(before).isLessThan(before + 0.004f);
            assertThat(sound.takeWord()).isFalse();
            before = gain;
        }

        assertThat(gainOfNextBlock()).isGreaterThan(before);
        assertThat(gainOfNextBlock()).isEqualTo(1);
        assertThat(sound.takeWord()).isTrue();
        assertThat(sound.takeWord()).isFalse();
    }

    @Test
    void shouldCountMissingSoundFromTheFirstFailureIfNoneWasEverHeard() {
        sound.missed(5_000 * MS);
        sound.missed(5_900 * MS);
        sound.starts(6_100 * MS, RATE_HZ);

        assertThat(gainOfNextBlock()).isLessThan(0.2f);
    }

    /** Returns the gain of the last frame of the next block. */
    private float gainOfNextBlock() {
        Arrays.fill(block, 1);
        sound.process(block, 256);
        assertThat(block[511]).isEqualTo(block[510]);
        return block[511];
    }
}
