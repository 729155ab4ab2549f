package dev.entrain.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ManualClockTest {
    @Test
    void shouldStandStillUntilMoved() {
        ManualClock clock = new ManualClock(42);
        assertThat(clock.nowNs()).isEqualTo(42);
        assertThat(clock.nowNs()).isEqualTo(42);
        assertThat(clock.advance(8)).isEqualTo(50);
        clock.advanceTo(60);
        assertThat(clock.nowNs()).isEqualTo(60);
    }

    @Test
    void shouldGoOnAcrossTheWrapOfTheCounter() {
        ManualClock clock = new ManualClock(Long.MAX_VALUE - 1);
        clock.advance(3);
        assertThat(clock.nowNs() - (Long.MAX_VALUE - 1)).isEqualTo(3);
        clock.advanceTo(Long.MIN_VALUE + 10);
        assertThat(clock.nowNs()).isEqualTo(Long.MIN_VALUE + 10);
    }

    @Test
    void shouldNeverGoBack() {
        ManualClock clock = new ManualClock();
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advanceTo(-1));
        assertThat(clock.nowNs()).isZero();
    }
}
