package dev.entrain.cuetest.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpacingTest {
    @Test
    void shouldMeasureDistancesFromBeatToBeat() {
        Spacing spacing = Spacing.of(new double[] {0, 100, 200, 300, 401, 501, 601});

        assertThat(spacing.heard()).isEqualTo(7);
        assertThat(spacing.medianFrames()).isEqualTo(100);
        assertThat(spacing.p50Frames()).isZero();
        assertThat(spacing.maxFrames()).isCloseTo(1, within(1e-9));
        assertThat(spacing.gaps()).isZero();
    }

    @Test
    void shouldCountAMissingBeatAndADoubleOneAsGaps() {
        Spacing spacing = Spacing.of(new double[] {0, 100, 200, 400, 500, 510, 610, 710, 810});

        assertThat(spacing.gaps()).isEqualTo(2);
        assertThat(spacing.maxFrames()).isZero();
    }

    @Test
    void shouldMeasureNothingInSilence() {
        assertThat(Spacing.of(new double[0])).isEqualTo(new Spacing(0, 0, 0, 0, 0, 0));
        assertThat(Spacing.of(new double[] {3}).heard()).isEqualTo(1);
    }
}
