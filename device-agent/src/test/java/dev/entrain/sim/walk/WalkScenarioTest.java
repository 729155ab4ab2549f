package dev.entrain.sim.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WalkScenarioTest {
    @Test
    void shouldFindEveryPresetByItsName() {
        assertThat(WalkPresets.NAMES)
                .contains("healthy", "stroke", "parkinson", "parkinson-freezing", "ms", "demo")
                .allSatisfy(name -> assertThat(WalkScenario.named(name).name()).isEqualTo(name));
    }

    @Test
    void shouldNameThePresetsThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WalkScenario.named("moonwalk"))
                .withMessageContaining("\"moonwalk\"")
                .withMessageContaining("parkinson-freezing");
    }

    @Test
    void shouldTakeAboutAMinuteForTheDemo() {
        assertThat(WalkScenario.named("demo").nominalS()).isBetween(50.0, 70.0);
    }

    @Test
    void shouldNameTheValueAndItsRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WalkPresets.healthy().withCadence(500))
                .withMessage("cadence is 500 steps/min, but must lie between 20 and 220 steps/min");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WalkPresets.healthy().withStepTimeAsymmetry(Double.NaN))
                .withMessage("step time asymmetry is NaN, but must lie between -0.6 and 0.6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WalkOptions(1000, 10, 1, SensorOptions.ideal()))
                .withMessageContaining("sample rate is 1000 Hz");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WalkSegment.Freeze(3, 20, 5))
                .withMessageContaining("tremor frequency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WalkScenario("none", "test", List.of(new WalkSegment.Stand(0))))
                .withMessageContaining("has no length");
    }

    @Test
    void shouldChangeEveryGaitOfAScenario() {
        WalkScenario faster = WalkScenario.named("healthy").withGait(gait -> gait.withCadence(125));
        assertThat(faster.segments())
                .filteredOn(WalkSegment.Walk.class::isInstance)
                .isNotEmpty()
                .allMatch(
                        s -> s instanceof WalkSegment.Walk walk && walk.start().cadenceSpm() == 125);
    }

    @Test
    void shouldSetTheSpeedByTheStrideLength() {
        Gait gait = WalkPresets.healthy().withSpeed(0.9);
        assertThat(gait.speedMps()).isCloseTo(0.9, within(1e-12));
        assertThat(gait.cadenceSpm()).isEqualTo(WalkPresets.healthy().cadenceSpm());
    }
}
