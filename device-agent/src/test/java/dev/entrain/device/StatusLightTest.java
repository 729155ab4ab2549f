package dev.entrain.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusLightTest {
    private static final long STEP_NS = LightPattern.STEP_NS;

    private boolean lit;
    private int sets;
    private final StatusLight light = new StatusLight(
            high -> {
                lit = high;
                sets++;
            },
            () -> 0);

    /** Lets time pass as the thread would, and writes down what is seen every 0.1 s. */
    private String seen(long fromNs, int steps) {
        StringBuilder seen = new StringBuilder();
        long nextNs = fromNs;
        for (int i = 0; i < steps; i++) {
            long nowNs = fromNs + i * STEP_NS;
            if (nowNs - nextNs >= 0) {
                nextNs = nowNs + light.advance(nowNs);
            }
            seen.append(lit ? '#' : '.');
        }
        return seen.toString();
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowTheRhythmOverAndOver(LightPattern pattern) {
        light.show(pattern);
        int length = pattern.rhythm().length();
        assertThat(seen(7_777, 3 * length)).isEqualTo(pattern.rhythm().repeat(3));
    }

    @Test
    void shouldTouchTheLineOnlyWhenTheLightChanges() {
        light.show(LightPattern.READY);
        seen(0, 300);
        assertThat(sets).isEqualTo(20);
    }

    @Test
    void shouldBeginANewRhythmAtItsBeginning() {
        light.show(LightPattern.WALKING);
        seen(0, 14);
        light.show(LightPattern.NO_SENSOR);
        assertThat(seen(14 * STEP_NS, 22)).isEqualTo(LightPattern.NO_SENSOR.rhythm());
    }

    @Test
    void shouldTellAllRhythmsApartWhereverOneBeginsToLook() {
        Set<String> turned = new HashSet<>();
        for (LightPattern pattern : LightPattern.values()) {
            String round =
                    pattern.rhythm().repeat(120 / Math.min(120, pattern.rhythm().length()) + 1);
            Set<String> mine = new HashSet<>();
            for (int i = 0; i < pattern.rhythm().length(); i++) {
                mine.add((round + round).substring(i, i + 120));
            }
            assertThat(turned).as(pattern.name()).doesNotContainAnyElementsOf(mine);
            turned.addAll(mine);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverFlashMoreThanThreeTimesASecond(LightPattern pattern) {
        String round = pattern.rhythm().repeat(12);
        for (int from = 0; from + 10 < round.length(); from++) {
            int flashes = 0;
            for (int i = from + 1; i <= from + 10; i++) {
                flashes += round.charAt(i) == '#' && round.charAt(i - 1) == '.' ? 1 : 0;
            }
            assertThat(flashes).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void shouldBeDarkWhenItEnds() {
        light.start();
        light.show(LightPattern.WALKING);
        light.close();
        assertThat(lit).isFalse();
    }
}
