package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoftLimiterTest {
    @Test
    void shouldLeaveSoundsOfEveryAllowedLevelUntouched() {
        float loudest = (float) Math.pow(10, AudioConfig.LEVEL_MAX_DBFS / 20);
        for (float sample = 0; sample <= loudest; sample += 0.001f) {
            assertThat(SoftLimiter.limit(sample)).isEqualTo(sample);
            assertThat(SoftLimiter.limit(-sample)).isEqualTo(-sample);
        }
    }

    @Test
    void shouldNeverPassTheCeiling() {
        for (float sample = 0; sample < 1e9f; sample = sample * 1.01f + 0.001f) {
            assertThat(SoftLimiter.limit(sample)).isBetween(0f, SoftLimiter.CEILING);
            assertThat(SoftLimiter.limit(-sample)).isBetween(-SoftLimiter.CEILING, 0f);
        }
        assertThat(SoftLimiter.limit(Float.POSITIVE_INFINITY)).isLessThanOrEqualTo(SoftLimiter.CEILING);
        assertThat(SoftLimiter.limit(Float.MAX_VALUE)).isLessThanOrEqualTo(SoftLimiter.CEILING);
        assertThat(SoftLimiter.limit(Float.NaN)).isZero();
    }

    @Test
    void shouldRiseWithItsInput() {
        float last = 0;
        for (float sample = 0; sample < 100; sample += 0.01f) {
            float limited = SoftLimiter.limit(sample);
            assertThat(limited).isGreaterThanOrEqualTo(last);
            last = limited;
        }
    }
}
