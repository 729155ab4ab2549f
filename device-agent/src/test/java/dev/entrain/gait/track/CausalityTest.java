package dev.entrain.gait.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootAlignment;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import dev.entrain.gait.WalkingBout;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.Mounting;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScenario;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the tracker tells depends on the readings so far and on nothing else, on every walk that the model knows. */
class CausalityTest {
    private static final int CUTS = 5;

    static Stream<String> scenarios() {
        return WalkPresets.NAMES.stream();
    }

    /** Readings of a preset, one pass of it and a bit more, with any mounting. */
    static List<ImuSample> readings(String scenario, long seed, double lostShare) {
        WalkScenario walk = WalkScenario.named(scenario);
        SensorOptions sensors = SensorOptions.typical().withMounting(Mounting.any(seed), Mounting.any(seed + 100));
        WalkModel model =
                new WalkModel(walk, new WalkOptions(100, walk.nominalS() + 10, seed, sensors), TruthSink.NONE);
        List<ImuSample> readings = new ArrayList<>();
        Random random = new Random(seed);
        ImuSample sample = new ImuSample();
        while (model.next(sample)) {
            if (random.nextDouble() >= lostShare) {
                ImuSample copy = new ImuSample();
                copy.copyFrom(sample);
                readings.add(copy);
            }
        }
        return readings;
    }

    static ToldInOrder told(List<ImuSample> readings) {
        PairTracker tracker = new PairTracker();
        ToldInOrder told = new ToldInOrder();
        for (ImuSample reading : readings) {
            told.feed(tracker, reading);
        }
        return told;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldTellTheSameWhateverComesLater(String scenario) {
        List<ImuSample> readings = readings(scenario, 7, 0.03);
        ToldInOrder whole = told(readings);
        assertThat(whole.predictions).isGreaterThan(20);
        Random random = new Random(scenario.hashCode());
        for (int i = 0; i < CUTS; i++) {
            int cut = 1 + random.nextInt(readings.size());
            List<String> before = told(readings.subList(0, cut)).lines;
            assertThat(before).as("cut after reading %d", cut).isEqualTo(whole.lines.subList(0, before.size()));
        }
    }

    @Test
    void shouldAllocateNothingWhateverTheWalkerDoes() {
        List<ImuSample> readings = new ArrayList<>();
        long laterNs = 0;
        for (int round = 0; round < 2; round++) {
            long fromNs = laterNs;
            for (String scenario : List.of("parkinson-freezing", "slips", "stroke-severe", "pauses")) {
                long shiftNs = laterNs;
                for (ImuSample reading : readings(scenario, 3, 0.03)) {
                    reading.timeNs += shiftNs;
                    readings.add(reading);
                    laterNs = reading.timeNs + 10_000_000L;
                }
            }
            assertThat(laterNs).isGreaterThan(fromNs);
        }
        ToldInOrder seen = new ToldInOrder();
        PairTracker warm = new PairTracker();
        for (int i = 0; i < readings.size() / 2; i++) {
            seen.feed(warm, readings.get(i));
        }
        assertThat(List.of(seen.turns, seen.bouts, seen.freezes, seen.revised, seen.alignments))
                .as("turns, bouts, freezes, revised contacts, alignments")
                .doesNotContain(0);
        Counter counter = new Counter();
        PairTracker tracker = new PairTracker();
        ImuSample[] all = readings.toArray(ImuSample[]::new);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < all.length / 2; i++) {
            tracker.onSample(all[i], counter);
        }
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = all.length / 2; i < all.length; i++) {
            tracker.onSample(all[i], counter);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(counter.calls).isGreaterThan(all.length);
        // The virtual machine's compiler allocates a little on the thread that it interrupts, whatever runs there.
        assertThat(allocated).as("bytes in %d readings", all.length / 2).isLessThan(1_000);
    }

    /** Counts calls and keeps nothing. */
    private static final class Counter implements GaitSink {
        private int calls;

        @Override
        public void onGaitEvent(GaitEvent event) {
            calls++;
        }

        @Override
        public void onContactPrediction(ContactPrediction prediction) {
            calls++;
        }

        @Override
        public void onFootPhase(FootPhase phase) {
            calls++;
        }

        @Override
        public void onStride(StrideEstimate stride) {
            calls++;
        }

        @Override
        public void onWalkingBout(WalkingBout bout) {
            calls++;
        }

        @Override
        public void onTurn(Turn turn) {
            calls++;
        }

        @Override
        public void onAlignment(FootAlignment alignment) {
            calls++;
        }
    }
}
