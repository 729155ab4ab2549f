package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoundFiguresTest {
    @Test
    void shouldWeightByKAsTheStandardTabulates() {
        assertThat(KWeighting.shelf(48_000))
                .containsExactly(
                        new double[] {
                            1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585
                        },
                        within(1e-10));
        assertThat(KWeighting.highPass(48_000))
                .containsExactly(new double[] {1, -2, 1, -1.99004745483398, 0.99007225036621}, within(1e-10));
    }

    @Test
    void shouldMeasureAFullScaleSineAsItsNamesSay() {
        float[] sine = new float[48_000];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) Math.sin(2 * Math.PI * 1000 * i / 48_000);
        }
        SoundFigures figures = SoundFigures.of(sine, 0.5, 48_000);

        assertThat(figures.exposureDbA()).isCloseTo(-6.02, within(0.02));
        assertThat(figures.peakDbtp()).isCloseTo(-6.02, within(0.02));
        // BS.1770-5: a 997 Hz sine of 0 dBFS on one channel is -3.01 LKFS, on both 3 dB more.
        assertThat(figures.loudnessLufs()).isCloseTo(-6.02, within(0.05));
        assertThat(figures.perceivedMs()).isBetween(0.0, 1.0);
    }
}
