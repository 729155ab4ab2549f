package dev.entrain.gait.contact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SurenessTest {
    @Test
    void shouldBeSureOfAFullStrideAndLessOfASmallerOne() {
        assertThat(Sureness.ofTouch(1.1, 0.8))
                .isEqualTo(Sureness.ofTouch(0.9, 1.4))
                .isBetween(0.97, 0.99);
        assertThat(Sureness.ofTouch(0.5, 1)).isBetween(0.8, 0.95).isGreaterThan(Sureness.ofTouch(0.3, 1));
        assertThat(Sureness.ofTouch(1, 0)).isBetween(0.7, 0.85).isLessThan(Sureness.ofTouch(1, 0.4));
        assertThat(Sureness.ofLeaving(0.7)).isBetween(0.97, 0.99).isGreaterThan(Sureness.ofLeaving(0.3));
    }

    @Test
    void shouldStayAProbabilityForAnyStride() {
        for (double share = 0; share < 3; share += 0.1) {
            assertThat(Sureness.ofTouch(share, 0)).isBetween(Sureness.FLAT_STEP, 1.0);
            assertThat(Sureness.ofLeaving(share)).isBetween(Sureness.NO_PUSH, 1.0);
        }
    }
}
