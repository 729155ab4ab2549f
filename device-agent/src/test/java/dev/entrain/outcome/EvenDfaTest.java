package dev.entrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvenDfaTest {
    private static final int SEEDS = 60;

    /** Noise with the spectrum 1/f^exponent: a sum of waves with random phases, of a period twice as long as used. */
    private static Series noise(int count, double exponent, long seed) {
        Random random = new Random(seed);
        double[] values = new double[count];
        for (int wave = 1; wave <= count; wave++) {
            double amplitude = Math.pow(wave, -exponent / 2);
            double phase = 2 * Math.PI * random.nextDouble();
            double turn = Math.PI * wave / count;
            for (int i = 0; i < count; i++) {
                values[i] += amplitude * Math.cos(turn * i + phase);
            }
        }
        Series series = new Series();
        for (double value : values) {
            series.add(1.1 + 0.02 * value);
        }
        return series;
    }

    @ParameterizedTest
    @CsvSource({"200, 0, 0.5", "200, 1, 1", "512, 0, 0.5", "512, 0.5, 0.75", "512, 1, 1"})
    void shouldFindTheExponentOfKnownNoise(int count, double exponent, double alpha) {
        Series found = new Series();
        for (long seed = 0; seed < SEEDS; seed++) {
            found.add(EvenDfa.alpha(noise(count, exponent, seed)));
        }
        assertThat(found.mean()).isBetween(alpha - 0.06, alpha + 0.06);
        assertThat(found.sd()).isLessThan(0.15);
    }

    @Test
    void shouldSayNothingAboutFewOrConstantStrides() {
        Series series = new Series();
        assertThat(EvenDfa.alpha(series)).isNaN();
        for (int i = 0; i < 300; i++) {
            series.add(1.1);
        }
        assertThat(EvenDfa.alpha(series)).isNaN();
    }
}
