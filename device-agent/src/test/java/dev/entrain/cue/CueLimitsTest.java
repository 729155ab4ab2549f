package dev.entrain.cue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CueLimitsTest {
    @Test
    void shouldKeepTempoAndSlewWhateverIsProposed() {
        CueLimits limits = new CueLimits();
        Random random = new Random(7);
        Beat last = new Beat();
        last.periodNs = random.nextLong(3_000_000_000L);
        limits.limitFirst(last);
        Beat beat = new Beat();
        for (int i = 0; i < 100_000; i++) {
            beat.onsetNs = last.onsetNs + random.nextLong(-4_000_000_000L, 4_000_000_000L);
            limits.limitNext(last, beat);
            assertThat(beat.periodNs).isBetween(CueLimits.MIN_PERIOD_NS, CueLimits.MAX_PERIOD_NS);
            assertThat(beat.onsetNs).isEqualTo(last.onsetNs + beat.periodNs);
            double changePerS =
                    Math.abs((double) beat.periodNs - last.periodNs) / last.periodNs / (last.periodNs * 1e-9);
            assertThat(changePerS).isLessThanOrEqualTo(CueLimits.SLEW_PER_S);
            last.copyFrom(beat);
        }
    }
}
