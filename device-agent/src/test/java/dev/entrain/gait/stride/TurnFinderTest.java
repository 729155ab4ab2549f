package dev.entrain.gait.stride;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.sample.Foot;
import org.junit.jupiter.api.Test;

class TurnFinderTest {
    private final TurnFinder turns = new TurnFinder();

    private boolean left(double atS, double deg) {
        return turns.add(Foot.LEFT, atS, atS + 1.1, Math.toRadians(deg));
    }

    private boolean right(double atS, double deg) {
        return turns.add(Foot.RIGHT, atS + 0.55, atS + 1.65, Math.toRadians(deg));
    }

    @Test
    void shouldTellATurnWhenBothFeetGoStraight() {
        assertThat(left(0, 2)).isFalse();
        assertThat(right(0, -3)).isFalse();
        assertThat(left(1.1, 90)).isFalse();
        assertThat(right(1.1, 120)).isFalse();
        assertThat(left(2.2, 88)).isFalse();
        assertThat(right(2.2, 60)).isFalse();
        assertThat(left(3.3, 3)).isFalse();
        assertThat(right(3.3, -1)).isTrue();
        assertThat(Math.toDegrees(turns.angleRad())).isCloseTo(179, within(1e-6));
        assertThat(turns.startS()).isEqualTo(1.1);
        assertThat(turns.endS()).isCloseTo(3.85, within(1e-9));
        assertThat(turns.strides()).isEqualTo(4);
    }

    @Test
    void shouldNotTakeACurveOrOneOddStrideForATurn() {
        for (int i = 0; i < 20; i++) {
            assertThat(left(i * 1.1, i == 7 ? 25 : 6)).isFalse();
            assertThat(right(i * 1.1, 6)).isFalse();
        }
        assertThat(turns.isOver(40)).isFalse();
    }

    @Test
    void shouldTellTwoTurnsToDifferentSides() {
        left(0, 60);
        right(0, 70);
        assertThat(left(1.1, -60)).isTrue();
        assertThat(turns.angleRad()).isPositive();
        right(1.1, -70);
        assertThat(turns.isOver(6)).isTrue();
        assertThat(Math.toDegrees(turns.angleRad())).isCloseTo(-65, within(1e-6));
        assertThat(turns.isOver(7)).isFalse();
    }

    @Test
    void shouldTurnOnOneFootWhenOnlyOneHasASensor() {
        left(0, 80);
        left(1.1, 90);
        assertThat(left(2.2, Double.NaN)).isTrue();
        assertThat(Math.toDegrees(turns.angleRad())).isCloseTo(170, within(1e-6));
    }
}
