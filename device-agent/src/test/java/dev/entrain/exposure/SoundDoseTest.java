package dev.entrain.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundDoseTest {
    /**
     * By hand: 10^(dB / 10) times hours over 40. A factor of ten is 10 dB; 2 is 3.0103 dB, so 3 dB is 0.24 % short of it.
     */
    @ParameterizedTest
    @CsvSource({
        "80, 40, 100",
        "80, 4, 10",
        "80, 0.5, 1.25",
        "70, 40, 10",
        "70, 400, 100",
        "60, 2.5, 0.0625",
        "90, 4, 100",
        "100, 0.4, 100",
        "83, 20, 99.763",
        "83.0103, 20, 100",
        "86, 10, 99.527",
        "77, 80, 100.237",
        "85, 40, 316.228",
        "75, 126.491106, 100",
        "74, 40, 25.119",
    })
    void shouldAgreeWithTheHandComputedTable(double levelDba, double hours, double percent) {
        assertThat(SoundDose.percent(SoundDose.equalS(levelDba, hours * 3600)))
                .isCloseTo(percent, within(percent * 1e-4));
    }

    @Test
    void shouldAddUpSoundsOfAnyLevels() {
        double sum = SoundDose.equalS(80, 20 * 3600) + SoundDose.equalS(90, 3600) + SoundDose.equalS(70, 100 * 3600);
        assertThat(SoundDose.percent(sum)).isCloseTo(50 + 25 + 25, within(1e-9));
    }
}
