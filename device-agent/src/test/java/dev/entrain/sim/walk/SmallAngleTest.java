package dev.entrain.sim.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SmallAngleTest {
    @Test
    void shouldAgreeWithTheLibraryUpToHalfATurnEachWay() {
        SmallAngle angle = new SmallAngle();
        for (int i = -3200; i <= 3200; i++) {
            angle.set(i * 1e-3);
            assertThat(angle.sin()).isCloseTo(Math.sin(i * 1e-3), within(1e-13));
            assertThat(angle.cos()).isCloseTo(Math.cos(i * 1e-3), within(1e-13));
        }
    }
}
