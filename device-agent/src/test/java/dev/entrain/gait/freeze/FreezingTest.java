package dev.entrain.gait.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitRecord;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.track.PairTracker;
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
import dev.entrain.sim.walk.WalkSegment.Freeze;
import dev.entrain.sim.walk.WalkSegment.Stand;
import dev.entrain.sim.walk.WalkSegment.Walk;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Freezing as the tracker tells it, on simulated walks whose truth is exact. */
class FreezingTest {
    private static final Gait GAIT = WalkPresets.parkinson();

    @ParameterizedTest
    @CsvSource({"4, 1", "4.5, 2", "5.5, 3", "6.5, 4", "7.5, 5"})
    void shouldNoticeTremblingWithinASecondAndItsEnd(double tremorHz, long seed) {
        Simulated walk = trembling(tremorHz, new WalkOptions(40, seed));
        List<GaitRecord.Event> told = freezes(walk.record());
        assertThat(walk.on).hasSize(1);
        assertThat(told).extracting(GaitRecord.Event::kind).containsExactly(Kind.FREEZE_ON, Kind.FREEZE_OFF);
        long onNs = walk.on.getFirst();
        assertThat(told.getFirst().decidedNs()).isBetween(onNs, onNs + 1_000_000_000L);
        assertThat(told.getFirst().timeNs())
                .isBetween(onNs - 400_000_000L, told.getFirst().decidedNs());
        long offNs = walk.off.getFirst();
        assertThat(told.getLast().decidedNs()).isBetween(offNs - 300_000_000L, offNs + 3_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {50, 100, 128, 400})
    void shouldNoticeTremblingAtEverySampleRate(double rateHz) {
        Simulated walk = trembling(5, new WalkOptions(rateHz, 40, 6, SensorOptions.typical()));
        assertNoticed(walk, walk.samples);
    }

    @Test
    void shouldNoticeTremblingWithOneFootAlone() {
        Simulated walk = trembling(5, new WalkOptions(40, 7));
        List<ImuSample> left =
                walk.samples.stream().filter(s -> s.foot == Foot.LEFT).toList();
        assertNoticed(walk, left);
    }

    @Test
    void shouldNoticeTremblingWhenPacketsAreLost() {
        Simulated walk = trembling(5, new WalkOptions(40, 8));
        Random random = new Random(1);
        assertNoticed(
                walk, walk.samples.stream().filter(s -> random.nextInt(20) > 0).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "stroke", "parkinson", "ms", "demo"})
    void shouldBeSilentOnWalkersWhoTurnAndStopOnPurpose(String preset) {
        for (long seed = 1; seed <= 3; seed++) {
            Simulated walk = new Simulated(WalkScenario.named(preset), new WalkOptions(100, 130, seed, typical()));
            assertThat(freezes(walk.record())).as("seed %d", seed).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pauses"})
    void shouldBeSilentOnRestlessStandingOnPurpose(String preset) {
        for (long seed = 1; seed <= 2; seed++) {
            Simulated walk = new Simulated(WalkScenario.named(preset), new WalkOptions(100, 130, seed, typical()));
            assertThat(freezes(walk.record())).as("seed %d", seed).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parkinson-freezing", "parkinson-akinetic"})
    void shouldTellOnAndOffInTurnAndWalkAgainAtTheEnd(String preset) {
        Simulated walk = new Simulated(WalkScenario.named(preset), new WalkOptions(100, 130, 1, typical()));
        List<GaitRecord.Event> told = freezes(walk.record());
        assertThat(told).isNotEmpty();
        assertThat(told.size() % 2).isZero();
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i).kind()).isEqualTo(i % 2 == 0 ? Kind.FREEZE_ON : Kind.FREEZE_OFF);
        }
    }

    @Test
    void shouldNoticeTremblingAfterFestination() {
        Simulated walk = new Simulated(
                new WalkScenario(
                        "festination",
                        "test",
                        List.of(
                                new Stand(3),
                                new Walk(12, GAIT),
                                WalkSegment.festinate(4, GAIT),
                                new Freeze(5, 7, 4),
                                new Walk(15, GAIT))),
                new WalkOptions(60, 9));
        long onNs = walk.on.getFirst();
        assertThat(freezes(walk.record()))
                .anyMatch(e -> e.kind() == Kind.FREEZE_ON
                        && e.decidedNs() > onNs - 4_000_000_000L
                        && e.decidedNs() < onNs + 1_000_000_000L);
    }

    @Test
    void shouldEndAnEpisodeWhenTheClockIsSetBack() {
        Simulated walk = trembling(5, new WalkOptions(40, 6));
        long cutNs = walk.on.getFirst() + 3_000_000_000L;
        List<ImuSample> samples = new ArrayList<>();
        for (ImuSample sample : walk.samples) {
            if (sample.timeNs < cutNs) {
                samples.add(sample);
            }
        }
        for (ImuSample sample : walk.samples) {
            if (sample.timeNs > cutNs) {
                ImuSample later = new ImuSample();
                later.copyFrom(sample);
                later.timeNs -= 15_000_000_000L;
                samples.add(later);
            }
        }
        List<GaitRecord.Event> told = freezes(GaitRecord.of(samples));
        assertThat(told).hasSizeGreaterThanOrEqualTo(2);
        assertThat(told.get(0).kind()).isEqualTo(Kind.FREEZE_ON);
        assertThat(told.get(1).kind()).isEqualTo(Kind.FREEZE_OFF);
        assertThat(told.get(1).decidedNs()).isBetween(cutNs - 15_000_000_000L, cutNs - 14_900_000_000L);
    }

    @Test
    void shouldAllocateNothingDuringAFreeze() {
        Simulated walk = trembling(5, new WalkOptions(40, 6));
        int from = 0;
        while (walk.samples.get(from).timeNs < walk.on.getFirst()) {
            from++;
        }
        ImuSample[] samples = walk.samples.toArray(ImuSample[]::new);
        PairTracker tracker = new PairTracker();
        FreezeCount sink = new FreezeCount();
        for (int i = 0; i < from; i++) {
            tracker.onSample(samples[i], sink);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = from; i < samples.length; i++) {
            tracker.onSample(samples[i], sink);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
        assertThat(sink.freezes).isEqualTo(2);
    }

    @Test
    void shouldBeSilentOnShufflingThatGetsOn() {
        Simulated walk = new Simulated(
                new WalkScenario(
                        "shuffle",
                        "test",
                        List.of(
                                new Stand(3),
                                new Walk(12, GAIT),
                                new Walk(6, GAIT, WalkSegment.shuffling(GAIT)),
                                WalkSegment.shuffle(10, GAIT),
                                new Stand(5))),
                new WalkOptions(36, 3));
        assertThat(freezes(walk.record())).isEmpty();
    }

    @Test
    void shouldNoticeAFootThatStaysBehind() {
        Simulated walk = new Simulated(
                new WalkScenario("walk", "test", List.of(new Stand(2), new Walk(60, GAIT))), new WalkOptions(40, 4));
        double fromS = 20;
        double toS = 24;
        for (ImuSample sample : walk.samples) {
            double t = sample.timeNs * 1e-9;
            if (t > fromS && t < toS) {
                sample.gxRadps = 0;
                // The left stands, the right shuffles in place: half as fast as a swing, twice as often.
                sample.gyRadps = sample.foot == Foot.LEFT ? 0 : 2.6 * Math.sin(2 * Math.PI * 1.8 * t);
                sample.gzRadps = 0;
            }
        }
        List<GaitRecord.Event> told = freezes(walk.record());
        assertThat(told).extracting(GaitRecord.Event::kind).containsExactly(Kind.FREEZE_ON, Kind.FREEZE_OFF);
        assertThat(told.getFirst().foot()).isEqualTo(Foot.LEFT);
        assertThat(told.getFirst().decidedNs() * 1e-9).isBetween(fromS, fromS + 1.5);
        assertThat(told.getFirst().confidence()).isBetween(0.5, 1.0);
        assertThat(told.getLast().decidedNs() * 1e-9).isBetween(toS, toS + 3);
    }

    @Test
    void shouldNotChatterThroughALongFreeze() {
        List<WalkSegment> segments = new ArrayList<>(List.of(new Stand(2), new Walk(12, GAIT)));
        for (int i = 0; i < 20; i++) {
            segments.add(new Freeze(1.2, 5, 8));
            segments.add(new Freeze(1.2, 5, 0));
        }
        Simulated walk = new Simulated(new WalkScenario("long", "test", segments), new WalkOptions(60, 5));
        List<GaitRecord.Event> told = freezes(walk.record());
        assertThat(told).hasSizeBetween(1, 40);
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i).kind()).isNotEqualTo(told.get(i - 1).kind());
            if (told.get(i).kind() == Kind.FREEZE_ON) {
                assertThat(told.get(i).decidedNs() - told.get(i - 1).decidedNs())
                        .isGreaterThanOrEqualTo(1_000_000_000L);
            }
        }
    }

