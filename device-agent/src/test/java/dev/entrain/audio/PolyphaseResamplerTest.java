package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolyphaseResamplerTest {
    private static final int SOURCE_HZ = 22_050;

    private static float[] sine(double hz, int rateHz, double seconds) {
        float[] sine = new float[(int) (rateHz * seconds)];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / rateHz));
        }
        return sine;
    }

    @ParameterizedTest
    @CsvSource({
        "100, 48000",
        "1000, 48000",
        "8000, 48000",
        "9500, 48000",
        "1000, 44100",
        "9500, 44100",
        "3000, 96000",
        "3000, 16000"
    })
    void shouldKeepASineAndItsMomentAndAddNothing(double hz, int rateHz) {
        float[] resampled = PolyphaseResampler.resample(sine(hz, SOURCE_HZ, 0.2), SOURCE_HZ, rateHz);
        float[] expected = sine(hz, rateHz, 0.2);

        assertThat(resampled).hasSizeBetween(expected.length - 2, expected.length);
        double worst = 0;
        for (int i = rateHz / 50; i < resampled.length - rateHz / 50; i++) {
            worst = Math.max(worst, Math.abs(resampled[i] - expected[i]));
        }
        assertThat(worst).isLessThan(0.5 * Math.pow(10, -80 / 20.0));
    }

    @Test
    void shouldRemoveWhatTheNewRateCannotHold() {
        float[] resampled = PolyphaseResampler.resample(sine(9_000, SOURCE_HZ, 0.2), SOURCE_HZ, 16_000);
        double worst = 0;
        for (int i = 800; i < resampled.length - 800; i++) {
            worst = Math.max(worst, Math.abs(resampled[i]));
        }
        assertThat(worst).isLessThan(0.5 * Math.pow(10, -80 / 20.0));
    }

    @Test
    void shouldReturnTheSourceWhereTheRateIsTheSame() {
        float[] source = sine(1_000, SOURCE_HZ, 0.05);
        float[] same = PolyphaseResampler.resample(source, SOURCE_HZ, SOURCE_HZ);

        assertThat(same).hasSameSizeAs(source);
        assertThat(same[600]).isCloseTo(source[600], within(1e-3f));
    }
}
