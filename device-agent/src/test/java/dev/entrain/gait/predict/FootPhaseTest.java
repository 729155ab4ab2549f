package dev.entrain.gait.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.gait.GaitRecord;
import dev.entrain.sample.Foot;
import dev.entrain.sim.walk.Gait;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScript;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phases of the walking model's feet against its exact truth. */
class FootPhaseTest {
    private static final double INSIDE_80 = 1.28;

    private static Gait gait(String name) {
        return switch (name) {
            case "healthy" -> WalkPresets.healthy();
            case "fractal" -> WalkPresets.healthy().withVariability(0.05, 1.0);
            case "asymmetric" -> WalkPresets.stroke().withStepTimeAsymmetry(0.4);
            default -> WalkPresets.parkinson();
        };
    }

    @ParameterizedTest
    @CsvSource({
        // A steady walker's contacts are detected better than the 10 ms assumed of any walker's.
        "healthy, 200, 0.012, 0.95",
        "fractal, 100, 0.02, 0.9",
        "asymmetric, 100, 0.025, 0.9",
        "parkinson, 200, 0.025, 0.9"
    })
    void shouldKnowThePhaseAndHowWell(String name, double rateHz, double mostRms, double mostInside) {
        PredictedWalk walk =
                PredictedWalk.of(WalkScript.parse("stand 3, walk 69, stand 3", gait(name), "test"), rateHz, 75, 1);
        int inside = 0;
        int count = 0;
        double sum = 0;
        for (Foot foot : Foot.values()) {
            List<Double> contacts = walk.contactsS(foot);
            int next = 3;
            for (GaitRecord.Phase phase : walk.record.phases) {
                double timeS = phase.timeNs() * 1e-9;
                while (next < contacts.size() - 2 && contacts.get(next) <= timeS) {
                    next++;
                }
                double fromS = contacts.get(next - 1);
                if (phase.foot() != foot || timeS < fromS || timeS >= contacts.get(next)) {
                    continue;
                }
                double truth = (timeS - fromS) / (contacts.get(next) - fromS);
                double error = Math.abs(phase.phase() - truth);
                error = Math.min(error, 1 - error);
                inside += error <= INSIDE_80 * phase.spread() ? 1 : 0;
                sum += error * error;
                count++;
            }
        }
        assertThat(Math.sqrt(sum / count)).isLessThan(mostRms);
        assertThat(inside / (double) count).isBetween(0.75, mostInside);
    }

    @Test
    void shouldStopWithTheFootAndEndAfterTheWalk() {
        PredictedWalk walk = PredictedWalk.of(
                WalkScript.parse("stand 3, walk 15, stand 20", WalkPresets.healthy(), "test"), 200, 38, 1);
        for (Foot foot : Foot.values()) {
            double lastS = walk.contactsS(foot).getLast();
            double standingFrom = Double.NaN;
            double standingTo = Double.NaN;
            for (GaitRecord.Phase phase : walk.record.phases) {
                double timeS = phase.timeNs() * 1e-9;
                if (phase.foot() != foot) {
                    continue;
                }
                if (timeS > lastS + 0.1 && timeS < lastS + 2) {
                    assertThat(phase.phase()).isLessThan(0.85);
                }
                if (timeS > lastS + 1.2 && timeS < lastS + 2) {
                    standingFrom = Double.isNaN(standingFrom) ? phase.phase() : standingFrom;
                    standingTo = phase.phase();
                }
                if (timeS > lastS + 4) {
                    assertThat(phase.phase()).isNaN();
                    assertThat(phase.spread()).isNaN();
                }
            }
            assertThat(standingTo).isEqualTo(standingFrom);
        }
    }
}
