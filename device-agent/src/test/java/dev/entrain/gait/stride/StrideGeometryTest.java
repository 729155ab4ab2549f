package dev.entrain.gait.stride;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.sim.walk.Mounting;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strides of the walking model, whose truth is exact, through the whole tracker. */
class StrideGeometryTest {
    private static ModelWalk walk(String scenario, double rateHz, SensorOptions sensors, double lostShare) {
        return ModelWalk.of(WalkScenario.named(scenario), new WalkOptions(rateHz, 66, 5, sensors), lostShare);
    }

    private static double meanAbs(List<Double> values) {
        return values.stream().mapToDouble(Math::abs).average().orElse(Double.NaN);
    }

    private static void show(String what, ModelWalk w) {
        List<ModelWalk.Pair> p = w.pairs();
        double inside = p.stream()
                        .filter(x -> Math.abs(x.lengthErrorM()) < x.told().sdM())
                        .count()
                / (double) p.size();
        System.err.printf(
                "SHOW %s n %d of %d len mae %.4f bias %.4f sd %.4f inside %.2f clear %.4f bias %.4f turn %.3f deg ds %.3f%n",
                what,
                p.size(),
                w.truth.size(),
                meanAbs(p.stream().map(ModelWalk.Pair::lengthErrorM).toList()),
                p.stream().mapToDouble(ModelWalk.Pair::lengthErrorM).average().orElse(0),
                p.stream().mapToDouble(x -> x.told().sdM()).average().orElse(0),
                inside,
                meanAbs(p.stream()
                        .map(x -> x.told().clearanceM() - x.truth().clearanceM())
                        .toList()),
                p.stream()
                        .mapToDouble(x -> x.told().clearanceM() - x.truth().clearanceM())
                        .average()
                        .orElse(0),
                Math.toDegrees(meanAbs(p.stream()
                        .map(x -> x.told().turnRad() - x.truth().turnRad())
                        .toList())),
                p.stream().mapToDouble(x -> x.told().doubleSupport()).average().orElse(0));
    }

    @Test
    void look() {
        for (double rate : new double[] {50, 100, 200, 400}) {
            show("ideal " + rate, walk("healthy", rate, SensorOptions.ideal(), 0));
            show("typical " + rate, walk("healthy", rate, SensorOptions.typical(), 0));
        }
        for (String s : new String[] {"stroke", "parkinson", "ms", "demo"}) {
            show(s, walk(s, 100, SensorOptions.typical(), 0));
        }
        show("lossy", walk("healthy", 100, SensorOptions.typical(), 0.05));
        show(
                "mounted",
                walk("healthy", 100, SensorOptions.typical().withMounting(Mounting.any(3), Mounting.any(4)), 0));
        show("clip gyro", walk("healthy", 100, SensorOptions.typical().withFullScale(157, 4.36), 0));
        show("clip acc", walk("healthy", 100, SensorOptions.typical().withFullScale(39, 35), 0));
        ModelWalk w = walk("healthy", 100, SensorOptions.typical(), 0);
        System.err.println("SHOW " + w.turns + w.trueTurns + w.bouts);
        assertThat(w.told).isNotEmpty();
    }
}
