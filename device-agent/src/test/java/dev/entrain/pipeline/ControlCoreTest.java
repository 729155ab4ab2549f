package dev.entrain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.cue.AdaptivePolicy;
import dev.entrain.cue.CueCommand;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.sim.walk.WalkScript;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlCoreTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final WalkScenario WALK = WalkScenario.named("healthy");

    /** Counts only, so that what is measured is the core's own allocation. */
    private static final class Counting implements CoreSink {
        long words;

        @Override
        public void onGaitEvent(GaitEvent e) {
            words++;
        }

        @Override
        public void onContactPrediction(ContactPrediction p) {
            words++;
        }

        @Override
        public void onFootPhase(FootPhase p) {
            words++;
        }

        @Override
        public void onStride(StrideEstimate s) {
            words++;
        }

        @Override
        public void onCue(CueCommand c) {
            words++;
        }

        @Override
        public void onStep(StepReport s) {
            words++;
        }

        @Override
        public void onSensorGap(Foot foot, long fromNs, long toNs) {
            words++;
        }
    }

    private static List<ImuSample> walk(double seconds) {
        WalkModel model = new WalkModel(WALK, new WalkOptions(seconds, 3), TruthSink.NONE);
        List<ImuSample> samples = new ArrayList<>();
        ImuSample sample = new ImuSample();
        while (model.next(sample)) {
            samples.add(sample);
            sample = new ImuSample();
        }
        return samples;
    }

    private static Transcript run(List<ImuSample> samples) {
        Transcript transcript = new Transcript();
        ControlCore core = new ControlCore(new PairTracker(), new AdaptivePolicy(), 0, transcript);
        samples.forEach(core::onSample);
        return transcript;
    }

    @Test
    void shouldTurnAWalkIntoStepsAndCues() {
        Transcript transcript = run(walk(60));
        assertThat(transcript.steps).isBetween(85, 105);
        assertThat(transcript.cues).isBetween(75, 105);
        assertThat(transcript.silences).isGreaterThanOrEqualTo(1);
    }

    @Test
    void shouldSayTheSameWordsEachTime() {
        List<ImuSample> samples = walk(30);
        assertThat(run(samples).lines).isEqualTo(run(samples).lines);
    }

    @Test
    void shouldNotChangeWhatItSaidWhenTheWalkIsCutShort() {
        List<ImuSample> samples = walk(40);
        List<String> whole = run(samples).lines;
        for (int cut = 1_000; cut < samples.size(); cut += 2_347) {
            List<String> part = run(samples.subList(0, cut)).lines;
            assertThat(part).isEqualTo(whole.subList(0, part.size()));
        }
    }

    @Test
    void shouldSayTheSameWhenTimePassesInSmallerSteps() {
        List<ImuSample> samples = walk(20);
        Transcript fine = new Transcript();
        ControlCore core = new ControlCore(new PairTracker(), new AdaptivePolicy(), 0, fine);
        long beforeNs = samples.getFirst().timeNs;
        for (ImuSample sample : samples) {
            for (long ns = beforeNs; ns < sample.timeNs; ns += 1_300_000) {
                core.advanceTo(ns);
            }
            beforeNs = sample.timeNs;
            core.onSample(sample);
        }
        assertThat(fine.lines).isEqualTo(run(samples).lines);
    }

    @Test
    void shouldTellASensorGapAndGoOnWithTheOtherFoot() {
        List<ImuSample> samples = walk(30);
        samples.removeIf(s -> s.foot == Foot.LEFT && s.timeNs > 15_000_000_000L && s.timeNs < 20_000_000_000L);
        Transcript transcript = run(samples);
        assertThat(transcript.lines)
                .filteredOn(line -> line.endsWith("gap LEFT"))
                .hasSize(1);
        assertThat(transcript.lines)
                .filteredOn(line -> line.contains(" INITIAL_CONTACT RIGHT"))
                .hasSizeGreaterThan(20);
        assertThat(transcript.silences).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldFadeIntoSilenceWhenEverySensorIsSilent() {
        List<ImuSample> samples = walk(20);
        Transcript transcript = new Transcript();
        ControlCore core = new ControlCore(new PairTracker(), new AdaptivePolicy(), 0, transcript);
        samples.forEach(core::onSample);
        int before = transcript.cues;
        core.advanceTo(core.nowNs() + 30_000_000_000L);
        assertThat(transcript.cues - before).isBetween(13, 18);
        assertThat(transcript.silences).isEqualTo(1);
        core.advanceTo(core.nowNs() + 3_600_000_000_000L);
        assertThat(transcript.silences).isEqualTo(1);
    }

    @Test
    void shouldSayNothingMoreToTheEarAfterStop() {
        List<ImuSample> samples = walk(40);
        Transcript transcript = new Transcript();
        ControlCore core = new ControlCore(new PairTracker(), new AdaptivePolicy(), 0, transcript);
        samples.subList(0, samples.size() / 2).forEach(core::onSample);
        core.stop();
        int before = transcript.cues;
        samples.subList(samples.size() / 2, samples.size()).forEach(core::onSample);
        assertThat(transcript.cues).isEqualTo(before).isPositive();
        assertThat(transcript.silences).isEqualTo(1);
    }

    @Test
    void shouldFallSilentWhenTheWalkerStandsWhileTheSensorsComeAndGo() {
        WalkScenario stop = WalkScript.parse("stand 2, walk 20, stand 40", WalkPresets.healthy(), "healthy");
        WalkModel model = new WalkModel(stop, new WalkOptions(62, 3), TruthSink.NONE);
        Transcript transcript = new Transcript();
        ControlCore core = new ControlCore(new PairTracker(), new AdaptivePolicy(), 0, transcript);
        ImuSample sample = new ImuSample();
        long lastStepNs = 22_500_000_000L;
        while (model.next(sample)) {
            boolean gone =
                    sample.timeNs > 15_000_000_000L && Math.floorMod(sample.timeNs, 1_000_000_000L) < 300_000_000L;
            if (!gone) {
                core.onSample(sample);
            }
        }
        assertThat(transcript.silences).isEqualTo(1);
        String last = transcript.lines.stream()
                .filter(line -> line.contains(" SILENCE ") || line.contains(" SCHEDULE "))
                .reduce("", (before, line) -> line);
        assertThat(last).contains(" SILENCE ");
        assertThat(Long.parseLong(last.split(" ", 2)[0]) - lastStepNs).isLessThan(5_000_000_000L);
    }

    @Test
    void shouldAllocateNothingPerSample() {
        List<ImuSample> samples = walk(50);
        Counting counting = new Counting();
        long least = Long.MAX_VALUE;
        // The virtual machine itself may allocate once while it compiles; what the core allocates it allocates each
        // time.
        for (int round = 0; round < 4; round++) {
            ControlCore core = new ControlCore(new PairTracker(), new AdaptivePolicy(), 0, counting);
            for (int i = 0; i < 4_000; i++) {
                core.onSample(samples.get(i));
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 4_000; i < samples.size(); i++) {
                core.onSample(samples.get(i));
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
        assertThat(counting.words).isGreaterThan(4L * samples.size());
    }
}
