package dev.entrain.sim.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalkScriptTest {
    private static final Gait GAIT = WalkPresets.healthy();

    @Test
    void shouldReadEverySegment() {
        WalkScenario walk =
                WalkScript.parse("stand 4, walk 30,walk 10 90 , turn -180, shuffle 8, freeze 5, freeze 2 7", GAIT, "x");
        assertThat(walk.segments())
                .containsExactly(
                        new WalkSegment.Stand(4),
                        new WalkSegment.Walk(30, GAIT),
                        new WalkSegment.Walk(10, GAIT.withCadence(90)),
                        new WalkSegment.Turn(-180, 45, WalkSegment.turning(GAIT)),
                        WalkSegment.shuffle(8, GAIT),
                        new WalkSegment.Freeze(5, 5.5, 5),
                        new WalkSegment.Freeze(2, 7, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fly 3", "walk", "walk x", "stand 1 2", "walk 3,,stand 2", "freeze 5 99"})
    void shouldNameWhatItCannotRead(String script) {
        assertThatThrownBy(() -> WalkScript.parse(script, GAIT, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageFindingMatch("expected|must lie between");
    }
}
