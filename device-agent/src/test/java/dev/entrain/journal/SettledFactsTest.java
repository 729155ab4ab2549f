package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.health.Counters;
import dev.entrain.sample.Foot;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettledFactsTest {
    private static final long S = 1_000_000_000L;
    private static final long MS = 1_000_000L;

    private final MemoryLog log = new MemoryLog("boot", 0, 1000, new Counters());
    private final SettledFacts facts = new SettledFacts(log, new RecordBodies());
    private final WalkRecord fact = new WalkRecord();

    private void step(long timeNs) {
        facts.take(
                fact.setStep(Foot.LEFT, timeNs, timeNs + 60 * MS, 550 * MS, 109.0909, 0.987_654_321)
                        .nearestCue(7, -35_123_456),
                "s1");
    }

    private void cue(long id, long onsetNs, long decidedNs) {
        facts.take(fact.setCue(Foot.RIGHT, id, onsetNs, decidedNs, 48_000, 545_454_545, Voice.ACCENT), "s1");
    }

    private List<JsonNode> kept(RecordKind kind) {
        log.commit();
        return KeptRecords.waiting(log, kind).stream()
                .map(KeptRecords.Kept::body)
                .toList();
    }

    @Test
    void shouldKeepAContactOnceAtItsRevisedTime() {
        step(S);
        facts.settle(S + 500 * MS);
        assertThat(kept(RecordKind.STEP)).isEmpty();
        facts.take(fact.setRevised(Foot.LEFT, S, S + 200 * MS, S + 500 * MS), "s1");
        facts.settle(3 * S);
        facts.settle(4 * S);
        facts.finish("s1", WalkRecord.NONE);

        JsonNode step = kept(RecordKind.STEP).getFirst();
        assertThat(kept(RecordKind.STEP)).hasSize(1);
        assertThat(step.path("t_ns").asLong()).isEqualTo(S + 200 * MS);
        assertThat(step.path("foot").asText()).isEqualTo("L");
        // What was measured from the contact moved with it, exact to the nanosecond.
        assertThat(step.path("step_duration_s").asDouble()).isEqualTo(0.75);
        assertThat(step.path("asynchrony_ms").asDouble()).isEqualTo(164.876544);
        assertThat(step.path("cue_id").asLong()).isEqualTo(7);
        assertThat(step.path("confidence").asDouble()).isEqualTo(0.987654);
    }

    @Test
    void shouldTakeBackBeatsAfterASilenceInEitherOrderOfTelling() {
        cue(1, S, S - 150 * MS);
        cue(2, S + 600 * MS, S + 450 * MS);
        facts.take(fact.setSilence(S + 500 * MS, S + 500 * MS), "s1");
        cue(3, S + 650 * MS, S + 460 * MS);
        cue(4, 9 * S, 9 * S - 150 * MS);
        facts.finish("s1", WalkRecord.NONE);

        assertThat(kept(RecordKind.CUE)).extracting(cue -> cue.path("cue_id").asLong()).containsExactly(1L, 4L);
        assertThat(kept(RecordKind.CUE).getFirst().path("period_s").asDouble()).isEqualTo(0.545454545);
        assertThat(kept(RecordKind.SILENCE)).hasSize(1);
    }

    @Test
    void shouldKeepAFreezeWhenItIsOverOrNobodySawItsEnd() {
        facts.take(fact.setFreeze(true, 4 * S, 4 * S + 800 * MS), "s1");
        assertThat(kept(RecordKind.FREEZE)).isEmpty();
        facts.take(fact.setFreeze(false, 7 * S, 7 * S), "s1");
        facts.take(fact.setFreeze(true, 9 * S, 10 * S), "s1");
        facts.finish("s1", WalkRecord.NONE);

        assertThat(kept(RecordKind.FREEZE)).hasSize(2);
        assertThat(kept(RecordKind.FREEZE).getFirst().path("end_ns").asLong()).isEqualTo(7 * S);
        assertThat(kept(RecordKind.FREEZE).getLast().has("end_ns")).isFalse();
    }

    @Test
    void shouldLeaveOutWhatIsNotKnown() {
        facts.take(fact.setStep(Foot.LEFT, S, S, WalkRecord.NONE, Double.NaN, 1), null);
        StrideEstimate stride = new StrideEstimate();
        stride.endNs = 2 * S;
        stride.strideTimeS = Double.NaN;
        stride.lengthM = Double.NaN;
        stride.speedMps = Double.NaN;
        stride.doubleSupportFraction = Double.NaN;
        stride.stanceFraction = 0.612_345_678;
        facts.take(fact.setStride(stride), null);
        facts.take(fact.setGap(Foot.RIGHT, S, 2 * S), null);
        facts.finish(null, WalkRecord.NONE);

        assertThat(kept(RecordKind.STEP).getFirst().has("step_duration_s")).isFalse();
        assertThat(kept(RecordKind.STEP).getFirst().has("asynchrony_ms")).isFalse();
        assertThat(kept(RecordKind.STRIDE).getFirst().has("stride_length_m")).isFalse();
        assertThat(kept(RecordKind.STRIDE).getFirst().path("stance_fraction").asDouble())
                .isEqualTo(0.612346);
        assertThat(kept(RecordKind.GAP).getFirst().path("start_ns").asLong()).isEqualTo(S);
        assertThat(KeptRecords.waiting(log)).allMatch(record -> record.session() == null);
    }
}
