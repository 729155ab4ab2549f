package dev.entrain.gait.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitRecord;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.Gait;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.sim.walk.WalkSegment;
import dev.entrain.sim.walk.WalkSegment.Fidget;
import dev.entrain.sim.walk.WalkSegment.Stand;
import dev.entrain.sim.walk.WalkSegment.Stumble;
import dev.entrain.sim.walk.WalkSegment.Turn;
import dev.entrain.sim.walk.WalkSegment.Walk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Near falls as the tracker tells them, on simulated walks. */
class NearFallTest {
    private static final Gait GAIT = WalkPresets.parkinson();
    private static final int SEEDS = 20;

    @Test
    void shouldTellMostStumblesOnce() {
        int found = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            long told = told(seed, new Stand(3), new Walk(14, GAIT), new Stumble(0.6, 1), new Walk(60, GAIT));
            assertThat(told).as("seed %d", seed).isLessThanOrEqualTo(1);
            found += (int) told;
        }
        assertThat(found).isGreaterThanOrEqualTo(SEEDS * 3 / 4);
    }

    @Test
    void shouldBeSilentOnTurnsStopsAndRestlessStanding() {
        Turn turn = new Turn(180, 45, WalkSegment.turning(GAIT));
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertThat(told(seed, new Stand(3), new Walk(8, GAIT), turn, new Walk(5, GAIT), new Fidget(20)))
                    .as("seed %d", seed)
                    .isZero();
        }
    }

    private static long told(long seed, WalkSegment... segments) {
        WalkModel model = new WalkModel(
                new WalkScenario("balance", "test", List.of(segments)), new WalkOptions(30, seed), TruthSink.NONE);
        List<ImuSample> samples = new ArrayList<>();
        ImuSample sample = new ImuSample();
        while (model.next(sample)) {
            ImuSample copy = new ImuSample();
            copy.copyFrom(sample);
            samples.add(copy);
        }
        return GaitRecord.of(samples).events.stream()
                .filter(e -> e.kind() == Kind.NEAR_FALL)
                .count();
    }
}
