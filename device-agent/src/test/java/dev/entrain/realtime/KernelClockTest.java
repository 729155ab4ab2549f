package dev.entrain.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelClockTest {
    @Test
    void shouldSayABoundOrThatNobodyKeepsTheClock() {
        double errorS = new KernelClock().errorS();
        assertThat(Double.isNaN(errorS) || (errorS >= 0 && errorS < 3600))
                .as("%s s", errorS)
                .isTrue();
    }
}
