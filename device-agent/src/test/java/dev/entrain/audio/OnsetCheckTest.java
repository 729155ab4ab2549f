package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OnsetCheckTest {
    private static final long S = 1_000_000_000L;

    private final TimingHistogram errors = new TimingHistogram();
    private final OnsetCheck check = new OnsetCheck(errors);

    @Test
    void shouldJudgeACueByWhatTheClockSaysTwoSecondsLater() {
        CardFrameClock clock = new CardFrameClock(48_000, 0);
        clock.observe(10 * S, 480_000);
        check.written(480_048, 10 * S + 750_000); // Frame 48 after the anchor sounds 1 ms after it.

        check.look(12 * S, clock);
        assertThat(errors.count()).isZero();
        check.look(12 * S + 750_000, clock);
        assertThat(errors.count()).isEqualTo(1);
        assertThat(errors.maxNs()).isEqualTo(250_000);
    }

    @Test
    void shouldNotJudgeCuesBeforeABreak() {
        CardFrameClock clock = new CardFrameClock(48_000, 0);
        clock.observe(0, 0);
        check.written(48, S);
        check.forget();
        check.written(96, 2_000_000);
        check.look(4 * S, clock);
        assertThat(errors.count()).isEqualTo(1);
        assertThat(errors.maxNs()).isZero();
    }

    @Test
    void shouldLeaveOutWhatItCannotHold() {
        CardFrameClock clock = new CardFrameClock(48_000, 0);
        clock.observe(0, 0);
        for (int i = 0; i < 100; i++) {
            check.written(48L * i, 1_000_000L * i);
        }
        check.look(4 * S, clock);
        assertThat(errors.count()).isEqualTo(32);
        assertThat(errors.maxNs()).isZero();
    }
}
