package dev.entrain.cue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.gait.GaitEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks of a step every 550 ms; a freeze is told 1 s after the last step unless said otherwise. */
class FreezeAnswerTest {
    private static final double STEP_NS = 550e6;

    private static List<PlanLog.Entry> since(PolicyWalk walk, long fromNs) {
        return walk.beats().stream().filter(b -> b.decidedNs() >= fromNs).toList();
    }

    private static PolicyWalk frozen(CuePolicy policy) {
        PolicyWalk walk = new PolicyWalk(policy, STEP_NS).walk(20).stand(1);
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        return walk;
    }

    @Test
    void shouldBeSilentOnDemandWhileTheWalkerWalks() {
        PolicyWalk walk = new PolicyWalk(new OnDemandPolicy(), STEP_NS)
                .walk(120)
                .stand(20)
                .walk(60);
        assertThat(walk.log.all).isEmpty();
    }

    @Test
    void shouldSoundAsSoonAsThePlanCanHoldIt() {
        PolicyWalk walk = frozen(new OnDemandPolicy());
        long toldNs = walk.nowNs;
        walk.stand(3);
        assertThat(walk.beats().getFirst().onsetNs() - toldNs)
                .isBetween(CuePlanner.COMMIT_LEAD_NS, CuePlanner.COMMIT_LEAD_NS + 10_000_000L);
        assertThat(walk.planner.answering()).isTrue();
    }

    @Test
    void shouldAnswerInTheTempoBeforeTheFreezeOrSlower() {
        for (double pct : new double[] {0, -10, -30, 20}) {
            PolicyWalk walk = new PolicyWalk(new OnDemandPolicy(), STEP_NS);
            walk.planner.answerFreezing(true, pct, 8);
            walk.walk(20).stand(1);
            walk.tell(GaitEvent.Kind.FREEZE_ON);
            walk.stand(5);
            long wanted = Math.round(STEP_NS / (1 + Math.min(pct, 0) / 100));
            assertThat(walk.beats()).hasSizeGreaterThan(5).allMatch(b -> Math.abs(b.periodNs() - wanted) <= 1);
        }
    }

    @Test
    void shouldGiveEightFullBeatsThenFadeHoweverShortTheFreeze() {
        PolicyWalk walk = frozen(new OnDemandPolicy()).stand(0.2);
        walk.tell(GaitEvent.Kind.FREEZE_OFF);
        walk.walk(30);
        assertThat(walk.beats()).hasSize(8 + FreezeAnswer.FADE_BEATS);
        assertThat(walk.beats().subList(0, 8)).allMatch(b -> b.gain() == 1f);
        for (int i = 8; i < walk.beats().size(); i++) {
            assertThat(walk.beats().get(i).gain())
                    .isPositive()
                    .isLessThan(walk.beats().get(i - 1).gain());
        }
        assertThat(walk.planner.answering()).isFalse();
        assertThat(walk.planner.mode()).isEqualTo(CuePlanner.Mode.LISTENING);
    }

    @Test
    void shouldGoOnWhileTheFreezeLastsThoughNoStepComes() {
        PolicyWalk walk = frozen(new OnDemandPolicy()).stand(15);
        assertThat(walk.beats()).hasSizeGreaterThan(22);
        assertThat(walk.log.silences()).isEmpty();
        walk.tell(GaitEvent.Kind.FREEZE_OFF);
        int then = walk.beats().size();
        walk.walk(20);
        assertThat(walk.beats().size() - then).isBetween(FreezeAnswer.FADE_BEATS, FreezeAnswer.FADE_BEATS + 1);
    }

    @Test
    void shouldLetGoOfAWalkerWhoStepsSteadilyThoughNobodySaysTheFreezeIsOver() {
        PolicyWalk walk = frozen(new OnDemandPolicy()).stand(6).walk(30);
        assertThat(walk.planner.answering()).isFalse();
        assertThat(walk.beats().getLast().onsetNs()).isLessThan(walk.nowNs - 20_000_000_000L);
    }

    @Test
    void shouldGiveUpAfterThirtySecondsAndNotBeginAgain() {
        PolicyWalk walk = frozen(new OnDemandPolicy());
        long toldNs = walk.nowNs;
        walk.stand(60);
        long mostNs = FreezeAnswer.MOST_NS + 4 * Math.round(STEP_NS / 0.9) + CuePlanner.COMMIT_LEAD_NS;
        assertThat(walk.beats().getLast().onsetNs() - toldNs).isBetween(FreezeAnswer.MOST_NS, mostNs);
        assertThat(walk.beats().getLast().gain()).isLessThan(0.3f);
        assertThat(walk.planner.answering()).isFalse();
    }

