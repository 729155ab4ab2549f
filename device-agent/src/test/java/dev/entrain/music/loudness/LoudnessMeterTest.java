package dev.entrain.music.loudness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.music.MusicException;
import org.junit.jupiter.api.Test;

/** Against signals of EBU Tech 3341 (2016), which says what a meter must show. */
class LoudnessMeterTest {
    private static final int RATE_HZ = 48_000;

    @Test
    void shouldShowTheLoudnessOfTheStandardsTone() throws Exception {
        // Case 1: 1 kHz at -23 dBFS in both channels for 20 s is -23.0 LUFS within 0.1.
        try (LoudnessMeter meter = new LoudnessMeters().open(RATE_HZ, 2)) {
            meter.add(tone(2, 20, 1000, 0, -23), 20 * RATE_HZ);
            assertThat(meter.lufs()).isEqualTo(-23, within(0.1));
        }
    }

    @Test
    void shouldLeaveQuietPassagesOutOfTheMean() throws Exception {
        // Case 3: 10 s at -36, 60 s at -23, 10 s at -36 dBFS is -23.0 LUFS within 0.1.
        try (LoudnessMeter meter = new LoudnessMeters().open(RATE_HZ, 2)) {
            meter.add(tone(2, 10, 1000, 0, -36), 10 * RATE_HZ);
            meter.add(tone(2, 60, 1000, 0, -23), 60 * RATE_HZ);
            meter.add(tone(2, 10, 1000, 0, -36), 10 * RATE_HZ);
            assertThat(meter.lufs()).isEqualTo(-23, within(0.1));
        }
    }

    @Test
    void shouldCountOneChannelAsHeardOnBothEars() throws Exception {
        try (LoudnessMeter meter = new LoudnessMeters().open(RATE_HZ, 1)) {
            meter.add(tone(1, 20, 1000, 0, -23), 20 * RATE_HZ);
            assertThat(meter.lufs()).isEqualTo(-23, within(0.1));
        }
    }

    @Test
    void shouldFindPeaksBetweenTheSamples() throws Exception {
        // Case 16: a quarter of the rate, 45 degrees, 0.5 full scale: samples reach -9, the wave -6 dB, +0.2/-0.4.
        try (LoudnessMeter meter = new LoudnessMeters().open(RATE_HZ, 2)) {
            meter.add(tone(2, 1, RATE_HZ / 4.0, Math.PI / 4, 20 * Math.log10(0.5)), RATE_HZ);
            assertThat(meter.truePeakDb()).isBetween(-6.42, -5.82);
        }
    }

    @Test
    void shouldCallSilenceSilent() throws Exception {
        try (LoudnessMeter meter = new LoudnessMeters().open(RATE_HZ, 2)) {
            meter.add(new float[2 * RATE_HZ], RATE_HZ);
            assertThat(meter.lufs()).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(meter.truePeakDb()).isEqualTo(Double.NEGATIVE_INFINITY);
        }
    }

    @Test
    void shouldSayWhichPackageIsMissing() throws Exception {
        assertThatThrownBy(() -> new LoudnessMeters("libnone.so.1"))
                .isInstanceOf(MusicException.class)
                .hasMessageContaining("apt-get install libebur128-1");
        assertThat(new LoudnessMeters().version()).startsWith("libebur128-1.");
    }

    private static float[] tone(int channels, int seconds, double hz, double phase, double dbfs) {
        float[] sound = new float[seconds * RATE_HZ * channels];
        double level = Math.pow(10, dbfs / 20);
        for (int i = 0; i < sound.length; i++) {
            int frame = i / channels;
            sound[i] = (float) (level * Math.sin(2 * Math.PI * hz * frame / RATE_HZ + phase));
        }
        return sound;
    }
}
