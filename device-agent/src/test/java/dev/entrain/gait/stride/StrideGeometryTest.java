package dev.entrain.gait.stride;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.sample.Foot;
import dev.entrain.sim.walk.Mounting;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strides of the walking model, whose truth is exact, through the whole tracker. */
class StrideGeometryTest {
    private static ModelWalk walk(String scenario, double rateHz, SensorOptions sensors, double lostShare) {
        return ModelWalk.of(WalkScenario.named(scenario), new WalkOptions(rateHz, 66, 5, sensors), lostShare);
    }

    private static double meanAbs(List<Double> values) {
        return values.stream().mapToDouble(Math::abs).average().orElse(Double.NaN);
    }

    private static double lengthErrorM(ModelWalk walk) {
        return meanAbs(walk.pairs().stream().map(ModelWalk.Pair::lengthErrorM).toList());
    }

    private static double insideShare(ModelWalk walk) {
        List<ModelWalk.Pair> pairs = walk.pairs();
        long inside = pairs.stream()
                .filter(p -> Math.abs(p.lengthErrorM()) < 2 * p.told().sdM())
                .count();
        return inside / (double) pairs.size();
    }

    @ParameterizedTest
    @CsvSource({"50,0.035,0.02", "100,0.01,0.006", "200,0.003,0.002", "400,0.002,0.001"})
    void shouldFindTheExactStrideWithoutSensorErrors(double rateHz, double lengthM, double clearanceM) {
        ModelWalk walk = walk("healthy", rateHz, SensorOptions.ideal(), 0);
        assertThat(walk.pairs()).hasSizeGreaterThan(80);
        assertThat(lengthErrorM(walk)).isLessThan(lengthM);
        assertThat(meanAbs(walk.pairs().stream()
                        .map(p -> p.told().clearanceM() - p.truth().clearanceM())
                        .toList()))
                .isLessThan(clearanceM);
        assertThat(walk.pairs())
                .allSatisfy(p ->
                        assertThat(p.told().turnRad() - p.truth().turnRad()).isCloseTo(0, within(Math.toRadians(0.5))));
    }

    @ParameterizedTest
    @CsvSource({"healthy,0.02", "stroke,0.03", "parkinson,0.02", "ms,0.02", "demo,0.02"})
    void shouldMeasureWithNoiseBiasAndSway(String scenario, double toleranceM) {
        ModelWalk walk = walk(scenario, 100, SensorOptions.typical(), 0);
        assertThat(lengthErrorM(walk)).isLessThan(toleranceM);
        assertThat(insideShare(walk)).isGreaterThan(0.85);
        assertThat(meanAbs(walk.pairs().stream()
                        .map(p -> p.told().turnRad() - p.truth().turnRad())
                        .toList()))
                .isLessThan(Math.toRadians(1));
    }

    @Test
    void shouldMeasureInAnyMounting() {
        SensorOptions turned = SensorOptions.typical().withMounting(Mounting.any(3), Mounting.any(4));
        assertThat(lengthErrorM(walk("healthy", 100, turned, 0))).isLessThan(0.02);
    }

    @Test
    void shouldKeepTheLengthWhenPacketsAreLostAndBeLessSure() {
        ModelWalk lossy = walk("healthy", 100, SensorOptions.typical(), 0.05);
        ModelWalk whole = walk("healthy", 100, SensorOptions.typical(), 0);
        assertThat(lossy.pairs()).hasSizeGreaterThan(75);
        assertThat(lengthErrorM(lossy)).isLessThan(0.03);
        assertThat(insideShare(lossy)).isGreaterThan(0.85);
        assertThat(meanSdM(lossy)).isGreaterThan(meanSdM(whole));
    }

    private static double meanSdM(ModelWalk walk) {
        return meanAbs(walk.pairs().stream().map(p -> p.told().sdM()).toList());
    }

    @Test
    void shouldBeUnsureOfAStrideThatAClippedGyroscopeTold() {
        SensorOptions clipping = SensorOptions.typical().withFullScale(157, Math.toRadians(250));
        ModelWalk walk = walk("healthy", 100, clipping, 0);
        assertThat(meanSdM(walk)).isGreaterThan(0.1);
        assertThat(insideShare(walk)).isGreaterThan(0.85);
    }

    @Test
    void shouldTellNoLengthWithoutGravityButTheTimesStill() {
        ModelWalk walk = walk("healthy", 100, SensorOptions.typical().withGravityRemoved(true), 0);
        assertThat(walk.told).hasSizeGreaterThan(80);
        assertThat(walk.told).allSatisfy(s -> {
            assertThat(s.lengthM()).isNaN();
            assertThat(s.sdM()).isNaN();
            assertThat(s.clearanceM()).isNaN();
            assertThat(s.turnRad()).isNaN();
        });
        assertThat(walk.told.stream().filter(s -> !Double.isNaN(s.stance())).count())
                .isGreaterThan(80);
        assertThat(walk.bouts.getLast().over()).isTrue();
        assertThat(walk.bouts.getLast().speedMps()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "stroke", "ms"})
    void shouldFindTheTurnOfTheWalkAndNoOther(String scenario) {
        ModelWalk walk = walk(scenario, 100, SensorOptions.typical(), 0);
        assertThat(walk.trueTurns).hasSize(1);
        assertThat(walk.turns).hasSize(1);
        ModelWalk.ToldTurn truth = walk.trueTurns.getFirst();
        ModelWalk.ToldTurn told = walk.turns.getFirst();
        assertThat(told.angleDeg()).isCloseTo(180, within(10.0));
        // The model's turn lasts from heel-off to initial contact, the told one from mid-stance to mid-stance.
        assertThat(told.startS()).isCloseTo(truth.startS(), within(1.5));
        assertThat(told.endS()).isCloseTo(truth.endS(), within(1.5));
    }

    @Test
    void shouldTellABoutAtItsFourthStrideAndItsEndAfterThreeSeconds() {
        ModelWalk walk = walk("healthy", 100, SensorOptions.typical(), 0);
        ModelWalk.Bout begun = walk.bouts.getFirst();
        ModelWalk.Bout over = walk.bouts.get(1);
        assertThat(walk.bouts).hasSize(2);
        assertThat(begun.over()).isFalse();
        assertThat(begun.strides()).isEqualTo(4);
        assertThat(over.over()).isTrue();
        assertThat(over.startS()).isEqualTo(begun.startS());
        assertThat(over.strides()).isBetween(85, 99);
        assertThat(over.decidedS() - over.endS()).isBetween(3.0, 3.1);
        assertThat(over.speedMps()).isCloseTo(1.25, within(0.06));
    }

    @Test
    void shouldKnowDoubleSupportAndStepTimesOfBothFeet() {
        ModelWalk walk = walk("stroke", 100, SensorOptions.typical(), 0);
        assertThat(walk.pairs())
                .allSatisfy(
                        p -> assertThat(p.told().doubleSupport()).as("%s", p).isCloseTo(2 * 0.16, within(0.1)));
        double left = meanStepS(walk, Foot.LEFT);
        double right = meanStepS(walk, Foot.RIGHT);
        // The model's paretic steps take 20 % more than the mean; how a slow landing is timed is the contact room's.
        assertThat((left - right) / (left + right)).isCloseTo(0.2, within(0.05));
    }

    private static double meanStepS(ModelWalk walk, Foot foot) {
        return walk.pairs().stream()
                .filter(p -> p.told().foot() == foot && p.told().startS() < 24)
                .mapToDouble(p -> p.told().stepTimeS())
                .average()
                .orElse(Double.NaN);
    }
}
