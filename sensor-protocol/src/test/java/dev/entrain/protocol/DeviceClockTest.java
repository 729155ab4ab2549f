package dev.entrain.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceClockTest {
    private static final double MS = 1e6;
    private static final int RATE_HZ = 200;

    /** Feeds readings and keeps what the laws are about. */
    private static final class Run {
        final SimulatedLine line;
        final DeviceClock clock;
        double worstNs;
        double worstStretch;
        int outside;
        int readings;
        long lastNs = Long.MIN_VALUE;
        boolean rising = true;

        Run(SimulatedLine line, DeviceClock clock) {
            this.line = line;
            this.clock = clock;
        }

        void feed(double seconds) {
            worstNs = 0;
            worstStretch = 0;
            long lastTrueNs = line.trueNs;
            for (int i = 0; i < seconds * RATE_HZ; i++) {
                line.next();
                long outNs = clock.observe(line.rawTicks, line.arrivalNs);
                double errorNs = Math.abs(outNs - line.trueNs - SimulatedLine.LEAST_DELAY_NS);
                worstNs = Math.max(worstNs, errorNs);
                outside += errorNs > clock.uncertaintyNs() ? 1 : 0;
                readings++;
                rising &= outNs > lastNs;
                if (i > 0) {
                    double stretch = (double) (outNs - lastNs) / (line.trueNs - lastTrueNs) - 1;
                    worstStretch = Math.max(worstStretch, Math.abs(stretch));
                }
                lastNs = outNs;
                lastTrueNs = line.trueNs;
            }
        }
    }

    private static Run run(long seed, double skewPpm, double ticksPerSecond, int tickBits, long counterStart) {
        return new Run(
                new SimulatedLine(seed, skewPpm, RATE_HZ, ticksPerSecond, tickBits, counterStart),
                new DeviceClock(ticksPerSecond, tickBits));
    }

    @ParameterizedTest
    @CsvSource({"1,-200", "2,-50", "3,0", "4,50", "5,200", "6,200"})
    void shouldStayUnderTwoMillisecondsThroughUsbBatchesJitterAndStalls(long seed, double skewPpm) {
        Run run = run(seed, skewPpm, 1e6, 32, 0);
        run.line.batch = 1;
        run.feed(10);
        run.feed(190);

        assertThat(run.worstNs).isLessThan(2 * MS);
        assertThat(run.outside).isLessThan(run.readings / 20);
        assertThat(run.rising).isTrue();
        assertThat(run.clock.reanchors()).isZero();
        assertThat(run.clock.skewPpm()).isBetween(skewPpm - 20, skewPpm + 20);
    }

    @ParameterizedTest
    @CsvSource({"1,-200", "2,-200", "3,-50", "4,0", "5,50", "6,200"})
    void shouldBoundTheBeatOfDeviceBatchesAgainstUsbBatches(long seed, double skewPpm) {
        // 10 ms into 16 ms: delays come in steps of 2 ms that drift for 10 s and more before one falls off the end.
        Run run = run(seed, skewPpm, 1e6, 32, 0);
        run.feed(10);
        run.feed(190);

        assertThat(run.worstNs).isLessThan(3.5 * MS);
        assertThat(run.outside).isLessThan(run.readings / 20);
        assertThat(run.rising).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldStateAnHonestUncertaintyFromTheFirstReading(long seed) {
        Run run = run(seed, 120, 1e6, 32, 0);
        run.line.stallsPerSecond = 1e-9;

        run.feed(0.005);
        assertThat(run.clock.uncertaintyNs()).isBetween((long) (10 * MS), (long) (40 * MS));
        run.feed(2);

        assertThat(run.outside).isLessThan(run.readings / 20);
        assertThat(run.clock.uncertaintyNs()).isLessThan((long) (5 * MS));
    }

    @Test
    void shouldNeverStretchTimeByMoreThanStated() {
        Run run = run(21, 200, 1e6, 32, 0);

        run.feed(2);
        assertThat(run.worstStretch).isLessThan(0.51);
        run.feed(300);
        assertThat(run.worstStretch).isLessThan(0.021);
    }

    @Test
    void shouldRecoverFromAFirstReadingThatStalled() {
        DeviceClock clock = new DeviceClock(1e6, 32);
        long outNs = 0;
        for (int i = 0; i < 400; i++) {
            outNs = clock.observe(i * 5000L, Math.max(i * 5_000_000L, 300_000_000L));
        }

        assertThat(outNs).isBetween(399 * 5_000_000L - 1_000_000, 399 * 5_000_000L + 1_000_000);
        assertThat(clock.reanchors()).isZero();
    }

    @Test
    void shouldFollowAMicrosecondCounterOf32BitsThroughItsWrap() {
        Run run = run(31, -150, 1e6, 32, (1L << 32) - 12_000_000);
        run.feed(10);
        run.feed(30);

        assertThat(run.worstNs).isLessThan(3.5 * MS);
        assertThat(run.rising).isTrue();
        assertThat(run.clock.reanchors()).isZero();
    }

    @Test
    void shouldFollowAMicrosecondCounterOf16BitsThroughStallsLongerThanItsTurn() {
        Run run = run(32, 150, 1e6, 16, 60_000);
        run.feed(10);
        run.feed(60);

        assertThat(run.worstNs).isLessThan(3.5 * MS);
        assertThat(run.rising).isTrue();
        assertThat(run.clock.reanchors()).isZero();
    }

    @Test
    void shouldCountTurnsOfANarrowCounterThatWentByUnseen() {
        Run run = run(33, 150, 1e6, 16, 0);
        run.line.stallsPerSecond = 1e-9;
        run.feed(20);
        run.line.silence(7.77);
        run.clock.expectGap();
        run.feed(5);

        assertThat(run.worstNs).isLessThan(3.5 * MS);
        assertThat(run.clock.reanchors()).isZero();
    }

    @Test
    void shouldNoticeTurnsThatNobodyTold() {
        Run run = run(34, 150, 1e6, 16, 0);
        run.line.stallsPerSecond = 1e-9;
        run.feed(20);
        run.line.silence(7.77);
        run.feed(3);
        assertThat(run.clock.reanchors()).isEqualTo(1);

        run.feed(3);
        run.feed(5);
        assertThat(run.worstNs).isLessThan(3.5 * MS);
        assertThat(run.rising).isTrue();
    }

    @Test
    void shouldAnchorAnewWhenTheDeviceRestarts() {
        Run run = run(41, 80, 1e6, 32, 123_456);
        run.feed(30);
        run.line.silence(1.3);
        run.line.reboot();
        run.feed(3);
        assertThat(run.clock.reanchors()).isEqualTo(1);

        run.feed(10);
        assertThat(run.worstNs).isLessThan(3.5 * MS);
        assertThat(run.rising).isTrue();
    }

    @Test
    void shouldAnchorAnewWhenTheCounterJumpsBackInSequence() {
        DeviceClock clock = new DeviceClock(1e6, 48);
        long nowNs = 0;
        for (int i = 0; i < 1000; i++) {
            nowNs = i * 5_000_000L;
            clock.observe(50_000_000 + i * 5000L, nowNs + 1_000_000);
        }
        long outNs = clock.observe(10, nowNs + 6_000_000);

        assertThat(clock.reanchors()).isEqualTo(1);
        assertThat(outNs).isEqualTo(nowNs + 6_000_000);
    }

    @Test
    void shouldKeepItsAnchorThroughTenUnpluggedMinutes() {
        Run run = run(51, -180, 1e6, 32, 0);
        run.feed(60);
        run.line.silence(600);
        run.clock.expectGap();
        run.feed(60);

        assertThat(run.clock.reanchors()).isZero();
        assertThat(run.rising).isTrue();
        assertThat(run.outside).isLessThan(run.readings / 20);
    }

    @Test
    void shouldBoundTheHiddenDelayByRoundTrips() {
        DeviceClock clock = new DeviceClock(1e6, 32);
        assertThat(clock.leastDelayBoundNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(clock.uncertaintyNs()).isEqualTo(Long.MAX_VALUE);
        long hiddenNs = 4_000_000;
        for (int i = 0; i < 2000; i++) {
            long trueNs = i * 5_000_000L;
            clock.observe(trueNs / 1000, trueNs + hiddenNs);
            if (i % 200 == 100) {
                long sentNs = trueNs + 100_000;
                long receivedTicks = (sentNs + 500_000) / 1000;
                clock.observePong(new Pong(1, receivedTicks, receivedTicks, sentNs + 1_500_000), sentNs);
            }
        }

        // The pong came 1 ms after it was made, sooner than any reading: it now carries the line.
        assertThat(clock.leastDelayBoundNs()).isBetween(1_000_000L, 4_500_000L);
        long outNs = clock.observe(2000 * 5000L, 2000 * 5_000_000L + hiddenNs);
        assertThat(outNs - 2000 * 5_000_000L).isBetween(900_000L, 1_600_000L);
    }

    @Test
    void shouldRefuseACounterItCannotFollow() {
        assertThatThrownBy(() -> new DeviceClock(0, 32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceClock(Double.NaN, 32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceClock(1e6, 15)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceClock(1e6, 64)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldAllocateNothingPerReading() {
        int count = 200_000;
        SimulatedLine line = new SimulatedLine(61, 100, RATE_HZ, 1e6, 32, 0);
        long[] ticks = new long[count];
        long[] arrivals = new long[count];
        for (int i = 0; i < count; i++) {
            line.next();
            ticks[i] = line.rawTicks;
            arrivals[i] = line.arrivalNs;
        }
        DeviceClock clock = new DeviceClock(1e6, 32);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (int i = 0; i < count / 2; i++) {
            sum += clock.observe(ticks[i], arrivals[i]);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = count / 2; i < count; i++) {
            sum += clock.observe(ticks[i], arrivals[i]);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(sum).isNotZero();
        assertThat(bytes).isLessThan(count / 2 / 100);
    }
}
