package dev.entrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SessionEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionRecorderTest {
    private static final long ORIGIN_NS = 5_000_000_000L;

    private final SessionRecorder recorder =
            new SessionRecorder("a1", "stroke", "stroke", Instant.EPOCH, false, ORIGIN_NS);
    private final SessionEvent event = new SessionEvent();

    private void tell(SessionEvent.Kind kind, Block.Kind block, double timeS, double levelPct) {
        event.kind = kind;
        event.block = block;
        event.timeNs = ORIGIN_NS + (long) (timeS * 1e9);
        event.levelPct = levelPct;
        event.targetSpm = Double.NaN;
        event.baselineSpm = Double.NaN;
        recorder.session(event);
    }

    @ParameterizedTest
    @CsvSource({"1234567499, 1.234567", "1234567500, 1.234568", "-1500, -0.000001", "-1501, -0.000002", "0, 0"})
    void shouldRoundTimesToTheMicrosecondOfFiles(long sinceNs, double expectedS) {
        recorder.step(ORIGIN_NS + sinceNs, Foot.LEFT, 1);

        assertThat(recorder.data().steps().getFirst().timeS()).isEqualTo(expectedS);
    }

    @Test
    void shouldMoveARevisedContactOfItsOwnFootOnly() {
        recorder.step(ORIGIN_NS + 1_000_000_000L, Foot.LEFT, 1);
        recorder.step(ORIGIN_NS + 1_000_000_000L, Foot.RIGHT, 1);
        recorder.revised(Foot.LEFT, ORIGIN_NS + 1_000_000_000L, ORIGIN_NS + 1_200_000_000L);
        recorder.revised(Foot.LEFT, ORIGIN_NS + 999L, ORIGIN_NS);

        assertThat(recorder.data().steps())
                .containsExactly(new SessionData.Step(1, Foot.RIGHT, 1), new SessionData.Step(1.2, Foot.LEFT, 1));
    }

    @Test
    void shouldPutContactsInOrderOfTime() {
        recorder.step(ORIGIN_NS + 2_000_000_000L, Foot.LEFT, 1);
        recorder.step(ORIGIN_NS + 1_500_000_000L, Foot.RIGHT, 1);

        assertThat(recorder.data().steps()).extracting(SessionData.Step::timeS).containsExactly(1.5, 2.0);
    }

    @Test
    void shouldDropOnlyBeatsAfterASilence() {
        recorder.cue(1, ORIGIN_NS + 1_000_000_000L, 500_000_000L, Foot.LEFT);
        recorder.cue(2, ORIGIN_NS + 1_500_000_000L, 500_000_000L, Foot.RIGHT);
        recorder.silence(ORIGIN_NS + 1_200_000_000L);
        recorder.cue(3, ORIGIN_NS + 3_000_000_000L, 500_000_000L, Foot.LEFT);

        assertThat(recorder.data().cues()).extracting(SessionData.Cue::id).containsExactly(1L, 3L);
    }

    @Test
    void shouldMakeSpansOfBlocksWithTheirLastLevel() {
        tell(SessionEvent.Kind.BLOCK_STARTED, Block.Kind.PROGRESS, 10, 0);
        tell(SessionEvent.Kind.LEVEL, Block.Kind.PROGRESS, 20, 2);
        tell(SessionEvent.Kind.BLOCK_ENDED, Block.Kind.PROGRESS, 30, Double.NaN);
        tell(SessionEvent.Kind.BLOCK_STARTED, Block.Kind.RETENTION, 30, Double.NaN);
        recorder.step(ORIGIN_NS + 35_000_000_000L, Foot.LEFT, 1);

        assertThat(recorder.data().blocks())
                .containsExactly(
                        new SessionData.BlockSpan(0, Block.Kind.PROGRESS, 10, 30, 2),
                        new SessionData.BlockSpan(0, Block.Kind.RETENTION, 30, 35, Double.NaN));
    }

    @Test
    void shouldKeepAFreezeThatGoesOn() {
        recorder.freezeOn(ORIGIN_NS + 1_000_000_000L, ORIGIN_NS + 1_800_000_000L);
        recorder.freezeOn(ORIGIN_NS + 1_100_000_000L, ORIGIN_NS + 1_900_000_000L);
        recorder.step(ORIGIN_NS + 3_000_000_000L, Foot.LEFT, 1);
        assertThat(recorder.data().freezes()).containsExactly(new SessionData.Freeze(1, 1.8, 3));

        recorder.freezeOff(ORIGIN_NS + 4_000_000_000L);
        assertThat(recorder.data().freezes()).containsExactly(new SessionData.Freeze(1, 1.8, 4));
    }

    @Test
    void shouldKeepNoMoreThanItsBound() {
        for (int i = 0; i <= SessionRecorder.MOST; i++) {
            recorder.step(ORIGIN_NS + i * 1000L, Foot.LEFT, 1);
        }

        assertThat(recorder.data().steps()).hasSize(SessionRecorder.MOST);
        assertThat(recorder.dropped()).isEqualTo(1);
    }
}