    @Test
    void shouldAnswerAFreezeWhileItIsPausedAndBeSilentAgain() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), STEP_NS);
        walk.planner.answerFreezing(true, 0, 8);
        walk.planner.pause(0);
        walk.walk(20).stand(1);
        assertThat(walk.log.all).isEmpty();
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        walk.stand(2);
        walk.tell(GaitEvent.Kind.FREEZE_OFF);
        walk.walk(40);
        assertThat(walk.beats()).hasSize(8 + FreezeAnswer.FADE_BEATS);
    }

    @ParameterizedTest
    @EnumSource(names = {"METRONOME", "ADAPTIVE", "OSCILLATOR", "FRACTAL", "STEP_LOCKED"})
    void shouldKeepTheBeatsOfAnyPolicyThroughAFreezeAndGoOnNoFaster(CueConfig.PolicyName name) {
        PolicyWalk walk = new PolicyWalk(CueConfig.DEFAULT.with(name).newPolicy(), STEP_NS);
        walk.planner.answerFreezing(true, -10, 8);
        walk.walk(30);
        long beforeNs = walk.planner.periodNs();
        walk.stand(1);
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        long toldNs = walk.nowNs;
        walk.stand(8);
        assertThat(since(walk, toldNs)).hasSizeGreaterThan(11);
        walk.tell(GaitEvent.Kind.FREEZE_OFF);
        // Three seconds only, and faster than before: the beats go on without a break, but no faster.
        walk.stepNs = 480e6;
        walk.walk(40);
        List<PlanLog.Entry> later = since(walk, toldNs);
        assertThat(later).allMatch(b -> b.periodNs() >= Math.min(beforeNs, Math.round(STEP_NS)) - 3_000_000L);
        for (int i = 1; i < later.size(); i++) {
            long gapNs = later.get(i).onsetNs() - later.get(i - 1).onsetNs();
            assertThat(gapNs < 1_500_000_000L || i > 8).isTrue();
        }
        assertThat(walk.beats().getLast().onsetNs()).isGreaterThan(walk.nowNs - 1_000_000_000L);
        assertThat(walk.mostSlewPerS()).isLessThanOrEqualTo(CueLimits.SLEW_PER_S);
    }

    @ParameterizedTest
    @EnumSource(names = {"METRONOME", "ADAPTIVE", "OSCILLATOR"})
    void shouldNotTakeTheSlowBeatsOfAnAnswerForTheTempoBeforeTheNextFreeze(CueConfig.PolicyName name) {
        PolicyWalk walk = new PolicyWalk(CueConfig.DEFAULT.with(name).newPolicy(), STEP_NS);
        walk.planner.answerFreezing(true, -10, 8);
        walk.walk(30).stand(1);
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        long boundNs = walk.planner.ceilingNs();
        // Once while the answer sounds, once on the way back from its tempo.
        for (double pauseS : new double[] {3, 8}) {
            walk.stand(pauseS);
            walk.tell(GaitEvent.Kind.FREEZE_OFF);
            walk.walk(pauseS);
            walk.tell(GaitEvent.Kind.FREEZE_ON);
            assertThat(walk.planner.ceilingNs()).isEqualTo(boundNs);
        }
    }

    @Test
    void shouldAnswerInTheWalkersTempoWhereTheBeatsHadFadedAway() {
        PolicyWalk walk = new PolicyWalk(new MetronomePolicy(60e9 / STEP_NS), STEP_NS);
        walk.planner.answerFreezing(true, -10, 8);
        walk.walk(30);
        walk.planner.thin(0);
        walk.stepNs = 600e6;
        walk.walk(30).stand(1);
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        long toldNs = walk.nowNs;
        walk.stand(5);
        assertThat(since(walk, toldNs))
                .hasSizeGreaterThan(5)
                .allMatch(b -> Math.abs(b.periodNs() - Math.round(600e6 / 0.9)) < 2_000_000L);
    }

    @Test
    void shouldNotGetSlowerWithEachFreezeOfARow() {
        PolicyWalk walk = frozen(new OnDemandPolicy());
        long slowNs = Math.round(STEP_NS / 0.9);
        for (int i = 0; i < 3; i++) {
            walk.stand(2);
            walk.tell(GaitEvent.Kind.FREEZE_OFF);
            walk.walk(1.5).stand(1);
            walk.tell(GaitEvent.Kind.FREEZE_ON);
        }
        walk.stand(5);
        assertThat(walk.beats()).hasSizeGreaterThan(15).allMatch(b -> Math.abs(b.periodNs() - slowNs) < 2_000_000L);
    }

    @Test
    void shouldNotAnswerOnDemandWhilePausedUnlessAskedTo() {
        PolicyWalk walk = new PolicyWalk(new OnDemandPolicy(), STEP_NS).walk(20);
        walk.planner.pause(walk.nowNs);
        walk.stand(1);
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        walk.stand(10);
        assertThat(walk.log.all).isEmpty();
    }

    @Test
    void shouldNeverBeFasterThanBeforeAFreezeEvenIfTheFreezeWasNotAnswered() {
        PolicyWalk walk = new PolicyWalk(new MetronomePolicy(Double.NaN), STEP_NS).walk(30);
        long beforeNs = walk.planner.periodNs();
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        walk.tell(GaitEvent.Kind.FREEZE_OFF);
        walk.planner.tempo(60e9 / 450e6);
        int from = walk.beats().size();
        walk.walk(60);
        assertThat(walk.beats().subList(from, walk.beats().size()))
                .hasSizeGreaterThan(90)
                .allMatch(b -> b.periodNs() >= beforeNs);
        walk.planner.clearCeiling();
        walk.walk(60);
        assertThat(walk.beats().getLast().periodNs()).isCloseTo(450_000_000L, within(1L));
    }

    @Test
    void shouldNeverBeFasterThanTheCadenceBeforeAFreezeWithoutBeats() {
        PolicyWalk walk = new PolicyWalk(new MetronomePolicy(130), STEP_NS);
        walk.planner.pause(0);
        walk.walk(20);
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        walk.planner.start();
        walk.walk(30);
        assertThat(walk.beats()).isNotEmpty().allMatch(b -> b.periodNs() >= Math.round(STEP_NS));
    }

    @Test
    void shouldBeSilencedByStopAndNotAnswerUntilStarted() {
        PolicyWalk walk = frozen(new OnDemandPolicy()).stand(2);
        walk.planner.stop(walk.nowNs);
        assertThat(walk.log.silentAtEnd()).isTrue();
        int then = walk.log.all.size();
        walk.tell(GaitEvent.Kind.FREEZE_OFF);
        walk.walk(10).stand(1);
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        walk.stand(5);
        assertThat(walk.log.all).hasSize(then);
        walk.tell(GaitEvent.Kind.FREEZE_OFF);
        walk.planner.start();
        walk.walk(10).stand(1);
        assertThat(walk.log.all).hasSize(then);
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        walk.stand(2);
        assertThat(walk.log.all.size()).isGreaterThan(then);
    }

    @Test
    void shouldSilenceByRuleAgainAsSoonAsTheAnswerIsOver() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), STEP_NS);
        walk.planner.answerFreezing(true, 0, 8);
        walk.walk(20);
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        walk.tell(GaitEvent.Kind.FREEZE_OFF);
        walk.walk(20);
        assertThat(walk.planner.answering()).isFalse();
        long lastStepNs = walk.steps.getLast();
        walk.stand(5);
        assertThat(walk.log.silences()).hasSize(1);
        assertThat(walk.log.silences().getFirst().decidedNs() - lastStepNs).isBetween(2_000_000_000L, 2_020_000_000L);
    }

    @Test
    void shouldFadeAnAnswerWhenTheSensorsGoBlind() {
        PolicyWalk walk = frozen(new OnDemandPolicy()).stand(1).blind(12);
        assertThat(walk.log.silentAtEnd()).isTrue();
        assertThat(walk.planner.answering()).isFalse();
    }

    @Test
    void shouldNotGuessATempoForAWalkerNeverSeenWalking() {
        PolicyWalk walk = new PolicyWalk(new OnDemandPolicy(), STEP_NS).stand(5);
        walk.tell(GaitEvent.Kind.FREEZE_ON);
        walk.stand(5);
        assertThat(walk.log.all).isEmpty();
    }
}
