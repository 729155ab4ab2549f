package dev.entrain.gait.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.gait.predict.PredictedWalk.Told;
import dev.entrain.sample.Foot;
import dev.entrain.sim.walk.Gait;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.sim.walk.WalkScript;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Predictions of the walking model's contacts against its exact truth. */
class NextContactTest {
    private static final int SEEDS = 3;
    private static final double DURATION_S = 75;
    private static final double[] AHEAD_S = {0.15, 0.2, 0.3, 0.5};

    /** Walkers whose rhythm is hard to foresee, each for another reason. */
    enum Walk {
        HEALTHY(200),
        FRACTAL(100),
        PARKINSON(200),
        UNSTEADY(100),
        MULTIPLE_SCLEROSIS(50),
        STROKE(100),
        ASYMMETRIC(200),
        RAMPS(100, "stand 3, walk 35 90 125, walk 34 125 80, stand 3"),
        STOPS(100, "stand 3, walk 9, turn 180, walk 8, stand 4, walk 9, stand 3, walk 10 95, stand 3, walk 9, stand 5");

        private final double rateHz;
        private final String script;

        Walk(double rateHz) {
            this(rateHz, "stand 3, walk 69, stand 3");
        }

        Walk(double rateHz, String script) {
            this.rateHz = rateHz;
            this.script = script;
        }

        private Gait gait() {
            return switch (this) {
                case HEALTHY, RAMPS -> WalkPresets.healthy();
                case FRACTAL -> WalkPresets.healthy().withVariability(0.05, 1.0);
                case PARKINSON -> WalkPresets.parkinson();
                case UNSTEADY -> WalkPresets.parkinson().withVariability(0.08, 0.2);
                case MULTIPLE_SCLEROSIS -> WalkPresets.multipleSclerosis();
                case STROKE -> WalkPresets.stroke();
                case ASYMMETRIC -> WalkPresets.stroke().withStepTimeAsymmetry(0.4);
                case STOPS -> WalkPresets.healthy().withVariability(0.03, 0.7);
            };
        }

        List<PredictedWalk> walks() {
            WalkScenario scenario = WalkScript.parse(script, gait(), "test");
            List<PredictedWalk> walks = new ArrayList<>();
            for (int seed = 1; seed <= SEEDS; seed++) {
                walks.add(PredictedWalk.of(scenario, rateHz, DURATION_S, seed));
            }
            return walks;
        }
    }

    private static List<Told> told(List<PredictedWalk> walks, double aheadS) {
        return walks.stream().flatMap(walk -> walk.told(aheadS).stream()).toList();
    }

    private static double inside(List<Told> told) {
        return told.stream().filter(Told::isInside).count() / (double) told.size();
    }

    private static double meanErrorS(List<Told> told) {
        return told.stream().mapToDouble(t -> Math.abs(t.errorS())).average().orElseThrow();
    }

    @Test
    void shouldHoldFourOfFiveContactsInsideTheStatedIntervalAtEveryHorizon() {
        List<List<PredictedWalk>> all = new ArrayList<>();
        for (Walk walk : Walk.values()) {
            all.add(walk.walks());
        }
        for (double aheadS : AHEAD_S) {
            List<Told> pooled = new ArrayList<>();
            for (Walk walk : Walk.values()) {
                List<Told> told = told(all.get(walk.ordinal()), aheadS);
                assertThat(inside(told)).as("%s, %s s ahead", walk, aheadS).isBetween(0.72, 0.9);
                pooled.addAll(told);
            }
            assertThat(inside(pooled)).as("%s s ahead", aheadS).isBetween(0.77, 0.83);
            List<Told> first = pooled.stream().filter(t -> t.sinceStart() <= 4).toList();
            assertThat(inside(first)).as("first contacts, %s s ahead", aheadS).isBetween(0.75, 0.92);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Walk.class,
            names = {"HEALTHY", "FRACTAL", "PARKINSON", "UNSTEADY", "MULTIPLE_SCLEROSIS", "STROKE", "ASYMMETRIC"})
    void shouldErrLittleMoreThanTheStepsThemselvesVary(Walk walk) {
        List<PredictedWalk> walks = walk.walks();
        double innovationS = walks.stream()
                .mapToDouble(PredictedWalk::stepTimeInnovationS)
                .average()
                .orElseThrow();
        // At 0.15 s the foot is in swing, at 0.5 s hardly more is known than the other foot's contact.
        assertThat(meanErrorS(told(walks, 0.15))).isLessThan(0.85 * innovationS);
        assertThat(meanErrorS(told(walks, 0.3))).isLessThan(1.1 * innovationS);
        assertThat(meanErrorS(told(walks, 0.5))).isLessThan(1.8 * innovationS);
    }

    @Test
    void shouldFollowAPaceThatChanges() {
        List<PredictedWalk> walks = Walk.RAMPS.walks();
        List<Told> told = told(walks, 0.15);
        assertThat(meanErrorS(told)).isLessThan(0.025);
        assertThat(told.stream().filter(t -> Math.abs(t.errorS()) > 0.08).count())
                .isLessThan(told.size() / 20);
    }

    @Test
    void shouldReviseAPredictionAFewTimesAStrideOnly() {
        for (Walk walk : new Walk[] {Walk.HEALTHY, Walk.UNSTEADY, Walk.STOPS}) {
            for (PredictedWalk walked : walk.walks()) {
                int contacts = walked.contactsS(Foot.LEFT).size()
                        + walked.contactsS(Foot.RIGHT).size();
                assertThat(walked.record.predictions.size() / (double) contacts)
                        .as("%s", walk)
                        .isBetween(5.0, 10.5);
            }
        }
    }
}
