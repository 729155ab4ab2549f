package dev.entrain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CueLimits;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.session.Block;
import dev.entrain.session.Condition;
import dev.entrain.session.Press;
import dev.entrain.session.Programme;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionEvent;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScript;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A whole short programme over the samples of a simulated walker who does not hear it. */
class SessionWalkTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final CueConfig BEAT = CueConfig.DEFAULT.with(CueConfig.PolicyName.METRONOME);
    private static final Programme PROGRAMME = new Programme(
            "short",
            "Short",
            Condition.HEALTHY,
            600,
            3,
            new Programme.Tempo(0, 2, 10, 0, 0),
            new Programme.Freezing(true, -10, 8),
            List.of(
                    new Block.Baseline(20, 12),
                    new Block.Match(25, 20, 0.7, BEAT),
                    new Block.Progress(30, 10, CueConfig.DEFAULT),
                    new Block.Exercise(40, 8, 4, true, 10, BEAT),
                    new Block.Rest(10),
                    new Block.Fade(16, BEAT),
                    new Block.Free(15, CueConfig.DEFAULT.with(CueConfig.PolicyName.FRACTAL)),
                    new Block.Retention(10)));

    private static final List<ImuSample> SAMPLES = new ArrayList<>();

    /** Keeps what matters in arrays, so that what is measured is the core's own allocation. */
    private static final class Kept implements CoreSink {
        final SessionEvent.Kind[] kinds = new SessionEvent.Kind[256];
        final long[] onsetsNs = new long[2_000];
        final long[] periodsNs = new long[2_000];
        int events;
        int cues;
        int words;
        long hash;
        double baselineSpm;
        SessionEvent.End end = SessionEvent.End.ABANDONED;

        @Override
        public void onGaitEvent(GaitEvent e) {
            hash = 31 * hash + e.timeNs;
        }

        @Override
        public void onContactPrediction(ContactPrediction p) {}

        @Override
        public void onFootPhase(FootPhase p) {}

        @Override
        public void onStride(StrideEstimate s) {}

        @Override
        public void onStep(StepReport s) {}

        @Override
        public void onSensorGap(Foot foot, long fromNs, long toNs) {}

        @Override
        public void onCue(CueCommand c) {
            hash = 31 * hash + c.kind.ordinal() + c.onsetNs;
            if (c.kind == CueCommand.Kind.COMMIT) {
                onsetsNs[cues] = c.onsetNs;
                periodsNs[cues++] = c.periodNs;
            }
            words += c.kind == CueCommand.Kind.SAY ? 1 : 0;
        }

        @Override
        public void onSessionEvent(SessionEvent e) {
            hash = 31 * hash + e.kind.ordinal() + e.timeNs;
            kinds[events++] = e.kind;
            baselineSpm = e.baselineSpm;
            SessionEvent.End ended = e.end;
            end = ended == null ? end : ended;
        }
    }

    @BeforeAll
    static void walk() {
        WalkModel model = new WalkModel(
                WalkScript.parse("stand 2, walk 198", WalkPresets.healthy(), "healthy"),
                new WalkOptions(200, 3),
                TruthSink.NONE);
        ImuSample sample = new ImuSample();
        while (model.next(sample)) {
            SAMPLES.add(sample);
            sample = new ImuSample();
        }
    }

    private static ControlCore feed(ControlCore core, int from, int to) {
        for (int i = from; i < to; i++) {
            core.onSample(SAMPLES.get(i));
        }
        return core;
    }

    private static ControlCore begun(Kept kept) {
        ControlCore core = feed(new ControlCore(new PairTracker(), PROGRAMME, null, 0, kept), 0, 400);
        core.press(Press.SHORT);
        return core;
    }

    @Test
    void shouldGiveAProgrammeToSimulatedFeet() {
        Kept kept = new Kept();
        SessionEngine session = feed(begun(kept), 400, SAMPLES.size()).session();
        assertThat(session).isNotNull();
        assertThat(kept.end).isEqualTo(SessionEvent.End.COMPLETED);
        assertThat(kept.baselineSpm).isCloseTo(105, within(10.0));
        assertThat(kept.kinds)
                .filteredOn(SessionEvent.Kind.BLOCK_STARTED::equals)
                .hasSize(8);
        assertThat(kept.kinds).filteredOn(SessionEvent.Kind.RULE::equals).isEmpty();
        assertThat(kept.cues).isBetween(120, 260);
        assertThat(kept.words).isGreaterThan(8);
        for (int i = 1; i < kept.cues; i++) {
            assertThat(kept.periodsNs[i]).isBetween(CueLimits.MIN_PERIOD_NS, CueLimits.MAX_PERIOD_NS);
            boolean sameTrain = kept.onsetsNs[i] - kept.onsetsNs[i - 1] < 1.3 * kept.periodsNs[i];
            if (sameTrain) {
                assertThat(kept.periodsNs[i])
                        .isCloseTo(kept.periodsNs[i - 1], within(CueLimits.slewNs(kept.periodsNs[i - 1]) + 1));
            }
        }
    }

    @Test
    void shouldGiveTheSameSessionEachTime() {
        Kept one = new Kept();
        Kept other = new Kept();
        feed(begun(one), 400, SAMPLES.size());
        feed(begun(other), 400, SAMPLES.size());
        assertThat(one.hash).isEqualTo(other.hash).isNotZero();
        assertThat(one.events).isEqualTo(other.events);
    }

    @Test
    void shouldAllocateNothingInAWholeSession() {
        long least = Long.MAX_VALUE;
        // The virtual machine itself may allocate once while it compiles; what the core allocates it allocates each
        // time.
        for (int round = 0; round < 4; round++) {
            Kept kept = new Kept();
            ControlCore core = feed(begun(kept), 400, 4_000);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            feed(core, 4_000, SAMPLES.size());
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            assertThat(kept.end).isEqualTo(SessionEvent.End.COMPLETED);
        }
        assertThat(least).isZero();
    }
}
