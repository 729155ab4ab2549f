package dev.entrain.gait.contact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecondLookTest {
    private static final double STEP_S = 0.01;

    /** A foot that goes on turning after its contact at 0 s, strikes at 0.4 s with a jolt, and rests. */
    private static FlatStep movedOn(double joltMps2) {
        FlatStep since = new FlatStep();
        since.add(0, 0, 0, 0, 0, 9.8, STEP_S);
        since.landed(0);
        for (int i = 1; i < 60; i++) {
            double turn = i < 40 ? 2 : 0;
            since.add(i * STEP_S, turn, i == 40 ? -2 : 0, 0, 0, 9.8 + (i == 40 ? joltMps2 : 0), STEP_S);
        }
        return since;
    }

    @Test
    void shouldReviseAContactAfterWhichTheFootStruckHarder() {
        SecondLook look = new SecondLook();
        look.told(200);
        assertThat(look.revises(0, movedOn(20), 0.55)).isTrue();
        assertThat(movedOn(20).touchS()).isBetween(0.39, 0.41);
    }

    @Test
    void shouldKeepAContactThatWasTheHardestBlow() {
        SecondLook look = new SecondLook();
        look.told(3000);
        assertThat(look.revises(0, movedOn(20), 0.55)).isFalse();
        assertThat(look.revises(0, movedOn(0), 0.55)).isFalse();
    }

    @Test
    void shouldReviseOnlyWithinItsBounds() {
        SecondLook look = new SecondLook();
        look.told(200);
        assertThat(look.revises(0, movedOn(20), 1.0)).isFalse();
        assertThat(look.revises(0.3, movedOn(20), 0.55)).isFalse();
    }

    @Test
    void shouldWaitForAFootThatHesitatesByHabitAndUnlearnIt() {
        SecondLook look = new SecondLook();
        assertThat(look.waits(0, 0.2)).isFalse();
        for (int i = 0; i < 4; i++) {
            look.told(200);
            look.hesitated();
        }
        assertThat(look.waits(0, 0.2)).isTrue();
        assertThat(look.waits(0, 1.1)).isFalse();
        for (int i = 0; i < 4; i++) {
            look.landed(0, 0.02);
            look.told(200);
        }
        assertThat(look.waits(0, 0.2)).isFalse();
    }
}
