package dev.entrain.session;

import static dev.entrain.session.Programmes.BASELINE;
import static dev.entrain.session.Programmes.FADE;
import static dev.entrain.session.Programmes.FREE;
import static dev.entrain.session.Programmes.MATCH;
import static dev.entrain.session.Programmes.REST;
import static dev.entrain.session.Programmes.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.cue.CueLimits;
import dev.entrain.cue.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionEngineTest {
    private static final long S = 1_000_000_000L;
    private static final Block LONG_PROGRESS = new Block.Progress(900, 30, Programmes.BEAT);

    private static HandWalker started(Block... blocks) {
        return started(Programmes.of(blocks));
    }

    private static HandWalker started(Programme programme) {
        return new HandWalker(programme).walk(1).press(Press.SHORT);
    }

    private static long startOf(HandWalker walker, Block.Kind kind) {
        return walker.told(SessionEvent.Kind.BLOCK_STARTED).stream()
                .filter(t -> t.blockKind() == kind)
                .findFirst()
                .orElseThrow()
                .timeNs();
    }

    @Test
    void shouldWaitForTheButtonAndSayNothing() {
        HandWalker walker = new HandWalker(Programmes.whole()).walk(30);
        assertThat(walker.told).isEmpty();
        assertThat(walker.words).isEmpty();
        assertThat(walker.beats).isEmpty();
        walker.press(Press.SHORT).walk(1);
        assertThat(walker.told.getFirst().kind()).isEqualTo(SessionEvent.Kind.STARTED);
        assertThat(walker.prompts()).containsExactly(Prompt.WALK_AS_USUAL);
    }

    @Test
    void shouldNotCountTheWaitAsSession() {
        HandWalker walker = new HandWalker(Programmes.whole())
                .walk(1)
                .blind(10_000)
                .press(Press.SHORT)
                .walk(5);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.RUNNING);
        assertThat(walker.session().sessionS()).isCloseTo(5, within(0.02));
    }

    @Test
    void shouldFindTheBaselineCadenceWithoutAnyBeat() {
        HandWalker walker = started(BASELINE, MATCH).walkTo(Block.Kind.MATCH);
        assertThat(walker.beats).isEmpty();
        assertThat(walker.session().baselineSpm()).isCloseTo(60 / 0.55, within(0.1));
        assertThat(startOf(walker, Block.Kind.MATCH)).isCloseTo(31 * S, within(S / 50));
        assertThat(walker.prompts()).endsWith(Prompt.STEP_WITH_BEAT);
    }

    @Test
    void shouldWalkOnUntilThereAreEnoughStrides() {
        HandWalker walker = started(BASELINE, MATCH).walk(5).stand(26).walk(10);
        assertThat(walker.session().blockIndex()).isZero();
        walker.walkTo(Block.Kind.MATCH);
        assertThat(startOf(walker, Block.Kind.MATCH)).isBetween(42 * S, 55 * S);
    }

    @Test
    void shouldEndRatherThanGuessABaseline() {
        HandWalker walker = started(BASELINE, MATCH).walk(6).stand(56);
        assertThat(walker.told.getLast().end()).isEqualTo(SessionEvent.End.NO_BASELINE);
        assertThat(walker.prompts()).endsWith(Prompt.FINISHED);
        assertThat(walker.beats).isEmpty();
    }

    @Test
    void shouldGoOnFromTheMatchWhenLocked() {
        Block match = new Block.Match(300, 30, 0.7, Programmes.BEAT);
        HandWalker walker = started(BASELINE, match, FREE).walkTo(Block.Kind.FREE);
        long matchNs = startOf(walker, Block.Kind.FREE) - startOf(walker, Block.Kind.MATCH);
        // Not by the first seconds of lock: 70 % of a whole minute.
        assertThat(matchNs).isBetween(60 * S, 90 * S);
        assertThat(walker.told(SessionEvent.Kind.LOCKED)).isNotEmpty();
        assertThat(walker.told(SessionEvent.Kind.LEVEL).getFirst().targetSpm()).isCloseTo(60 / 0.55, within(0.1));
        assertThat(walker.beats.getLast().periodNs()).isCloseTo(550_000_000L, within(3_000_000L));
    }

    @Test
    void shouldGoOnFromTheMatchAtItsEndWhenNeverLocked() {
        HandWalker walker = started(BASELINE, MATCH, FREE).walkTo(Block.Kind.MATCH);
        walker.follows = false;
        walker.stepNs = 580_000_000L;
        walker.walkTo(Block.Kind.FREE);
        long matchNs = startOf(walker, Block.Kind.FREE) - startOf(walker, Block.Kind.MATCH);
        assertThat(matchNs).isCloseTo(60 * S, within(S / 50));
    }

    @Test
    void shouldRiseStepByStepToTheCeilingWithFewWords() {
        HandWalker walker = started(BASELINE, MATCH, LONG_PROGRESS)
                .walkTo(Block.Kind.PROGRESS)
                .walk(400);
        assertThat(walker.levels()).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
        assertThat(walker.prompts())
                .filteredOn(p -> p == Prompt.A_LITTLE_FASTER)
                .hasSize(3);
        List<HandWalker.Told> changes = walker.told(SessionEvent.Kind.LEVEL);
        for (int i = 3; i < changes.size(); i++) {
            assertThat(changes.get(i).timeNs() - changes.get(i - 1).timeNs()).isGreaterThanOrEqualTo(30 * S);
        }
        assertThat(walker.beats.getLast().periodNs()).isCloseTo(500_000_000L, within(2_000_000L));
        assertThat(walker.rules()).isEmpty();
    }

    @Test
    void shouldStepBackOnceLockIsLostAndNotSeeSaw() {
        HandWalker walker = started(BASELINE, MATCH, LONG_PROGRESS).walkTo(Block.Kind.PROGRESS);
        while (walker.session().levelPct() < 4) {
            walker.walk(1);
        }
        walker.follows = false;
        walker.stepNs = 560_000_000L;
        long lostNs = walker.nowNs;
        while (walker.session().levelPct() > 2) {
            walker.walk(1);
        }
        assertThat(walker.nowNs - lostNs).isBetween(20 * S, 60 * S);
        assertThat(walker.prompts()).endsWith(Prompt.A_LITTLE_SLOWER);
        walker.follows = true;
        long backNs = walker.nowNs;
        while (walker.session().levelPct() < 4) {
            walker.walk(1);
        }
        assertThat(walker.nowNs - backNs).isGreaterThanOrEqualTo(90 * S);
    }

    @Test
    void shouldNotFallBelowTheStart() {
        HandWalker walker = started(BASELINE, MATCH, LONG_PROGRESS).walkTo(Block.Kind.PROGRESS);
        walker.follows = false;
        walker.stepNs = 580_000_000L;
        walker.walk(300);
        assertThat(walker.levels()).containsExactly(0.0);
        assertThat(walker.prompts()).doesNotContain(Prompt.A_LITTLE_SLOWER);
    }

    @Test
    void shouldNotRaiseTempoOfASlowWalker() {
        Programme.Tempo cadence = new Programme.Tempo(0, 2, 10, 120, 0);
        Programme.Tempo speed = new Programme.Tempo(0, 2, 10, 0, 0.5);
        HandWalker hasty =
                started(Programmes.of(cadence, BASELINE, MATCH, LONG_PROGRESS)).walk(300);
        assertThat(hasty.levels()).containsExactly(0.0);
        HandWalker slow = new HandWalker(Programmes.of(speed, BASELINE, MATCH, LONG_PROGRESS));
        slow.speedMps = 0.3;
        assertThat(slow.walk(1).press(Press.SHORT).walk(300).levels()).containsExactly(0.0);
        HandWalker unknown =
                started(Programmes.of(speed, BASELINE, MATCH, LONG_PROGRESS)).walk(300);
        assertThat(unknown.levels()).hasSizeGreaterThan(2);
    }

    @Test
    void shouldBeSilentWhileStandingOnRequestAndComeBackWithWalking() {
        Block.Exercise exercise = new Block.Exercise(60, 15, 10, false, 0, Programmes.BEAT);
        HandWalker walker = started(BASELINE, MATCH, exercise, RETENTION).walkTo(Block.Kind.EXERCISE);
        while (walker.prompts().getLast() != Prompt.STOP) {
            walker.walk(0.1);
        }
        long stopNs = walker.words.getLast().timeNs();
        assertThat(stopNs - startOf(walker, Block.Kind.EXERCISE)).isCloseTo(15 * S, within(S / 5));
        walker.walk(1).stand(9.5);
        assertThat(walker.prompts()).endsWith(Prompt.WALK);
        assertThat(walker.beatsAfter(stopNs + 200_000_000L)).isZero();
        walker.walk(6);
        assertThat(walker.beatsAfter(stopNs + 10 * S)).isPositive();
        assertThat(walker.rules()).isEmpty();
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.RUNNING);
    }

    @Test
    void shouldLeaveNobodyStandingWhenTheExerciseIsOver() {
        Block.Exercise exercise = new Block.Exercise(34, 15, 10, false, 0, Programmes.BEAT);
        HandWalker walker = started(BASELINE, MATCH, exercise, FREE).walkTo(Block.Kind.FREE);
        assertThat(walker.prompts()).doesNotContain(Prompt.STOP);
        assertThat(walker.told(SessionEvent.Kind.UNLOCKED)).isEmpty();
    }

    @Test
    void shouldAskForTurnsAndMoveTheBeatWithoutAJump() {
        Block.Exercise exercise = new Block.Exercise(120, 10, 0, true, 15, Programmes.BEAT);
        HandWalker walker = started(BASELINE, MATCH, exercise).walkTo(Block.Kind.EXERCISE);
        int before = walker.beats.size();
        walker.walk(100);
        assertThat(walker.prompts()).filteredOn(p -> p == Prompt.TURN_ROUND).hasSizeBetween(3, 5);
        List<HandWalker.Beat> beats = walker.beats.subList(before, walker.beats.size());
        long longest = beats.stream().mapToLong(HandWalker.Beat::periodNs).max().orElseThrow();
        long shortest =
                beats.stream().mapToLong(HandWalker.Beat::periodNs).min().orElseThrow();
        assertThat(longest).isBetween(560_000_000L, 570_000_000L);
        assertThat(shortest).isBetween(530_000_000L, 540_000_000L);
        for (int i = 1; i < beats.size(); i++) {
            long periodNs = beats.get(i - 1).periodNs();
            assertThat(beats.get(i).onsetNs() - beats.get(i - 1).onsetNs())
                    .isCloseTo(periodNs, within(CueLimits.slewNs(periodNs) + 1));
        }
        assertThat(walker.rules()).isEmpty();
    }

    @Test
    void shouldLetFewerAndFewerBeatsSound() {
        HandWalker walker = started(BASELINE, MATCH, FADE).walkTo(Block.Kind.FADE);
        long fromNs = walker.nowNs;
        walker.walk(79);
        double[] heard = new double[4];
        walker.beats.stream()
                .filter(b -> b.gain() > 0 && b.onsetNs() > fromNs)
                .forEach(b -> heard[(int) Math.min(3, (b.onsetNs() - fromNs) / (20 * S))]++);
        assertThat(heard[0]).isCloseTo(36, within(2.0));
        assertThat(heard[1]).isCloseTo(18, within(2.0));
        assertThat(heard[2]).isCloseTo(9, within(2.0));
        assertThat(heard[3]).isLessThanOrEqualTo(1);
        assertThat(walker.prompts()).endsWith(Prompt.KEEP_THE_RHYTHM);
    }

    @Test
    void shouldGiveAWholeProgrammeInOrderAndEndIt() {
        HandWalker walker = started(BASELINE, MATCH, REST, FREE, RETENTION);
        for (int i = 0; i < 400 && walker.session().mode() != SessionEngine.Mode.ENDED; i++) {
            walker.walk(1);
        }
        assertThat(walker.told(SessionEvent.Kind.BLOCK_STARTED))
                .extracting(HandWalker.Told::blockKind)
                .containsExactly(
                        Block.Kind.BASELINE, Block.Kind.MATCH, Block.Kind.REST, Block.Kind.FREE, Block.Kind.RETENTION);
        assertThat(walker.told(SessionEvent.Kind.BLOCK_ENDED)).hasSize(5);
        assertThat(walker.told.getLast().end()).isEqualTo(SessionEvent.End.COMPLETED);
        assertThat(walker.prompts())
                .containsExactly(
                        Prompt.WALK_AS_USUAL,
                        Prompt.STEP_WITH_BEAT,
                        Prompt.REST,
                        Prompt.WALK,
                        Prompt.STEP_WITH_BEAT,
                        Prompt.WALK_AS_USUAL,
                        Prompt.FINISHED);
        long restNs = startOf(walker, Block.Kind.REST);
        long retentionNs = startOf(walker, Block.Kind.RETENTION);
        assertThat(walker.beats)
                .noneMatch(b -> b.onsetNs() > restNs + S / 5 && b.onsetNs() < startOf(walker, Block.Kind.FREE))
                .noneMatch(b -> b.onsetNs() > retentionNs + S / 5);
    }

    @Test
    void shouldPauseWhoStandsForLongAndEndWhatIsPausedForTooLong() {
        HandWalker walker =
                started(BASELINE, new Block.Free(600, Programmes.BEAT)).walkTo(Block.Kind.FREE);
        walker.walk(20).stand(59);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.RUNNING);
        walker.stand(2);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.PAUSED);
        assertThat(walker.prompts()).endsWith(Prompt.PAUSED);
        assertThat(walker.rules()).containsExactly(SafetyRule.NO_STEP);
        walker.blind(598);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.PAUSED);
        walker.blind(3);
        assertThat(walker.told.getLast().end()).isEqualTo(SessionEvent.End.ABANDONED);
    }

    @Test
    void shouldTellWhenTheSensorsWereBlind() {
        HandWalker walker =
                started(BASELINE, new Block.Free(600, Programmes.BEAT)).walkTo(Block.Kind.FREE);
        walker.walk(20).blind(3).walk(10);
        assertThat(walker.rules()).containsExactly(SafetyRule.SENSOR_GAP);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.RUNNING);
    }

    @Test
    void shouldNotCountPausedTimeInABlock() {
        HandWalker walker =
                started(BASELINE, FREE, RETENTION).walkTo(Block.Kind.FREE).walk(20);
        walker.press(Press.SHORT).stand(100).press(Press.SHORT).walk(39);
        assertThat(walker.session().blockIndex()).isEqualTo(1);
        walker.walk(2);
        assertThat(walker.session().blockIndex()).isEqualTo(2);
    }

    @Test
    void shouldSayTheSameWordsEachTime() {
        HandWalker one = started(Programmes.whole()).walk(700);
        HandWalker other = started(Programmes.whole()).walk(700);
        assertThat(one.lines).hasSizeGreaterThan(2_000).isEqualTo(other.lines);
    }
}
