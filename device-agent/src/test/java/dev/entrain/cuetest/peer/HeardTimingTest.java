package dev.entrain.cuetest.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeardTimingTest {
    private static final double PERIOD_NS = 494_641_385;
    private static final int COUNT = 120;

    private final long[] planned = new long[COUNT];
    private double[] heard = new double[COUNT];

    HeardTimingTest() {
        for (int i = 0; i < COUNT; i++) {
            planned[i] = 5_000_000_000_000L + Math.round(i * PERIOD_NS);
            heard[i] = planned[i] + 40e6 + 1e6 * (i % 3 - 1);
        }
    }

    @Test
    void shouldTellTheConstantDelayApartFromTheJitter() {
        HeardTiming timing = HeardTiming.of(planned, heard, PERIOD_NS);

        assertThat(timing.heard()).isEqualTo(COUNT);
        assertThat(timing.extra()).isZero();
        assertThat(timing.medianNs()).isCloseTo(40e6, within(10.0));
        assertThat(timing.p50Ns()).isCloseTo(1e6, within(10.0));
        assertThat(timing.maxNs()).isCloseTo(1e6, within(10.0));
    }

    @Test
    void shouldGiveTheWorstToThePercentileThatOneInAHundredReaches() {
        heard[50] += 30e6;
        heard[51] += 200e6;

        HeardTiming timing = HeardTiming.of(planned, heard, PERIOD_NS);

        assertThat(timing.p99Ns()).isCloseTo(31e6, within(1000.0));
        assertThat(timing.maxNs()).isCloseTo(199e6, within(1000.0));
    }

    @Test
    void shouldCountALostCueAndASoundTooManyWithoutBlamingTheOthers() {
        heard[30] = heard[31] + 150e6;
        Arrays.sort(heard);
        heard = Arrays.copyOfRange(heard, 0, COUNT - 1);

        HeardTiming timing = HeardTiming.of(planned, heard, PERIOD_NS);

        assertThat(timing.heard()).isEqualTo(COUNT - 2);
        assertThat(timing.extra()).isEqualTo(1);
        assertThat(timing.maxNs()).isCloseTo(1e6, within(1000.0));
    }

    @Test
    void shouldNotTakeAMissingFirstCueForADelayOfABeat() {
        heard = Arrays.copyOfRange(heard, 1, COUNT);

        HeardTiming timing = HeardTiming.of(planned, heard, PERIOD_NS);

        assertThat(timing.heard()).isEqualTo(COUNT - 1);
        assertThat(timing.medianNs()).isCloseTo(40e6, within(1000.0));
    }

    @Test
    void shouldKeepADelayOfMoreThanABeat() {
        for (int i = 0; i < COUNT; i++) {
            heard[i] += 560e6;
        }

        HeardTiming timing = HeardTiming.of(planned, heard, PERIOD_NS);

        assertThat(timing.heard()).isEqualTo(COUNT);
        assertThat(timing.medianNs()).isCloseTo(600e6, within(10.0));
    }

    @Test
    void shouldCountTheFirstCuesButNotJudgeThem() {
        heard[0] += 20e6;
        heard[3] += 5e6;

        HeardTiming timing = HeardTiming.of(planned, heard, PERIOD_NS);

        assertThat(timing.heard()).isEqualTo(COUNT);
        assertThat(timing.maxNs()).isCloseTo(1e6, within(10.0));
    }

    @Test
    void shouldHearNothingInSilence() {
        HeardTiming timing = HeardTiming.of(planned, new double[0], PERIOD_NS);

        assertThat(timing.heard()).isZero();
        assertThat(timing.planned()).isEqualTo(COUNT);
    }

    @Test
    void shouldForgiveAFreeRunningClockItsPeriodButNotItsUnsteadiness() {
        Random random = new Random(7);
        double[] free = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            free[i] = 123 + i * 495_854_166.0 + (i == 40 ? 2e6 : 1e3 * (random.nextDouble() - 0.5));
        }

        HeardTiming timing = HeardTiming.freeRunning(free);

        assertThat(timing.heard()).isEqualTo(COUNT);
        assertThat(timing.p50Ns()).isLessThan(50e3);
        assertThat(timing.maxNs()).isCloseTo(2e6, within(50e3));
        assertThat(timing.medianNs()).isNaN();
    }

    @Test
    void shouldCountWhatAFreeRunningClockLeftOut() {
        double[] free = new double[COUNT - 1];
        for (int i = 0; i < free.length; i++) {
            free[i] = (i < 50 ? i : i + 1) * 500e6;
        }

        HeardTiming timing = HeardTiming.freeRunning(free);

        assertThat(timing.planned()).isEqualTo(COUNT);
        assertThat(timing.heard()).isEqualTo(COUNT - 1);
        assertThat(timing.maxNs()).isCloseTo(0, within(1.0));
    }
}
