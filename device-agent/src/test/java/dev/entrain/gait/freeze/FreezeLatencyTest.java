package dev.entrain.gait.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitRecord;
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
import dev.entrain.sim.walk.WalkSegment;
import dev.entrain.sim.walk.WalkSegment.Freeze;
import dev.entrain.sim.walk.WalkSegment.Stand;
import dev.entrain.sim.walk.WalkSegment.Turn;
import dev.entrain.sim.walk.WalkSegment.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How soon a freeze is known over many walkers: a cue must sound 1 s after its onset and takes some 0.2 s itself. */
class FreezeLatencyTest {
    private static final int WALKERS = 120;
    private static final double SOON_S = 0.75;
    private static final double[] RATES_HZ = {50, 100, 128, 200};

    @Test
    void shouldKnowNineFreezesInTenWithinThreeQuartersOfASecond() {
        int soon = 0;
        List<String> late = new ArrayList<>();
        for (int walker = 0; walker < WALKERS; walker++) {
            double latencyS = latencyS(walker);
            if (latencyS <= SOON_S) {
                soon++;
            } else {
                late.add("walker " + walker + ": " + latencyS + " s");
            }
        }
        assertThat(soon).as("late: %s", late).isGreaterThanOrEqualTo(WALKERS * 9 / 10);
    }

    /** Returns when the freeze was told, s after its onset; infinite if never while it lasted. */
    private static double latencyS(int walker) {
        Random random = new Random(walker);
        Gait gait = gait(walker % 4);
        List<WalkSegment> segments = new ArrayList<>(List.of(new Stand(3), new Walk(12, gait)));
        switch (walker % 3) {
            case 0 -> segments.add(new Turn(90, 30, WalkSegment.turning(gait)));
            case 1 -> segments.add(new Walk(2.5, gait, gait.withStrideLength(0.4)));
            default -> {
                // Out of the middle of the walk.
            }
        }
        segments.add(new Freeze(4, 3 + 5 * random.nextDouble(), 1 + 9 * random.nextDouble()));
        segments.add(new Walk(60, gait));
        SensorOptions sensors = SensorOptions.typical().withMounting(Mounting.any(walker), Mounting.any(walker + 1000));
        Onset onset = new Onset();
        WalkModel model = new WalkModel(
                new WalkScenario("freeze", "test", segments),
                new WalkOptions(RATES_HZ[random.nextInt(RATES_HZ.length)], 27, walker, sensors),
                onset);
        List<ImuSample> samples = new ArrayList<>();
        ImuSample sample = new ImuSample();
        while (model.next(sample)) {
            ImuSample copy = new ImuSample();
            copy.copyFrom(sample);
            samples.add(copy);
        }
        for (GaitRecord.Event event : GaitRecord.of(samples).events) {
            double intoS = (event.decidedNs() - onset.timeNs) * 1e-9;
            if (event.kind() == Kind.FREEZE_ON && intoS > -0.3 && intoS < 4) {
                return intoS;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static Gait gait(int kind) {
        Gait parkinson = WalkPresets.parkinson();
        return switch (kind) {
            case 0 -> parkinson;
            case 1 -> parkinson.withCadence(85).withStrideLength(0.8).withSwingPeaks(200, 200);
            case 2 ->
                WalkSegment.shuffling(parkinson)
                        .withCadence(100)
                        .withStrideLength(0.5)
                        .withSwingPeaks(140, 140);
            default -> WalkPresets.multipleSclerosis();
        };
    }

    /** Keeps when the freeze began. */
    private static final class Onset implements TruthSink {
        private long timeNs;

        @Override
        public void onEvent(Kind kind, Foot foot, long eventNs) {
            if (kind == Kind.FREEZE_ON) {
                timeNs = eventNs;
            }
        }

        @Override
        public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

        @Override
        public void onTurn(long startNs, long endNs, double angleDeg) {}
    }
}
