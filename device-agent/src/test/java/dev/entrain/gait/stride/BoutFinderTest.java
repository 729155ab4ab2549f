package dev.entrain.gait.stride;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoutFinderTest {
    private final BoutFinder bouts = new BoutFinder();

    private boolean stride(double fromS, double toS, double lengthM) {
        bouts.contact(toS);
        return bouts.add(fromS, toS, lengthM);
    }

    @Test
    void shouldNeedFourStrides() {
        assertThat(stride(0, 1, 1.2)).isFalse();
        assertThat(stride(0.5, 1.5, 1.2)).isFalse();
        assertThat(stride(1, 2, 1.2)).isFalse();
        assertThat(stride(1.5, 2.5, 1.2)).isTrue();
        assertThat(stride(2, 3, 1.2)).isFalse();
        assertThat(bouts.strides()).isEqualTo(5);
    }

    @Test
    void shouldGoOnOverABreakUnderThreeSeconds() {
        stride(0, 1, 1.2);
        assertThat(bouts.isOver(3.9)).isFalse();
        bouts.contact(3.95);
        assertThat(bouts.isOver(5.5)).isFalse();
        stride(3.95, 5.5, 1.2);
        assertThat(bouts.strides()).isEqualTo(2);
        assertThat(bouts.isOver(8.6)).isTrue();
    }

    @Test
    void shouldLeaveOutStridesThatAreNone() {
        assertThat(stride(0, 0.15, 1.2)).isFalse();
        assertThat(stride(0, 3.2, 1.2)).isFalse();
        assertThat(stride(0, 1, 0.1)).isFalse();
        assertThat(stride(Double.NaN, 1, 1.2)).isFalse();
        assertThat(bouts.strides()).isZero();
    }

    @Test
    void shouldKnowMeanVariationAndSpeed() {
        stride(0, 1.0, 1.0);
        stride(1, 2.2, Double.NaN);
        stride(2.2, 3.2, 1.4);
        stride(3.2, 4.4, 1.2);
        assertThat(bouts.strideTimeS()).isCloseTo(1.1, within(1e-9));
        assertThat(bouts.strideTimeCv()).isCloseTo(Math.sqrt(0.04 / 3) / 1.1, within(1e-9));
        assertThat(bouts.strideLengthM()).isCloseTo(1.2, within(1e-9));
        assertThat(bouts.speedMps()).isCloseTo(3.6 / 3.2, within(1e-9));
    }
}
