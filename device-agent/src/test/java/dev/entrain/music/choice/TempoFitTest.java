package dev.entrain.music.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.noise.SeededNoise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TempoFitTest {
    @ParameterizedTest
    @CsvSource({
        "100, 100, 1, 1",
        "100, 112, 1, 1.12",
        "100, 88, 1, 0.88",
        "60, 120, 2, 1",
        "55, 120, 2, 1.0909",
        "180, 90, 0.5, 1",
        "170, 90, 0.5, 1.0588",
    })
    void shouldStretchLeast(double songBpm, double targetSpm, double cuesPerBeat, double stretch) {
        TempoFit fit = TempoFit.of(songBpm, targetSpm);
        assertThat(fit.cuesPerBeat()).isEqualTo(cuesPerBeat);
        assertThat(fit.stretch()).isCloseTo(stretch, within(1e-4));
        assertThat(fit.fits()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"100, 112.1", "100, 87.9", "140, 100", "70, 100", "0, 100", "100, 0"})
    void shouldRefuseMoreThan12Percent(double songBpm, double targetSpm) {
        assertThat(TempoFit.fits(songBpm, targetSpm)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, -1, Double.POSITIVE_INFINITY})
    void shouldKnowNoTempoThatIsNone(double tempo) {
        assertThat(TempoFit.fits(tempo, 100)).isFalse();
        assertThat(TempoFit.fits(100, tempo)).isFalse();
        assertThatThrownBy(() -> TempoFit.of(tempo, 100)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldAlwaysReachTheTargetAndNeverBeBeatenByAnotherOctave() {
        SeededNoise random = new SeededNoise(3, 0);
        for (int i = 0; i < 10_000; i++) {
            double bpm = random.uniform(30, 240);
            double spm = random.uniform(40, 160);
            TempoFit fit = TempoFit.of(bpm, spm);
            assertThat(bpm * fit.cuesPerBeat() * fit.stretch()).isCloseTo(spm, within(1e-9));
            for (double other : new double[] {0.5, 1, 2}) {
                double stretch = spm / (bpm * other);
                assertThat(Math.abs(Math.log(fit.stretch())))
                        .as("song %s, steps %s", bpm, spm)
                        .isLessThanOrEqualTo(Math.abs(Math.log(stretch)) + 1e-12);
            }
        }
    }
}
