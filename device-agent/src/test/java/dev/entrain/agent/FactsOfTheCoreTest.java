package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueConfig;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.KeptRecords;
import dev.entrain.journal.MemoryLog;
import dev.entrain.journal.RecordBodies;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.SettledFacts;
import dev.entrain.journal.WalkRecord;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.pipeline.StepReport;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever the core tells of a walk is in the log, once. */
class FactsOfTheCoreTest {
    private static final long HOP_NS = 50_000_000L;

    private final Counters counters = new Counters();
    private final SlotRing<WalkRecord> ring = new SlotRing<>(2048, WalkRecord::new);
    private final SlotRing<CueCommand> cues = new SlotRing<>(256, CueCommand::new);
    private final LiveSink sink =
            new LiveSink(cues, new FactFeed(ring, counters), counters, new LiveStatus(), MusicSteps.none());
    private final MemoryLog log = new MemoryLog("boot", 0, 10_000, counters);
    private final SettledFacts facts = new SettledFacts(log, new RecordBodies());

    /** What the core told, corrected as it corrected itself. */
    private final Map<String, Long> steps = new LinkedHashMap<>();

    private final List<Long> strides = new ArrayList<>();
    private final Map<Long, Long> sounded = new LinkedHashMap<>();

    /** Hears what the core says, as the live sink does. */
    private final class Ear extends ForwardingSink {
        Ear() {
            super(sink);
        }

        @Override
        public void onStep(StepReport step) {
            steps.put(step.foot.letter() + "" + step.timeNs, step.timeNs);
            super.onStep(step);
        }

        @Override
        public void onGaitEvent(GaitEvent event) {
            if (event.kind == GaitEvent.Kind.CONTACT_REVISED) {
                steps.replace(event.foot.letter() + "" + event.formerNs, event.timeNs);
            }
            super.onGaitEvent(event);
        }

        @Override
        public void onStride(StrideEstimate stride) {
            strides.add(stride.endNs);
            super.onStride(stride);
        }

        @Override
        public void onCue(CueCommand command) {
            super.onCue(command);
            if (command.kind == CueCommand.Kind.COMMIT) {
                PlayedCue played = new PlayedCue();
                played.cueId = command.cueId;
                played.onsetNs = command.onsetNs;
                played.decidedNs = command.decidedNs;
                played.periodNs = command.periodNs;
                played.foot = command.foot;
                sink.played(played);
                sounded.put(command.cueId, command.onsetNs);
            } else if (command.kind == CueCommand.Kind.SILENCE) {
                sounded.values().removeIf(onsetNs -> onsetNs > command.onsetNs);
            }
        }
    }

    private List<JsonNode> kept(RecordKind kind) {
        return KeptRecords.waiting(log, kind).stream()
                .map(KeptRecords.Kept::body)
                .toList();
    }

    private void drain(long nowNs) {
        for (WalkRecord fact = ring.peek(); fact != null; fact = ring.peek()) {
            facts.take(fact, "s");
            ring.release();
        }
        facts.settle(nowNs);
        while (cues.peek() != null) {
            cues.release();
        }
    }

    @Test
    void shouldKeepEveryStepStrideAndBeatOnce() {
        ControlCore core = new ControlCore(new PairTracker(), CueConfig.DEFAULT.newPolicy(), 0, new Ear());
        long drainedNs = 0;
        for (ImuSample sample : LiveAgentTest.walk("stand 2, walk 40, stand 5, walk 20", 67)) {
            core.onSample(sample);
            if (sample.timeNs - drainedNs >= HOP_NS) {
                drainedNs = sample.timeNs;
                drain(drainedNs);
            }
        }
        core.stop();
        drain(drainedNs);
        facts.finish("s", WalkRecord.NONE);
        log.commit();

        assertThat(counters.get(Counter.RECORDS_REFUSED)).isZero();
        assertThat(steps).hasSizeGreaterThan(80);
        assertThat(kept(RecordKind.STEP))
                .extracting(step -> step.path("t_ns").asLong())
                .containsExactlyInAnyOrderElementsOf(steps.values());
        assertThat(strides).hasSizeGreaterThan(80);
        assertThat(kept(RecordKind.STRIDE))
                .extracting(stride -> stride.path("t_ns").asLong())
                .containsExactlyElementsOf(strides);
        assertThat(sounded).hasSizeGreaterThan(60);
        assertThat(kept(RecordKind.CUE))
                .extracting(cue -> cue.path("cue_id").asLong())
                .containsExactlyElementsOf(sounded.keySet());
    }
}
