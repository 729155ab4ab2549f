package dev.entrain.session;

import static dev.entrain.session.Programmes.BASELINE;
import static dev.entrain.session.Programmes.FREE;
import static dev.entrain.session.Programmes.MATCH;
import static dev.entrain.session.Programmes.PROGRESS;
import static dev.entrain.session.Programmes.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.cue.Prompt;
import dev.entrain.gait.GaitEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One law for each rule of {@link SafetyWatch}; each fails when the rule's line is removed. */
class SafetyRulesTest {
    private static final long S = 1_000_000_000L;
    private static final Programme LONG_FREE = Programmes.of(BASELINE, new Block.Free(600, Programmes.BEAT), RETENTION);

    private static HandWalker cued() {
        HandWalker walker = new HandWalker(LONG_FREE).walk(1).press(Press.SHORT).walkTo(Block.Kind.FREE);
        walker.walk(20);
        assertThat(walker.beatsAfter(walker.nowNs - 5 * S)).isPositive();
        return walker;
    }

    private static void assertStopped(HandWalker walker, SafetyRule rule, long atNs) {
        assertThat(walker.rules()).containsExactly(rule);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.PAUSED);
        assertThat(walker.silencesNs.getLast()).isBetween(atNs - 110_000_000L, atNs);
        assertThat(walker.prompts().getLast()).isEqualTo(Prompt.PAUSED);
        long before = walker.beats.size();
        walker.walk(60);
        assertThat(walker.beats).hasSize((int) before);
        walker.press(Press.SHORT).walk(20);
        assertThat(walker.beats).hasSizeGreaterThan((int) before);
    }

    @Test
    void shouldStopAtANearFall() {
        HandWalker walker = cued();
        walker.gait(GaitEvent.Kind.NEAR_FALL);
        assertStopped(walker, SafetyRule.NEAR_FALL, walker.nowNs);
    }

    @Test
    void shouldNotBeStartedByAPressThatWasMeantToStopAfterANearFall() {
        HandWalker walker = cued();
        walker.gait(GaitEvent.Kind.NEAR_FALL).stand(0.7).press(Press.SHORT);
        walker.stand(1.5).press(Press.SHORT);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.PAUSED);
        walker.stand(2.5).press(Press.SHORT);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.RUNNING);
    }

    @Test
    void shouldNotBindASessionByAFreezeBeforeIt() {
        HandWalker walker = new HandWalker(LONG_FREE);
        walker.stepNs = 900_000_000L;
        walker.walk(20).gait(GaitEvent.Kind.FREEZE_ON).stand(3).gait(GaitEvent.Kind.FREEZE_OFF);
        walker.stepNs = 550_000_000L;
        walker.press(Press.SHORT).walkTo(Block.Kind.FREE).walk(30);
        assertThat(walker.beats.getLast().periodNs()).isLessThan(560_000_000L);
        assertThat(walker.rules()).isEmpty();
    }

    @Test
    void shouldPauseAtANearFallInAnUncuedBlockToo() {
        HandWalker walker = new HandWalker(LONG_FREE).walk(1).press(Press.SHORT).walk(5);
        walker.gait(GaitEvent.Kind.NEAR_FALL);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.PAUSED);
        assertThat(walker.rules()).containsExactly(SafetyRule.NEAR_FALL);
    }

    @Test
    void shouldSilenceAtTheFirstPressBeforeItIsKnownToBeDouble() {
        HandWalker walker = cued();
        walker.press(Press.SHORT);
        assertStopped(walker, SafetyRule.BUTTON, walker.nowNs);
    }

    @Test
    void shouldGoOnSlowerAndWithoutProgressAfterADoublePress() {
        HandWalker walker = new HandWalker(Programmes.of(BASELINE, MATCH, PROGRESS))
                .walk(1)
                .press(Press.SHORT)
                .walkTo(Block.Kind.PROGRESS)
                .walk(45);
        double before = walker.session().levelPct();
        assertThat(before).isEqualTo(2);
        long fastestNs = walker.beats.getLast().periodNs();
        walker.press(Press.SHORT).walk(0.3).press(Press.DOUBLE).walk(3);
        int heard = walker.beats.size();
        walker.press(Press.SHORT).walk(200);
        assertThat(walker.session().levelPct()).isEqualTo(0);
        assertThat(walker.prompts()).contains(Prompt.A_LITTLE_SLOWER);
        assertThat(walker.beats.subList(heard, walker.beats.size()))
                .hasSizeGreaterThan(100)
                .allSatisfy(beat -> assertThat(beat.periodNs()).isGreaterThan(fastestNs));
    }

    @Test
    void shouldStopWhenTheWalkerIsFasterThanTheBeat() {
        HandWalker walker = cued();
        walker.follows = false;
        walker.stepNs = 460_000_000L;
        long fromNs = walker.nowNs;
        for (int i = 0; i < 100 && walker.rules().isEmpty(); i++) {
            walker.walk(0.1);
        }
        assertThat(walker.nowNs - fromNs).isLessThan(5 * S);
        walker.follows = true;
        assertStopped(walker, SafetyRule.CADENCE_OVER_CUE, walker.nowNs);
    }

    @Test
    void shouldNotTakeTwoDoubleDetectionsForHurry() {
        HandWalker walker = cued();
        for (int i = 0; i < 2; i++) {
            walker.doubleContact().walk(1.1);
        }
        walker.walk(20);
        assertThat(walker.rules()).isEmpty();
    }

    @Test
    void shouldLetTheWalkerGoHisOwnWayOnceBeatsAreFew() {
        HandWalker walker = new HandWalker(Programmes.of(BASELINE, MATCH, Programmes.FADE))
                .walk(1)
                .press(Press.SHORT)
                .walkTo(Block.Kind.FADE)
                .walk(45);
        walker.follows = false;
        walker.stepNs = 450_000_000L;
        walker.walk(40);
        assertThat(walker.rules()).isEmpty();
        assertThat(walker.told.getLast().end()).isEqualTo(SessionEvent.End.COMPLETED);
    }

    @Test
    void shouldBearACadenceOfOneTenthOverTheCue() {
        HandWalker walker = cued();
        walker.follows = false;
        walker.stepNs = 500_000_000L;
        walker.walk(60);
        assertThat(walker.rules()).isEmpty();
    }

    @Test
    void shouldNeverBeFasterAfterAFreeze() {
        HandWalker walker = new HandWalker(Programmes.of(BASELINE, MATCH, PROGRESS, FREE))
                .walk(1)
                .press(Press.SHORT)
                .walkTo(Block.Kind.PROGRESS)
                .walk(45);
        assertThat(walker.session().levelPct()).isEqualTo(2);
        long beforeNs = walker.beats.getLast().periodNs();
        walker.gait(GaitEvent.Kind.FREEZE_ON).stand(4).gait(GaitEvent.Kind.FREEZE_OFF);
        int heard = walker.beats.size();
        walker.walk(290);
        assertThat(walker.rules()).contains(SafetyRule.NEVER_FASTER_AFTER_FREEZE);
        assertThat(walker.levels()).containsExactly(0.0, 2.0);
        assertThat(walker.beats.subList(heard, walker.beats.size()))
                .hasSizeGreaterThan(200)
                .allSatisfy(beat -> assertThat(beat.periodNs()).isGreaterThanOrEqualTo(beforeNs));
    }

    @Test
    void shouldNotCueFasterThanTheCadenceBeforeAFreezeThatCameInTheBaseline() {
        // Faster cues are prescribed; the walker freezes before he ever heard one.
        Programme.Tempo faster = new Programme.Tempo(10, 2, 10, 0, 0);
        HandWalker walker =
                new HandWalker(Programmes.of(faster, BASELINE, FREE)).walk(1).press(Press.SHORT);
        walker.walk(20).gait(GaitEvent.Kind.FREEZE_ON).stand(3).gait(GaitEvent.Kind.FREEZE_OFF);
        walker.walkTo(Block.Kind.FREE).walk(50);
        assertThat(walker.beats)
                .hasSizeGreaterThan(60)
                .allSatisfy(beat -> assertThat(beat.periodNs()).isGreaterThanOrEqualTo(walker.stepNs));
        assertThat(walker.told(SessionEvent.Kind.LEVEL).getLast().targetSpm()).isLessThan(109.2);
    }

    @Test
    void shouldEndWithWordsWhenTheUnitIsNearlyEmpty() {
        HandWalker walker = cued();
        walker.core.unitBattery(8);
        walker.walk(1);
        assertThat(walker.rules()).isEmpty();
        walker.core.unitBattery(7);
        walker.walk(1);
        assertEnded(walker, SafetyRule.BATTERY);
        assertThat(walker.prompts().subList(walker.words.size() - 2, walker.words.size()))
                .isEqualTo(List.of(Prompt.BATTERY_LOW, Prompt.FINISHED));
    }

    @Test
    void shouldEndAfterTheLongestSessionPausesIncluded() {
        Programme hour = new Programme(
                "t",
                "T",
                Condition.HEALTHY,
                300,
                3,
                Programmes.TEMPO,
                Programmes.NO_FREEZING,
                List.of(BASELINE, new Block.Free(3600, Programmes.BEAT)));
        HandWalker walker = new HandWalker(hour).walk(1).press(Press.SHORT).walk(100);
        walker.press(Press.SHORT).stand(150).press(Press.SHORT).walk(45);
        assertThat(walker.session().mode()).isEqualTo(SessionEngine.Mode.RUNNING);
        walker.walk(6);
        assertEnded(walker, SafetyRule.SESSION_LENGTH);
    }

    @Test
    void shouldEndAfterTwoHoursWhateverIsPrescribed() {
        SafetyWatch watch = new SafetyWatch(100_000);
        assertThat(watch.look(7199)).isNull();
        assertThat(watch.look(7200)).isEqualTo(SafetyRule.SESSION_LENGTH);
    }

    @Test
    void shouldEndAtALongPress() {
        HandWalker walker = cued().press(Press.LONG);
        assertThat(walker.told.getLast().end()).isEqualTo(SessionEvent.End.PATIENT);
        assertSilentForGood(walker);
    }

    private static void assertEnded(HandWalker walker, SafetyRule rule) {
        assertThat(walker.rules()).endsWith(rule);
        assertThat(walker.told.getLast().kind()).isEqualTo(SessionEvent.Kind.ENDED);
        assertThat(walker.told.getLast().end()).isEqualTo(SessionEvent.End.RULE);
        assertThat(walker.told.getLast().rule()).isEqualTo(rule);
        assertThat(walker.prompts().getLast()).isEqualTo(Prompt.FINISHED);
        assertSilentForGood(walker);
    }

    private static void assertSilentForGood(HandWalker walker) {
        int before = walker.lines.size();
        walker.walk(20).press(Press.SHORT).press(Press.DOUBLE).walk(20);
        assertThat(walker.lines.subList(before, walker.lines.size()))
                .allMatch(line -> line.contains("INITIAL_CONTACT"));
    }
}
