package dev.entrain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.gait.GaitEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A unit that goes off and on again in mid-session. */
class SessionRestartTest {
    private static SessionState kept(HandWalker walker) {
        SessionState state = walker.session().state();
        if (state == null) {
            throw new AssertionError("nothing to keep");
        }
        return state;
    }

    private static HandWalker in(Block.Kind kind) {
        return new HandWalker(Programmes.whole())
                .walk(1)
                .press(Press.SHORT)
                .walkTo(kind)
                .walk(12);
    }

    @ParameterizedTest
    @EnumSource(Block.Kind.class)
    void shouldGoOnAtTheStartOfTheInterruptedBlockAfterAPress(Block.Kind kind) {
        SessionState state = kept(in(kind));
        HandWalker walker = new HandWalker(Programmes.whole(), state.away(120)).walk(30);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.PAUSED);
        assertThat(walker.beats).isEmpty();
        assertThat(walker.words).isEmpty();
        assertThat(walker.told)
                .extracting(HandWalker.Told::kind)
                .containsExactly(SessionEvent.Kind.STARTED, SessionEvent.Kind.PAUSED);
        walker.press(Press.SHORT).walk(20);
        assertThat(walker.told(SessionEvent.Kind.BLOCK_STARTED))
                .extracting(HandWalker.Told::blockKind)
                .containsExactly(kind);
        assertThat(walker.told.getFirst().block()).isEqualTo(state.blockIndex());
        assertThat(walker.beats.isEmpty()).isEqualTo(!kind.cued());
        assertThat(walker.session().sessionS()).isCloseTo(state.sessionS() + 120 + 50, within(0.1));
        for (int i = 0; i < 1_000 && walker.session().mode() != SessionEngine.Mode.ENDED; i++) {
            walker.walk(1);
        }
        assertThat(walker.told.getLast().end()).isEqualTo(SessionEvent.End.COMPLETED);
    }

    @Test
    void shouldStepBackToTheLevelOfTheBlocksStart() {
        HandWalker before = in(Block.Kind.PROGRESS).walk(100);
        assertThat(before.session().levelPct()).isGreaterThanOrEqualTo(4);
        HandWalker after = new HandWalker(Programmes.whole(), kept(before).away(5))
                .press(Press.SHORT)
                .walk(2);
        assertThat(after.session().levelPct()).isZero();
        assertThat(after.session().baselineSpm()).isCloseTo(109.1, within(0.1));
    }

    @Test
    void shouldKeepTheBoundOfAFreezeAcrossARestart() {
        HandWalker before = in(Block.Kind.PROGRESS);
        long beforeNs = before.beats.getLast().periodNs();
        before.gait(GaitEvent.Kind.FREEZE_ON)
                .stand(3)
                .gait(GaitEvent.Kind.FREEZE_OFF)
                .walk(10);
        HandWalker after = new HandWalker(Programmes.whole(), kept(before).away(5))
                .press(Press.SHORT)
                .walk(290);
        assertThat(after.levels()).containsExactly(0.0);
        assertThat(after.beats)
                .hasSizeGreaterThan(300)
                .allSatisfy(beat -> assertThat(beat.periodNs()).isGreaterThanOrEqualTo(beforeNs));
    }

    @Test
    void shouldEndCleanlyWhatWasAwayTooLongOrIsAnotherProgramme() {
        SessionState state = kept(in(Block.Kind.MATCH));
        Programme other = Programmes.of(Programmes.BASELINE, Programmes.FREE);
        for (HandWalker walker : List.of(
                new HandWalker(Programmes.whole(), state.away(601)),
                new HandWalker(Programmes.whole(), state.away(Double.NaN)),
                new HandWalker(other, state.away(5)))) {
            assertThat(walker.told).hasSize(1);
            assertThat(walker.told.getFirst().end()).isEqualTo(SessionEvent.End.ABANDONED);
            walker.press(Press.SHORT).walk(60);
            assertThat(walker.told).hasSize(1);
            assertThat(walker.words).isEmpty();
            assertThat(walker.beats).isEmpty();
        }
        assertThat(new HandWalker(Programmes.whole(), state.away(600)).session().mode())
                .isEqualTo(SessionEngine.Mode.PAUSED);
    }

    @Test
    void shouldKeepNothingBeforeTheStartAndAfterTheEnd() {
        HandWalker walker = new HandWalker(Programmes.whole()).walk(5);
        assertThat(walker.session().state()).isNull();
        walker.press(Press.SHORT).walk(5);
        assertThat(kept(walker).walkedS()).isCloseTo(5, within(0.05));
        walker.press(Press.LONG);
        assertThat(walker.session().state()).isNull();
    }
}
