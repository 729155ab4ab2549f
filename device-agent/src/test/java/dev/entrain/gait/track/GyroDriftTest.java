package dev.entrain.gait.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Walks with a gyroscope whose bias was never seen at rest, or drifts away from what it was there. */
class GyroDriftTest {
    @ParameterizedTest
    @CsvSource({
        "'walk 60', 3, 0, true, 0.015",
        "'walk 60', 3, 0, false, 0",
        "'stand 3, walk 300', 0, 1, true, 0.015",
        "'stand 3, walk 300', 0, 1, false, 0",
        "'stand 3, walk 300', 1, -1, true, 0.015"
    })
    void shouldKeepContactsAndLengthsWhileTheBiasIsUnknown(
            String script, double biasDegps, double driftDegpsPerMin, boolean gravity, double withinM) {
        for (int seed = 1; seed <= 2; seed++) {
            SensorOptions sensors = SensorOptions.typical()
                    .withMounting(Mounting.any(seed), Mounting.any(seed + 50))
                    .withGravityRemoved(!gravity);
            WalkScenario scenario = WalkScript.parse(script, WalkPresets.healthy(), "test");
            Walk walk = new Walk(scenario, seed, sensors, Math.toRadians(biasDegps), Math.toRadians(driftDegpsPerMin));
            assertThat(walk.missed()).as("missed, seed %d", seed).isLessThanOrEqualTo(1);
            assertThat(walk.extra()).as("extra, seed %d", seed).isZero();
            if (gravity) {
                assertThat(walk.lengthErrorM(15)).as("length, seed %d", seed).isLessThan(withinM);
            }
        }
    }

    private record Contact(Foot foot, double timeS) {}

    private record Length(Foot foot, double startS, double endS, double lengthM) {}

    /** A walk tracked through a gyroscope with a bias of its own: what was told and what really happened. */
    private static final class Walk implements TruthSink, GaitSink {
        private final List<Contact> truth = new ArrayList<>();
        private final List<Contact> found = new ArrayList<>();
        private final List<Length> trueLengths = new ArrayList<>();
        private final List<Length> lengths = new ArrayList<>();

        Walk(WalkScenario scenario, long seed, SensorOptions sensors, double biasRadps, double driftRadpsPerMin) {
            WalkModel model =
                    new WalkModel(scenario, new WalkOptions(100, scenario.nominalS() + 1, seed, sensors), this);
            PairTracker tracker = new PairTracker();
            ImuSample sample = new ImuSample();
            double axis = 1 / Math.sqrt(3);
            while (model.next(sample)) {
                double bias = (biasRadps + driftRadpsPerMin * sample.timeNs / 60e9) * axis;
                sample.gxRadps += bias;
                sample.gyRadps -= bias;
                sample.gzRadps += bias;
                tracker.onSample(sample, this);
            }
        }

        private static long unmatched(List<Contact> these, List<Contact> those) {
            return these.stream()
                    .filter(a -> those.stream().noneMatch(b -> b.foot == a.foot && Math.abs(a.timeS - b.timeS) < 0.05))
                    .count();
        }

        long missed() {
            return unmatched(truth, found);
        }

        long extra() {
            return unmatched(found, truth);
        }

        /** Returns the mean absolute error of the lengths of strides that end after {@code fromS}. */
        double lengthErrorM(double fromS) {
            double sum = 0;
            int n = 0;
            for (Length told : lengths) {
                double middleS = (told.startS + told.endS) / 2;
                for (Length real : trueLengths) {
                    if (real.foot == told.foot && Math.abs((real.startS + real.endS) / 2 - middleS) < 0.2) {
                        if (told.endS > fromS && Double.isFinite(told.lengthM)) {
                            sum += Math.abs(told.lengthM - real.lengthM);
                            n++;
                        }
                        break;
                    }
                }
            }
            return sum / n;
        }

        @Override
        public void onEvent(Kind kind, Foot foot, long timeNs) {
            if (kind == Kind.INITIAL_CONTACT) {
                truth.add(new Contact(foot, timeNs * 1e-9));
            }
        }

        @Override
        public void onStride(Foot foot, long startNs, long endNs, double lengthM) {
            trueLengths.add(new Length(foot, startNs * 1e-9, endNs * 1e-9, lengthM));
        }

        @Override
        public void onTurn(long startNs, long endNs, double angleDeg) {}

        @Override
        public void onGaitEvent(GaitEvent e) {
            if (e.kind == Kind.INITIAL_CONTACT) {
                found.add(new Contact(e.foot, e.timeNs * 1e-9));
            }
        }

        @Override
        public void onContactPrediction(ContactPrediction prediction) {}

        @Override
        public void onFootPhase(FootPhase phase) {}

        @Override
        public void onStride(StrideEstimate s) {
            lengths.add(new Length(s.foot, s.startNs * 1e-9, s.endNs * 1e-9, s.lengthM));
        }
    }
}
