package dev.entrain.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimingCountsTest {
    private static TimingCounts counts(long maxNs, long... counts) {
        return new TimingCounts(1_000, 1, counts, maxNs);
    }

    @Test
    void shouldNameTheClassAShareFallsInto() {
        TimingCounts counts = counts(3_500, 50, 40, 10, 0);
        assertThat(counts.quantileNs(0.5)).isEqualTo(1_000);
        assertThat(counts.quantileNs(0.9)).isEqualTo(2_000);
        assertThat(counts.quantileNs(0.99)).isEqualTo(3_500);
        assertThat(counts(0, 0, 0, 0, 0).quantileNs(0.5)).isZero();
    }

    @Test
    void shouldTellWhatHappenedBetweenTwoMoments() {
        TimingCounts between = counts(3_500, 50, 40, 10, 0).since(counts(1_900, 50, 38, 0, 0));
        assertThat(between).isEqualTo(counts(3_500, 0, 2, 10, 0));
        assertThat(between.count()).isEqualTo(12);
    }

    @Test
    void shouldBoundTheLargestOfAStretchThatWasNotTheWorst() {
        assertThat(counts(9_000, 2, 5, 0, 1).since(counts(9_000, 2, 3, 0, 1)).maxNs())
                .isEqualTo(2_000);
        assertThat(counts(9_000, 2, 5, 0, 1).since(counts(9_000, 2, 5, 0, 1)).maxNs())
                .isZero();
    }

    @Test
    void shouldRefuseCountsWithoutClasses() {
        assertThatThrownBy(() -> counts(0, 1)).hasMessageContaining("no classes");
    }
}
