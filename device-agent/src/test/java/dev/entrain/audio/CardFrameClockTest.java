package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardFrameClockTest {
    private static final int PERIOD = 256;
    private static final long HALF_YEAR_NS = 15_768_000_000_000_000L;

    @ParameterizedTest
    @CsvSource({"0, 1", "100, 1", "-100, 1", "100, 480", "-100, 480", "190, 256"})
    void shouldFollowDriftingCardThroughHoldUpsAndSteps(double ppm, int stepFrames) {
        SimulatedCard card = new SimulatedCard(HALF_YEAR_NS, ppm, stepFrames, 7);
        CardFrameClock clock = new CardFrameClock(SimulatedCard.RATE_HZ, 0);
        double worstNs = 0;
        int reanchors = 0;
        for (int i = 0; i < 12_000; i++) {
            card.wake(PERIOD);
            reanchors += clock.observe(card.nowNs, card.reportedFrame()) ? 1 : 0;
            if (card.nowNs - HALF_YEAR_NS > 10_000_000_000L) {
                long ahead = card.reportedFrame() + 2048;
                worstNs = Math.max(worstNs, Math.abs(clock.timeNsOf(ahead) - card.trueTimeNs(ahead)));
            }
        }

        // Wake-ups come 20 us after the fact on average; beyond that the model may be off by a frame.
        assertThat(worstNs).isLessThan(50_000);
        assertThat(clock.ratePpm()).isBetween(ppm - 5, ppm + 5);
        assertThat(reanchors).isZero();
    }

    @ParameterizedTest
    @CsvSource({"480, 1.5e6", "48, 0.5e6"})
    void shouldStayNearCardWhosePositionIsAskedBetweenItsSteps(int stepFrames, String limitNs) {
        SimulatedCard card = new SimulatedCard(5, 50, stepFrames, 3);
        CardFrameClock clock = new CardFrameClock(SimulatedCard.RATE_HZ, 0);
        double worstNs = 0;
        for (int i = 0; i < 12_000; i++) {
            card.elapse(5_333_000 + i % 7 * 1000);
            clock.observe(card.nowNs, card.reportedFrame());
            if (i > 2000) {
                long ahead = card.reportedFrame() + 2048;
                worstNs = Math.max(worstNs, Math.abs(clock.timeNsOf(ahead) - card.trueTimeNs(ahead)));
            }
        }

        assertThat(worstNs).isLessThan(Double.parseDouble(limitNs));
    }

    @Test
    void shouldAnchorAnewAfterTwelveErrorsOnOneSideAndKeepTheRate() {
        SimulatedCard card = new SimulatedCard(0, 80, 1, 5);
        CardFrameClock clock = settled(card);
        double ppm = clock.ratePpm();
        card.startNs += 4_000_000; // The stream paused for 4 ms.
        int reports = 0;
        boolean moved = false;
        while (!moved && reports < 100) {
            card.elapse(5_000_000);
            moved = clock.observe(card.nowNs, card.reportedFrame());
            reports++;
        }

        assertThat(reports).isEqualTo(CardFrameClock.REANCHOR_RUN);
        assertThat(clock.ratePpm()).isEqualTo(ppm);
        assertThat(clock.timeNsOf(card.reportedFrame())).isBetween(card.nowNs - 50_000, card.nowNs + 50_000);
    }

    @Test
    void shouldAnchorAnewAfterThreeReportsFromCardThatStoodStill() {
        SimulatedCard card = new SimulatedCard(0, 80, 480, 5);
        CardFrameClock clock = settled(card);
        card.startNs += 60_000_000;
        card.elapse(60_000_000);
        int reports = 0;
        boolean moved = false;
        while (!moved && reports < 100) {
            card.wake(PERIOD);
            moved = clock.observe(card.nowNs, card.reportedFrame());
            reports++;
        }

        assertThat(reports).isEqualTo(3);
        assertThat(clock.timeNsOf(card.reportedFrame())).isBetween(card.nowNs - 200_000, card.nowNs + 50_000);
    }

    @Test
    void shouldNotBeMovedByOneReportHoweverLate() {
        SimulatedCard card = new SimulatedCard(0, 0, 1, 5);
        CardFrameClock clock = settled(card);
        long before = clock.timeNsOf(10_000_000);
        card.elapse(5_000_000);
        long frame = card.reportedFrame();
        clock.observe(card.nowNs + 351_000_000, frame);

        assertThat(Math.abs(clock.timeNsOf(frame) - card.nowNs)).isLessThan(50_000);
        assertThat(Math.abs(clock.timeNsOf(10_000_000) - before)).isLessThan(300_000);
    }

    @Test
    void shouldKeepRateWithinTwoHundredPpm() {
        SimulatedCard card = new SimulatedCard(0, 2_000, 1, 5);
        CardFrameClock clock = new CardFrameClock(SimulatedCard.RATE_HZ, 0);
        for (int i = 0; i < 5000; i++) {
            card.wake(PERIOD);
            clock.observe(card.nowNs, card.reportedFrame());

            assertThat(Math.abs(clock.ratePpm())).isLessThan(200.1);
        }
    }

    @Test
    void shouldAnchorOnFirstReportAfterUnderrunAndKeepTheRate() {
        SimulatedCard card = new SimulatedCard(0, 80, 1, 5);
        CardFrameClock clock = settled(card);
        double ppm = clock.ratePpm();
        clock.release();
        assertThat(clock.anchored()).isFalse();
        clock.observe(card.nowNs + 700_000_000, 123);

        assertThat(clock.frameOf(card.nowNs + 700_000_000)).isEqualTo(123);
        assertThat(clock.ratePpm()).isEqualTo(ppm);
    }

    @Test
    void shouldSubtractTheOutputOffset() {
        CardFrameClock clock = new CardFrameClock(48_000, 10_000_000);
        clock.observe(1_000_000_000, 4800);

        assertThat(clock.frameOf(1_000_000_000)).isEqualTo(4320);
        assertThat(clock.timeNsOf(4320)).isEqualTo(1_000_000_000);
    }

    private static CardFrameClock settled(SimulatedCard card) {
        CardFrameClock clock = new CardFrameClock(SimulatedCard.RATE_HZ, 0);
        for (int i = 0; i < 4000; i++) {
            card.wake(PERIOD);
            clock.observe(card.nowNs, card.reportedFrame());
        }
        return clock;
    }
}
