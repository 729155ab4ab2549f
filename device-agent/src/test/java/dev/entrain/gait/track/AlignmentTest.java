package dev.entrain.gait.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootAlignment;
import dev.entrain.gait.FootAlignment.State;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.Gait;
import dev.entrain.sim.walk.Mounting;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.sim.walk.WalkScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How sensors sit, and every contact of the walking model's hard cases against exact truth. */
class AlignmentTest {
    private static final double TOLERANCE_S = 0.05;

    @ParameterizedTest
    @CsvSource({
        "healthy, 50, 0, true",
        "healthy, 100, 0.05, true",
        "healthy, 400, 0.05, false",
        "stroke, 50, 0, false",
        "stroke, 200, 0, true",
        "stroke-severe, 100, 0, true",
        "stroke-severe, 400, 0.05, false",
        "parkinson, 100, 0.05, true",
        "ms, 50, 0, true",
        "ms, 400, 0.05, false"
    })
    void shouldFindEveryContactInAnyMounting(String walker, double rateHz, double lost, boolean gravity) {
        for (int seed = 1; seed <= 3; seed++) {
            SensorOptions sensors = SensorOptions.typical()
                    .withMounting(Mounting.any(seed), Mounting.any(seed + 50))
                    .withGravityRemoved(!gravity);
            Walk walk = new Walk(WalkScenario.named(walker), rateHz, lost, seed, sensors);
            // A limping foot's contact can drown in lost packets.
            int mayMiss = lost > 0 ? 1 : 0;
            assertThat(walk.missed()).as("missed, seed %d", seed).isLessThanOrEqualTo(mayMiss);
            assertThat(walk.extra()).as("extra, seed %d", seed).isLessThanOrEqualTo(mayMiss);
            for (Foot foot : Foot.values()) {
                Told last = walk.last(foot);
                assertThat(last.state).isNotEqualTo(State.SEARCHING);
                assertThat(last.confidence).isGreaterThan(0.7);
                assertThat(Double.isNaN(last.upX)).isEqualTo(!gravity);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.4, -0.3, -0.2, 0.2, 0.3, 0.4})
    void shouldFindEveryContactOfALimp(double asymmetry) {
        Gait gait = WalkPresets.severeStroke().withStepTimeAsymmetry(asymmetry);
        WalkScenario scenario = WalkScript.parse("stand 3, walk 30, stand 3", gait, "test");
        Walk walk = new Walk(scenario, 100, 0, 7, SensorOptions.typical());
        assertThat(walk.missed()).isZero();
        assertThat(walk.extra()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "30 yaw, true, 0, 3",
        "60 roll, true, 0, 3",
        "90 yaw, true, 2, 3",
        "-135 yaw, true, 4, 4",
        "180 yaw, true, 4, 4",
        "180 roll, true, 4, 4",
        "30 yaw, false, 0, 7",
        "90 yaw, false, 2, 7",
        "180 yaw, false, 7, 7",
        "180 roll, false, 4, 4"
    })
    void shouldRecoverWithinAFewStridesFromASensorThatTurns(
            String slip, boolean gravity, int mayMiss, int withinStrides) {
        Gait gait = WalkPresets.healthy();
        WalkScenario scenario =
                WalkScript.parse("stand 3, walk 20, slip left " + slip + ", walk 20, stand 3", gait, "t");
        for (int seed = 1; seed <= 3; seed++) {
            SensorOptions sensors = SensorOptions.typical()
                    .withMounting(Mounting.any(seed), Mounting.any(seed + 50))
                    .withGravityRemoved(!gravity);
            Walk walk = new Walk(scenario, 100, 0, seed, sensors);
            assertThat(walk.missed()).as("missed, seed %d", seed).isLessThanOrEqualTo(mayMiss);
            assertThat(walk.extra()).as("extra, seed %d", seed).isLessThanOrEqualTo(mayMiss);
            double settledS = walk.slipEndS + withinStrides * gait.strideTimeS();
            assertThat(walk.missedAfter(settledS)).as("late, seed %d", seed).isZero();
            assertThat(walk.last(Foot.RIGHT).state).isEqualTo(State.FOUND);
            if (gravity) {
                assertThat(walk.last(Foot.LEFT).state).isEqualTo(State.CHANGED);
                assertThat(walk.told(Foot.LEFT))
                        .filteredOn(told -> told.state == State.CHANGED)
                        .first()
                        .satisfies(told -> assertThat(told.timeS).isBetween(walk.slipEndS, settledS));
            }
        }
    }

    @Test
    void shouldNotBeMisledByTurnsShufflesPausesAndFreezes() {
        for (String name : List.of("healthy", "pauses", "parkinson-freezing", "parkinson-akinetic")) {
            for (int seed = 1; seed <= 2; seed++) {
                SensorOptions sensors =
                        SensorOptions.typical().withMounting(Mounting.any(seed), Mounting.any(seed + 9));
                Walk walk = new Walk(WalkScenario.named(name), 100, 0, seed, sensors);
                assertThat(walk.missed()).as("%s, seed %d", name, seed).isLessThanOrEqualTo(1);
                for (Foot foot : Foot.values()) {
                    // The first belief, from a shuffle, may be corrected; a walk under way is not disturbed.
                    assertThat(walk.told(foot))
                            .as("%s, seed %d", name, seed)
                            .noneMatch(told -> told.state == State.SEARCHING && told.timeS > 15);
                    assertThat(walk.changesAfter(foot, 15)).isZero();
                }
            }
        }
    }

    @Test
    void shouldBeAsSureAsItIsRight() {
        int sure = 0;
        int right = 0;
        for (String name : List.of("healthy", "stroke", "ms", "parkinson")) {
            for (int seed = 1; seed <= 3; seed++) {
                Walk walk = new Walk(
                        WalkScenario.named(name),
                        100,
                        0,
                        seed,
                        SensorOptions.typical().withGravityRemoved(seed == 2));
                for (Told told : walk.told) {
                    if (told.confidence >= 0.85) {
                        sure++;
                        // Aligned sensors: the swing turns about minus y.
                        right += -told.axisY > Math.cos(Math.toRadians(20)) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(sure).isGreaterThan(40);
        assertThat(right / (double) sure).isGreaterThan(0.9);
    }

    @Test
    void shouldSayThatTheGyroscopeClips() {
        SensorOptions sensors = SensorOptions.typical().withFullScale(160, Math.toRadians(250));
        Walk walk = new Walk(WalkScenario.named("healthy"), 200, 0, 2, sensors);
        assertThat(walk.last(Foot.LEFT).clipped).isTrue();
        assertThat(walk.missed()).isZero();
        assertThat(walk.extra()).isZero();
        Walk whole = new Walk(WalkScenario.named("healthy"), 200, 0, 2, SensorOptions.typical());
        assertThat(whole.told).noneMatch(told -> told.clipped);
    }

    private record Told(
            Foot foot,
            double timeS,
            State state,
            double axisY,
            double upX,
            double confidence,
            double swapped,
            boolean clipped) {}

    private record Contact(Foot foot, double timeS) {}

    /** A walk tracked: what was told and what really happened. */
    private static final class Walk implements TruthSink, GaitSink {
        private final List<Contact> truth = new ArrayList<>();
        private final List<Contact> found = new ArrayList<>();
        private final List<Told> told = new ArrayList<>();
        private double slipEndS;

        Walk(WalkScenario scenario, double rateHz, double lost, long seed, SensorOptions sensors) {
            WalkOptions options = new WalkOptions(rateHz, scenario.nominalS() + 1, seed, sensors);
            WalkModel model = new WalkModel(scenario, options, this);
            PairTracker tracker = new PairTracker();
            Random random = new Random(seed);
            ImuSample sample = new ImuSample();
            while (model.next(sample)) {
                if (random.nextDouble() >= lost) {
                    tracker.onSample(sample, this);
                }
            }
        }

        private static long unmatched(List<Contact> these, List<Contact> those, double fromS) {
            return these.stream()
                    .filter(a -> a.timeS > fromS
                            && those.stream()
                                    .noneMatch(b -> b.foot == a.foot && Math.abs(a.timeS - b.timeS) < TOLERANCE_S))
                    .count();
        }

        long missed() {
            return unmatched(truth, found, 0);
        }

        long missedAfter(double fromS) {
            return unmatched(truth, found, fromS);
        }

        long extra() {
            return unmatched(found, truth, 0);
        }

        List<Told> told(Foot foot) {
            return told.stream().filter(t -> t.foot == foot).toList();
        }

        Told last(Foot foot) {
            return told(foot).getLast();
        }

        long changesAfter(Foot foot, double fromS) {
            long changes = 0;
            State before = State.SEARCHING;
            for (Told t : told(foot)) {
                changes += t.timeS > fromS && t.state == State.CHANGED && before != State.CHANGED ? 1 : 0;
                before = t.state;
            }
            return changes;
        }

        @Override
        public void onEvent(Kind kind, Foot foot, long timeNs) {
            if (kind == Kind.INITIAL_CONTACT) {
                truth.add(new Contact(foot, timeNs * 1e-9));
            }
        }

        @Override
        public void onSlip(Foot foot, long startNs, long endNs, double angleDeg) {
            slipEndS = endNs * 1e-9;
        }

        @Override
        public void onGaitEvent(GaitEvent e) {
            if (e.kind == Kind.INITIAL_CONTACT) {
                found.add(new Contact(e.foot, e.timeNs * 1e-9));
            }
        }

        @Override
        public void onAlignment(FootAlignment a) {
            told.add(new Told(a.foot, a.timeNs * 1e-9, a.state, a.axisY, a.upX, a.confidence, a.swapped, a.clipped));
        }

        @Override
        public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

        @Override
        public void onTurn(long startNs, long endNs, double angleDeg) {}

        @Override
        public void onContactPrediction(ContactPrediction prediction) {}

        @Override
        public void onFootPhase(FootPhase phase) {}

        @Override
        public void onStride(StrideEstimate stride) {}
    }
}
