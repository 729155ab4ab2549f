package dev.entrain.gait.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.sample.Foot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the freezing detector reads off the feet, part by part. */
class FreezePartsTest {
    @ParameterizedTest
    @CsvSource({"1.0, false", "2.0, false", "3.5, true", "5.0, true", "8.0, true"})
    void shouldCallOnlyTheFreezeBandTrembling(double tremorHz, boolean expected) {
        Trembling trembling = new Trembling();
        boolean on = false;
        for (int i = 0; i < 300; i++) {
            double t = i * 0.01;
            trembling.add(t, 0.8 * Math.sin(2 * Math.PI * tremorHz * t), 3);
            on |= trembling.isOn(t);
        }
        assertThat(on).isEqualTo(expected);
    }

    @Test
    void shouldCountTheReversalsOfARowUntilItPauses() {
        Trembling trembling = new Trembling();
        for (int i = 0; i <= 40; i++) {
            trembling.add(i * 0.01, Math.sin(2 * Math.PI * 5 * i * 0.01), 3);
        }
        // To and fro five times a second: four reversals in 0.4 s.
        assertThat(trembling.row(0.4, -1)).isEqualTo(4);
        assertThat(trembling.row(0.4, 0.1)).isZero();
        assertThat(trembling.row(0.7, -1)).isZero();
    }

    @Test
    void shouldNotCallRingingInASwingTrembling() {
        Trembling trembling = new Trembling();
        boolean on = false;
        for (int i = 0; i < 300; i++) {
            double t = i * 0.01;
            trembling.add(t, 5 * Math.sin(2 * Math.PI * 5 * t), 3);
            on |= trembling.isOn(t);
        }
        assertThat(on).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.0025", "0.005", "0.0101", "0.02"})
    void shouldSumTheSameAngleAtEverySampleRate(double dtS) {
        FootActivity activity = new FootActivity();
        double lastS = 0;
        for (double t = dtS; t < 8; t += dtS) {
            activity.add(t, dtS, 2, 0.5, 0, 0);
            lastS = t;
        }
        assertThat(activity.angleSinceRad(lastS - 1.5)).isCloseTo(3, within(0.1));
        assertThat(activity.angleBetweenRad(lastS - 3, lastS - 2)).isCloseTo(2, within(0.1));
        assertThat(activity.turnedSinceRad(lastS - 1.5)).isCloseTo(0.75, within(0.03));
        assertThat(activity.rateRadps()).isCloseTo(2, within(0.01));
    }

    @Test
    void shouldSurviveASilentSensor() {
        FootActivity activity = new FootActivity();
        activity.add(1, 0.01, 2, 0, 0, 0);
        activity.add(1000, 0.1, 2, 0, 0, 0);
        assertThat(activity.angleSinceRad(999)).isCloseTo(0.2, within(1e-9));
        assertThat(activity.angleBetweenRad(1, 2)).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldKnowHowLongAndHowRegularStridesAre() {
        StrideRhythm steady = new StrideRhythm();
        StrideRhythm unsteady = new StrideRhythm();
        for (int i = 0; i < 10; i++) {
            steady.contact(Foot.of(i % 2), 0.55 * i, false);
            unsteady.contact(Foot.of(i % 2), 0.55 * i + (i % 4 < 2 ? 0.15 : 0), false);
        }
        assertThat(steady.windowS()).isCloseTo(1.1 * 1.15, within(1e-9));
        assertThat(steady.spread()).isCloseTo(0, within(1e-9));
        assertThat(unsteady.spread()).isGreaterThan(0.1);
    }

    @Test
    void shouldLeaveTurnsAndHaltsOutOfTheSpread() {
        StrideRhythm rhythm = new StrideRhythm();
        for (int i = 0; i < 10; i++) {
            rhythm.contact(Foot.LEFT, i, false);
        }
        assertThat(rhythm.contact(Foot.LEFT, 10.5, true)).isEqualTo(1.5);
        assertThat(rhythm.contact(Foot.LEFT, 16, false)).isNaN();
        assertThat(rhythm.spread()).isCloseTo(0, within(1e-9));
        assertThat(rhythm.windowS()).isCloseTo(1.15, within(1e-9));
    }

    @Test
    void shouldWeighAStuckFootAgainstGettingOn() {
        double stuck = FreezeEvidence.logOdds(0.4, -0.3, 0.8, 0.08, 0);
        assertThat(stuck).isGreaterThan(FreezeEvidence.logOdds(0.9, -0.3, 0.8, 0.08, 0));
        assertThat(stuck).isGreaterThan(FreezeEvidence.logOdds(0.4, 0.3, 0.8, 0.08, 0));
        assertThat(stuck).isGreaterThan(FreezeEvidence.logOdds(0.4, -0.3, 0.2, 0.08, 0));
        assertThat(stuck).isGreaterThan(FreezeEvidence.logOdds(0.4, -0.3, 0.8, 0.02, 0));
        assertThat(stuck).isGreaterThan(FreezeEvidence.logOdds(0.4, -0.3, 0.8, 0.08, 120));
        assertThat(FreezeEvidence.logOdds(1, 0, 0.2, 0.03, 0)).isNegative();
    }

    @Test
    void shouldTakeGrowthForGettingOnAndShrinkingForGettingStuck() {
        assertThat(FreezeEvidence.growth(1, 0.5)).isNegative();
        assertThat(FreezeEvidence.growth(0.5, 1)).isPositive();
        assertThat(FreezeEvidence.growth(0, 0)).isZero();
        assertThat(FreezeEvidence.growth(5, 9)).isZero();
    }

    @Test
    void shouldKnowWhenAFootLastSwungByItsOwnMeasure() {
        SwingStrength weak = new SwingStrength();
        assertThat(weak.swungS()).isNaN();
        for (int i = 0; i < 300; i++) {
            weak.add(i * 0.02, i % 50 < 20 ? 2 : 0.1);
            if (i % 50 == 20) {
                weak.contact(i * 0.02, i > 50);
            }
        }
        assertThat(weak.swungS()).isCloseTo(5.38, within(0.021));
        weak.add(6.2, 0.9);
        assertThat(weak.swungS()).isLessThan(6);
        weak.add(6.4, 1.2);
        assertThat(weak.swungS()).isEqualTo(6.4);
    }
}
