package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockWatchTest {
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final long SECOND_NS = 1_000_000_000L;

    private final ClockWatch watch = new ClockWatch();

    @Test
    void shouldTellAtFirstAndOnceAnHour() {
        assertThat(watch.see(5, T0, 0.01)).isEqualTo(new ClockReading(5, T0, 0.01));
        int told = 0;
        for (int s = 1; s <= 7200; s++) {
            told += watch.see(5 + s * SECOND_NS, T0.plusSeconds(s), 0.01) == null ? 0 : 1;
        }
        assertThat(told).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P365D", "P-365D", "PT0.051S", "PT-0.051S", "P36500D", "P-20000D"})
    void shouldTellAtOnceWhenTheClockWasSet(String by) {
        watch.see(0, T0, Double.NaN);
        Instant set = T0.plusSeconds(1).plus(Duration.parse(by));
        assertThat(watch.see(SECOND_NS, set, Double.NaN))
                .isEqualTo(new ClockReading(SECOND_NS, set, ClockWatch.UNKNOWN_ERROR_S));
        assertThat(watch.see(2 * SECOND_NS, set.plusSeconds(1), Double.NaN)).isNull();
    }

    @Test
    void shouldBearWhatAClockDoesBetweenTwoReadings() {
        watch.see(0, T0, 0.01);
        assertThat(watch.see(SECOND_NS, T0.plusSeconds(1).plusMillis(49), 0.01)).isNull();
        assertThat(watch.see(2 * SECOND_NS, T0.plusSeconds(2).minusMillis(49), 0.01))
                .isNull();
    }

    @Test
    void shouldTellWhenTheClockBecameMuchSurer() {
        watch.see(0, T0, Double.NaN);
        assertThat(watch.see(SECOND_NS, T0.plusSeconds(1), 0.02)).isNotNull();
        assertThat(watch.see(2 * SECOND_NS, T0.plusSeconds(2), 0.019)).isNull();
    }

    @Test
    void shouldPlaceEarlierMomentsByTheSurestReading() {
        BootClock clock = new BootClock(List.of(
                new ClockReading(0, T0.minus(Duration.ofDays(365)), ClockWatch.UNKNOWN_ERROR_S),
                new ClockReading(600 * SECOND_NS, T0, 0.05),
                new ClockReading(4200 * SECOND_NS, T0.plusSeconds(3600), 0.05)));
        BootClock.Utc early = Objects.requireNonNull(clock.utc(0));
        assertThat(early.utc()).isEqualTo(T0.minusSeconds(600));
        assertThat(early.errorS()).isBetween(0.1, 0.12);
        BootClock.Utc late = Objects.requireNonNull(clock.utc(4201 * SECOND_NS));
        assertThat(late.utc()).isEqualTo(T0.plusSeconds(3601));
        assertThat(new BootClock(List.of()).utc(0)).isNull();
    }
}
