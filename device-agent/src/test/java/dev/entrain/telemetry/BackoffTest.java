package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long S = 1_000_000_000L;

    @Test
    void shouldDoubleFromOneSecondToTwoMinutes() {
        Backoff backoff = new Backoff(always(0.999_999_999_999));
        long[] ceilingsS = {1, 2, 4, 8, 16, 32, 64, 120, 120};
        for (long ceilingS : ceilingsS) {
            assertThat(backoff.nextNs()).isBetween(ceilingS * S - 1000, ceilingS * S);
        }
        backoff.reset();
        assertThat(backoff.nextNs()).isLessThanOrEqualTo(S);
    }

    @Test
    void shouldSpreadOverTheWholeCeiling() {
        assertThat(new Backoff(always(0)).nextNs()).isZero();
        assertThat(new Backoff(always(0.5)).nextNs()).isEqualTo(S / 2);
    }

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("only doubles are drawn");
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
