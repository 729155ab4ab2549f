package dev.entrain.gait.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitRecord;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.FootGait;
import dev.entrain.sim.walk.Mounting;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.sim.walk.WalkSegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contacts of the walking model's stroke walker, left side paretic, against its exact truth. */
class PareticContactTest {
    private static final double DURATION_S = 60;

    @ParameterizedTest
    @CsvSource({
        "200, 125, 4, 18, false", // the preset
        "200, 125, 1, 14, false",
        "200, 100, 1, 14, true",
        "50, 100, 4, 18, false",
        "100, 110, 2, 14, true",
        "400, 125, 4, 18, true"
    })
    void shouldTimeAPareticContactLikeASoundOne(
            double rateHz, double peakDps, double strikeDeg, double impactMps2, boolean gravityRemoved) {
        FootGait paretic = new FootGait(peakDps, strikeDeg, 0.02, 0.06, impactMps2);
        for (int seed = 1; seed <= 3; seed++) {
            Trial trial = new Trial(paretic, rateHz, seed, gravityRemoved);
            double pareticS = trial.medianErrorS(Foot.LEFT);
            double soundS = trial.medianErrorS(Foot.RIGHT);
            assertThat(pareticS).as("paretic, seed %d", seed).isCloseTo(soundS, within(0.005));
            assertThat(trial.worstErrorS(Foot.LEFT)).as("seed %d", seed).isLessThan(0.03);
            assertThat(trial.worstErrorS(Foot.RIGHT)).as("seed %d", seed).isLessThan(0.03);
        }
    }

    /** What an event can be used for depends on how soon it is known: telemetry, prediction, freezing. */
    @ParameterizedTest
    @CsvSource({"200, 125, 4, 18", "50, 100, 4, 18", "100, 110, 2, 14", "400, 125, 1, 14"})
    void shouldTellAFinalContactWithin80Ms(double rateHz, double peakDps, double strikeDeg, double impactMps2) {
        FootGait paretic = new FootGait(peakDps, strikeDeg, 0.02, 0.06, impactMps2);
        Trial trial = new Trial(paretic, rateHz, 1, false);
        // The first steps are told late, once it is known how the sensors sit.
        List<Long> delays = trial.record.events.stream()
                .filter(event -> event.kind() == Kind.FINAL_CONTACT)
                .skip(6)
                .map(event -> event.decidedNs() - event.timeNs())
                .sorted()
                .toList();
        assertThat(delays).hasSizeGreaterThan(50);
        assertThat(delays.get(delays.size() * 95 / 100)).isLessThan(80_000_000L);
    }

    /** A walk tracked, and each foot's errors: every true contact told exactly once. */
    private static final class Trial implements TruthSink {
        private final List<List<Double>> truth = List.of(new ArrayList<>(), new ArrayList<>());
        private final GaitRecord record = new GaitRecord();

        Trial(FootGait paretic, double rateHz, long seed, boolean gravityRemoved) {
            var gait = WalkPresets.stroke();
            WalkScenario scenario = new WalkScenario(
                    "paretic",
                    "test",
                    List.of(
                            new WalkSegment.Stand(4),
                            new WalkSegment.Walk(DURATION_S - 8, gait.withFeet(paretic, gait.foot(Foot.RIGHT))),
                            new WalkSegment.Stand(8)));
            SensorOptions sensors = SensorOptions.typical()
                    .withMounting(Mounting.any(seed), Mounting.any(seed + 100))
                    .withGravityRemoved(gravityRemoved);
            WalkModel model = new WalkModel(scenario, new WalkOptions(rateHz, DURATION_S, seed, sensors), this);
            PairTracker tracker = new PairTracker();
            ImuSample sample = new ImuSample();
            while (model.next(sample)) {
                tracker.onSample(sample, record);
            }
        }

        @Override
        public void onEvent(Kind kind, Foot foot, long timeNs) {
            if (kind == Kind.INITIAL_CONTACT) {
                truth.get(foot.ordinal()).add(timeNs * 1e-9);
            }
        }

        @Override
        public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

        @Override
        public void onTurn(long startNs, long endNs, double angleDeg) {}

        private List<Double> errorsS(Foot foot) {
            List<Double> told = record.times(Kind.INITIAL_CONTACT, foot, 0);
            List<Double> real = truth.get(foot.ordinal());
            assertThat(told).hasSameSizeAs(real);
            List<Double> errors = new ArrayList<>();
            for (int i = 0; i < real.size(); i++) {
                errors.add(told.get(i) - real.get(i));
            }
            return errors.stream().sorted().toList();
        }

        double medianErrorS(Foot foot) {
            List<Double> errors = errorsS(foot);
            return errors.get(errors.size() / 2);
        }

        double worstErrorS(Foot foot) {
            List<Double> errors = errorsS(foot);
            return Math.max(-errors.get(0), errors.get(errors.size() - 1));
        }
    }
}
