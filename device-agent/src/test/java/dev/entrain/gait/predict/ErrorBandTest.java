package dev.entrain.gait.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ErrorBandTest {
    private static final int DRAWS = 20_000;

    private static double inside(ToDoubleFunction<Random> errorS) {
        Random random = new Random(1);
        ErrorBand band = new ErrorBand();
        int inside = 0;
        for (int i = 0; i < DRAWS; i++) {
            band.said(0, 0.05, 1);
            double error = errorS.applyAsDouble(random);
            inside += Math.abs(error) <= band.halfWidthS() ? 1 : 0;
            band.learn(error);
        }
        return inside / (double) DRAWS;
    }

    @Test
    void shouldHoldFourOfFiveErrorsWhateverTheirTails() {
        assertThat(inside(random -> 0.02 * random.nextGaussian())).isBetween(0.77, 0.81);
        assertThat(inside(random -> -0.02 * Math.log(1 - random.nextDouble()) * (random.nextBoolean() ? 1 : -1)))
                .isBetween(0.74, 0.82);
        assertThat(inside(random -> 0.04 * (random.nextDouble() - 0.5))).isBetween(0.77, 0.83);
    }

    @Test
    void shouldMeasureUnsurePredictionsByWhatWasToBeExpectedOfThem() {
        ErrorBand band = new ErrorBand();
        for (int i = 0; i < 100; i++) {
            double unsure = i % 2 == 0 ? 1 : 3;
            band.said(10, 0.02, unsure);
            band.learn(10 + 0.02 * unsure);
        }
        assertThat(band.meanS()).isBetween(0.0199, 0.0201);
        band.said(10, 0.02, 3);
        assertThat(band.halfWidthS()).isBetween(0.095, 0.098);
    }

    @Test
    void shouldNotLearnFromWhatWasWithdrawn() {
        ErrorBand band = new ErrorBand();
        band.said(10, 0.02, 1);
        band.drop();
        band.learn(12);
        assertThat(band.meanS()).isEqualTo(0.02);
    }
}
