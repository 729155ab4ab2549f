package dev.entrain.gait.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PushOffTest {
    private static final double DT_S = 0.01;

    private final PushOff push = new PushOff();
    private double timeS;
    private double rateRadps;

    @Test
    void shouldLeaveBetweenTheLastReleaseAndTheZeroCrossing() {
        to(-10, 0.2);
        to(-6, 0.03); // heel and toes roll off one after the other
        to(-9.5, 0.03);
        double turnS = timeS;
        to(0, 0.05);
        assertThat(push.releaseS()).isCloseTo(turnS + 0.05 * 1.5 / 9.5, within(0.001));
        assertThat(push.leftS(timeS)).isBetween(push.releaseS(), timeS);
        assertThat(push.precedes(timeS, 0.5)).isTrue();
    }

    @Test
    void shouldNotFollowAFootThatLingersBeforeItsSwing() {
        to(-4, 0.2);
        to(-1, 0.05);
        to(0, 0.3);
        assertThat(push.leftS(timeS)).isBetween(push.releaseS() + 0.02, push.releaseS() + 0.03);
    }

    @Test
    void shouldNotPrecedeASwingBeforeItLetGo() {
        to(-10, 0.2);
        to(-9, 0.03);
        assertThat(push.precedes(timeS, 0.5)).isFalse();
    }

    @Test
    void shouldMeasureTheAngleItTurnedTheFoot() {
        to(-10, 0.2);
        to(0, 0.1);
        to(6, 0.1);
        assertThat(push.angleRad()).isCloseTo(1.5, within(0.06));
        push.rest();
        assertThat(push.angleRad()).isZero();
    }

    @Test
    void shouldNotTakeTheLandingLobeForAPushOff() {
        push.landed();
        to(-5, 0.02);
        to(-2, 0.02);
        assertThat(push.precedes(timeS, 0.5)).isFalse();
        to(0, 0.02);
        to(-1, 0.05);
        to(0, 0.05);
        assertThat(push.precedes(timeS, 0.5)).isTrue();
        assertThat(push.angleRad()).isLessThan(0.1);
    }

    private void to(double endRadps, double lastingS) {
        int steps = (int) Math.round(lastingS / DT_S);
        double fromRadps = rateRadps;
        for (int i = 1; i <= steps; i++) {
            double next = fromRadps + (endRadps - fromRadps) * i / steps;
            push.add(timeS, rateRadps, timeS + DT_S, next, 5);
            timeS += DT_S;
            rateRadps = next;
        }
    }
}
