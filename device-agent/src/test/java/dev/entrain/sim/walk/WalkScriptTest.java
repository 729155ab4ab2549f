package dev.entrain.sim.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.sample.Foot;
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

    @Test
    void shouldReadTheHardCases() {
        WalkScenario walk = WalkScript.parse(
                "fidget 6, festinate 4, freeze 3 7 2, akinesia 5, slip left 40, slip RIGHT -90 roll", GAIT, "x");
        assertThat(walk.segments())
                .containsExactly(
                        new WalkSegment.Fidget(6),
                        WalkSegment.festinate(4, GAIT),
                        new WalkSegment.Freeze(3, 7, 2),
                        new WalkSegment.Freeze(5, 5.5, 0),
                        new WalkSegment.Slip(Foot.LEFT, 40, WalkSegment.Slip.Axis.YAW),
                        new WalkSegment.Slip(Foot.RIGHT, -90, WalkSegment.Slip.Axis.ROLL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slip left",
                "slip both 3",
                "slip left x",
                "slip left 30 up",
                "slip left 400",
                "",
                "fly 3",
                "walk",
                "walk x",
                "stand 1 2",
                "walk 3,,stand 2",
                "freeze 5 99"
            })
    void shouldNameWhatItCannotRead(String script) {
        assertThatThrownBy(() -> WalkScript.parse(script, GAIT, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageFindingMatch("expected|must lie between");
    }
}