    private static SensorOptions typical() {
        return SensorOptions.typical();
    }

    private static Simulated trembling(double tremorHz, WalkOptions options) {
        return new Simulated(
                new WalkScenario(
                        "freeze",
                        "test",
                        List.of(new Stand(3), new Walk(14, GAIT), new Freeze(5, tremorHz, 6), new Walk(60, GAIT))),
                options);
    }

    private static void assertNoticed(Simulated walk, List<ImuSample> samples) {
        List<GaitRecord.Event> told = freezes(GaitRecord.of(samples));
        assertThat(told).extracting(GaitRecord.Event::kind).containsExactly(Kind.FREEZE_ON, Kind.FREEZE_OFF);
        assertThat(told.getFirst().decidedNs() - walk.on.getFirst()).isBetween(-200_000_000L, 1_000_000_000L);
    }

    private static List<GaitRecord.Event> freezes(GaitRecord record) {
        return record.events.stream()
                .filter(e -> e.kind() == Kind.FREEZE_ON || e.kind() == Kind.FREEZE_OFF)
                .toList();
    }

    /** Counts what is told about freezing and keeps nothing else. */
    private static final class FreezeCount implements GaitSink {
        private int freezes;

        @Override
        public void onGaitEvent(GaitEvent event) {
            if (event.kind == Kind.FREEZE_ON || event.kind == Kind.FREEZE_OFF) {
                freezes++;
            }
        }

        @Override
        public void onContactPrediction(ContactPrediction prediction) {}

        @Override
        public void onFootPhase(FootPhase phase) {}

        @Override
        public void onStride(StrideEstimate stride) {}
    }

    /** A simulated walk kept whole, with the truth about freezing. */
    private static final class Simulated implements TruthSink {
        private final List<ImuSample> samples = new ArrayList<>();
        private final List<Long> on = new ArrayList<>();
        private final List<Long> off = new ArrayList<>();

        Simulated(WalkScenario scenario, WalkOptions options) {
            WalkModel model = new WalkModel(scenario, options, this);
            ImuSample sample = new ImuSample();
            while (model.next(sample)) {
                ImuSample copy = new ImuSample();
                copy.copyFrom(sample);
                samples.add(copy);
            }
        }

        GaitRecord record() {
            return GaitRecord.of(samples);
        }

        @Override
        public void onEvent(Kind kind, Foot foot, long timeNs) {
            if (kind == Kind.FREEZE_ON) {
                on.add(timeNs);
            } else if (kind == Kind.FREEZE_OFF) {
                off.add(timeNs);
            }
        }

        @Override
        public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

        @Override
        public void onTurn(long startNs, long endNs, double angleDeg) {}
    }
}
