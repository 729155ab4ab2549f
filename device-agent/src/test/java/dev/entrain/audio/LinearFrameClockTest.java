package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearFrameClockTest {
    @Test
    void shouldRoundTimeToNearestFrameExactlyAtAnyTime() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long originNs = random.nextLong(1L << 55);
            long sinceNs = random.nextLong(1L << 60) - (1L << 59);
            int rateHz = random.nextBoolean() ? 48_000 : 44_100;
            long exact = BigDecimal.valueOf(sinceNs)
                    .multiply(BigDecimal.valueOf(rateHz))
                    .divide(BigDecimal.valueOf(1_000_000_000L))
                    .add(new BigDecimal("0.5"))
                    .setScale(0, RoundingMode.FLOOR)
                    .longValueExact();

            assertThat(new LinearFrameClock(originNs, rateHz).frameOf(originNs + sinceNs))
                    .isEqualTo(exact);
        }
    }

    @Test
    void shouldReturnToTheSameFrameThroughItsTime() {
        LinearFrameClock clock = new LinearFrameClock(123_456_789L, 48_000);
        for (long frame = -100_000; frame < 100_000; frame += 7) {
            assertThat(clock.frameOf(clock.timeNsOf(frame))).isEqualTo(frame);
        }
    }
}
