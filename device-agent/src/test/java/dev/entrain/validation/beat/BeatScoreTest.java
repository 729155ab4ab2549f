package dev.entrain.validation.beat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The measures against values worked out by hand from their definitions. */
class BeatScoreTest {
    /** Ten beats, one a second, from 10 s. */
    private static final double[] KNOWN = every(10, 1, 10);

    @Test
    void shouldGiveOneToTheBeatsThemselves() {
        assertScore(BeatScore.of(KNOWN, KNOWN), 1, 1, 1, 1);
    }

    @Test
    void shouldGiveNothingWithoutBeats() {
        assertScore(BeatScore.of(KNOWN, new double[0]), 0, 0, 0, 0);
        assertScore(BeatScore.of(new double[0], new double[0]), 0, 0, 0, 0);
    }

    @Test
    void shouldNotScoreTheFirstFiveSeconds() {
        double[] known = every(0, 1, 20);
        double[] found = every(5, 1, 15);
        assertScore(BeatScore.of(known, found), 1, 1, 1, 1);
    }

    @Test
    void shouldCountAMatchWithinSeventyMillisecondsOnly() {
        assertThat(BeatScore.f(new double[] {10, 11}, new double[] {10.07, 11.071}))
                .isEqualTo(0.5);
        // Each known beat is matched once: 2 of 3 found, 2 of 2 known: 2 * 2 / 5.
        assertThat(BeatScore.f(new double[] {10, 11}, new double[] {9.95, 10.05, 11}))
                .isEqualTo(0.8);
    }

    @Test
    void shouldCutTheLongestStretchAtAnExtraBeat() {
        // An extra beat at 14.5: it is nearest to the known 14, which is used (a tie goes to the earlier), so it is
        // wrong,
        // and the beat at 15 comes 0.5 s after it, so it is wrong too. 5 right, then 4; 11 found.
        double[] found = {10, 11, 12, 13, 14, 14.5, 15, 16, 17, 18, 19};
        BeatScore score = BeatScore.of(KNOWN, found);
        assertThat(score.f()).isCloseTo(20 / 21.0, within(1e-9));
        assertThat(score.cmlc()).isCloseTo(5 / 11.0, within(1e-9));
        assertThat(score.cmlt()).isCloseTo(9 / 11.0, within(1e-9));
    }

    @Test
    void shouldCountAMissingBeatAndTheIntervalAcrossIt() {
        // 14 is missing: the interval before 15 is 2 s, so 15 is wrong; 4 right, then 4; 10 known.
        double[] found = {10, 11, 12, 13, 15, 16, 17, 18, 19};
        BeatScore score = BeatScore.of(KNOWN, found);
        assertThat(score.cmlc()).isCloseTo(0.4, within(1e-9));
        assertThat(score.cmlt()).isCloseTo(0.8, within(1e-9));
        assertThat(score.f()).isCloseTo(18 / 19.0, within(1e-9));
    }

    @Test
    void shouldForgiveDoubleHalfAndBetweenOnlyInAmlt() {
        BeatScore twice = BeatScore.of(KNOWN, every(10, 0.5, 19));
        assertThat(twice.cmlt()).isLessThan(0.1);
        assertThat(twice.amlt()).isEqualTo(1);
        assertThat(twice.f()).isCloseTo(2 * 10 / 29.0, within(1e-9));
        BeatScore half = BeatScore.of(KNOWN, every(11, 2, 5));
        assertThat(half.cmlt()).isZero();
        assertThat(half.amlt()).isEqualTo(1);
        BeatScore between = BeatScore.of(KNOWN, every(10.5, 1, 9));
        assertThat(between.cmlt()).isZero();
        assertThat(between.amlt()).isEqualTo(1);
    }

    @Test
    void shouldAllowSeventeenAndAHalfPercentOfPhase() {
        // All late by 0.17 of an interval: continuous, though beyond the 70 ms of F.
        assertScore(BeatScore.of(KNOWN, every(10.17, 1, 10)), 0, 1, 1, 1);
        assertThat(BeatScore.of(KNOWN, every(10.18, 1, 10)).cmlt()).isZero();
    }

    @Test
    void shouldKeepSignedErrors() {
        assertThat(BeatScore.of(KNOWN, every(10.004, 1, 10)).errorsS())
                .hasSize(10)
                .usingComparatorWithPrecision(1e-9)
                .containsOnly(0.004);
    }

    private static void assertScore(BeatScore score, double f, double cmlc, double cmlt, double amlt) {
        assertThat(score.f()).isEqualTo(f);
        assertThat(score.cmlc()).isEqualTo(cmlc);
        assertThat(score.cmlt()).isEqualTo(cmlt);
        assertThat(score.amlt()).isEqualTo(amlt);
    }

    private static double[] every(double from, double step, int count) {
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            times[i] = from + i * step;
        }
        return times;
    }
}
