package dev.entrain.gait.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitRecord;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.Gait;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.sim.walk.WalkSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which movements of the walking model are steps, where they are hardest to see. Its truth is exact. */
class HardWalksTest {
    private static final double WITHIN_S = 0.1;

    static Stream<Arguments> walks() {
        Gait healthy = WalkPresets.healthy();
        Gait parkinson = WalkPresets.parkinson();
        Gait stroke = WalkPresets.stroke();
        return Stream.of(
                Arguments.of("stops and starts, healthy", stops(healthy), 0.99),
                Arguments.of("stops and starts, Parkinson's disease", stops(parkinson), 0.99),
                Arguments.of("stops and starts, stroke", stops(stroke), 0.97),
                Arguments.of("half turns, healthy", turns(healthy, 45), 0.99),
                Arguments.of("half turns of small steps, Parkinson's disease", turns(parkinson, 25), 0.98),
                Arguments.of("half turns, stroke", turns(stroke, 36), 0.97),
                Arguments.of("shuffling", List.of(stand(), WalkSegment.shuffle(20, parkinson), stand()), 0.97));
    }

    private static WalkSegment stand() {
        return new WalkSegment.Stand(5);
    }

    private static List<WalkSegment> stops(Gait gait) {
        return List.of(stand(), walk(gait), stand(), walk(gait), stand(), walk(gait), stand());
    }

    private static List<WalkSegment> turns(Gait gait, double perStepDeg) {
        WalkSegment turn = new WalkSegment.Turn(180, perStepDeg, WalkSegment.turning(gait));
        return List.of(stand(), walk(gait), turn, walk(gait), turn, walk(gait), stand());
    }

    private static WalkSegment walk(Gait gait) {
        return new WalkSegment.Walk(8, gait);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("walks")
    void shouldFindTheStepsOf(String name, List<WalkSegment> segments, double leastF1) {
        int matched = 0;
        int told = 0;
        int real = 0;
        for (int seed = 1; seed <= 3; seed++) {
            Truth truth = new Truth();
            WalkScenario scenario = new WalkScenario("hard", "test", segments);
            double durationS = scenario.nominalS();
            WalkModel model =
                    new WalkModel(scenario, new WalkOptions(100, durationS, seed, SensorOptions.typical()), truth);
            PairTracker tracker = new PairTracker();
            GaitRecord record = new GaitRecord();
            ImuSample sample = new ImuSample();
            while (model.next(sample)) {
                tracker.onSample(sample, record);
            }
            for (Foot foot : Foot.values()) {
                List<Double> found = record.times(Kind.INITIAL_CONTACT, foot, 0);
                List<Double> contacts = truth.contacts.get(foot.ordinal());
                contacts.removeIf(t -> t > durationS - 0.5);
                real += contacts.size();
                told += found.size();
                matched += (int) contacts.stream()
                        .filter(t -> found.stream().anyMatch(d -> Math.abs(d - t) < WITHIN_S))
                        .count();
            }
        }
        assertThat(2.0 * matched / (told + real))
                .as("%s: %d of %d, %d told", name, matched, real, told)
                .isGreaterThanOrEqualTo(leastF1);
    }

    /** Keeps the contacts. */
    private static final class Truth implements TruthSink {
        private final List<List<Double>> contacts = List.of(new ArrayList<>(), new ArrayList<>());

        @Override
        public void onEvent(Kind kind, Foot foot, long timeNs) {
            if (kind == Kind.INITIAL_CONTACT) {
                contacts.get(foot.ordinal()).add(timeNs * 1e-9);
            }
        }

        @Override
        public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

        @Override
        public void onTurn(long startNs, long endNs, double angleDeg) {}
    }
}
