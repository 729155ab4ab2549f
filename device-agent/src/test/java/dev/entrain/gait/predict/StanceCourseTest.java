package dev.entrain.gait.predict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A foot whose swings peak at 5 rad/s and last 0.4 s. */
class StanceCourseTest {
    private static final double PEAK_RADPS = 5;
    private static final double SWING_S = 0.4;

    private final StanceCourse stance = new StanceCourse();
    private double nowS;

    private double leftAfter(double seconds, double rateRadps, double turnRadps) {
        for (double endS = nowS + seconds; nowS < endS; nowS += 0.01) {
            stance.add(nowS, rateRadps, turnRadps);
        }
        return stance.leftSwings(nowS, SWING_S);
    }

    private void swingOnce() {
        leftAfter(SWING_S, PEAK_RADPS, PEAK_RADPS);
        stance.learn();
        leftAfter(0.1, 0, 0);
    }

    @Test
    void shouldGiveARestingFootMoreThanASwing() {
        swingOnce();
        assertThat(leftAfter(0.5, 0, 0.2)).isGreaterThan(1);
        assertThat(stance.moves()).isFalse();
    }

    @Test
    void shouldGiveAMovingFootTheLessTheLongerItMoves() {
        swingOnce();
        double soon = leftAfter(0.1, 0, 2);
        double later = leftAfter(0.3, 0, 2);
        assertThat(stance.moves()).isTrue();
        assertThat(later).isLessThan(soon).isBetween(0.55, 0.9);
        assertThat(leftAfter(5, 0, 2)).isEqualTo(0.25);
    }

    @Test
    void shouldGiveAPushingFootItsWholeSwing() {
        swingOnce();
        assertThat(leftAfter(0.6, -2, 2)).isBetween(1.0, 1.2);
    }

    @Test
    void shouldGiveAFootThatTurnsAsInSwingLess() {
        swingOnce();
        assertThat(leftAfter(0.1, 2.5, 2.5)).isBetween(0.4, 0.6);
    }

    @Test
    void shouldTellRestFromMovementBeforeAnySwingWasSeen() {
        assertThat(leftAfter(0.2, 0, 0.1)).isGreaterThan(1);
        assertThat(stance.moves()).isFalse();
        leftAfter(0.2, 0, 1);
        assertThat(stance.moves()).isTrue();
        stance.reset();
        assertThat(stance.moves()).isFalse();
    }
}
