package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightingTest {
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

    /** The A column of IEC 61672-1:2013, table 3, given to 0.1 dB. */
    @ParameterizedTest
    @CsvSource({
        "63, -26.2",
        "125, -16.1",
        "250, -8.6",
        "500, -3.2",
        "800, -0.8",
        "1000, 0",
        "1600, 1.0",
        "2000, 1.2",
        "2500, 1.3",
        "3150, 1.2",
        "4000, 1.0",
        "5000, 0.5"
    })
    void shouldWeightByAAsTheStandardTabulates(double hz, double levelDb) {
        for (int rateHz : new int[] {44_100, 48_000, 96_000}) {
            AWeighting filter = new AWeighting(rateHz);
            double in = 0;
            double out = 0;
            for (int i = 0; i < 2 * rateHz; i++) {
                double value = Math.sin(2 * Math.PI * hz * i / rateHz);
                double weighted = filter.next(value);
                in += i < rateHz ? 0 : value * value;
                out += i < rateHz ? 0 : weighted * weighted;
            }
            assertThat(10 * Math.log10(out / in)).as("%d Hz", rateHz).isCloseTo(levelDb, within(0.15));
        }
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
