package dev.entrain.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.cue.CueConfig;
import dev.entrain.gait.GaitEvent;
import org.junit.jupiter.api.Test;

/** The rules of a walk without a programme, where nobody may press a button. */
class PlainWalkTest {
    private static final long S = 1_000_000_000L;

    private static HandWalker walking() {
        HandWalker walker = new HandWalker(CueConfig.DEFAULT.newPolicy()).walk(30);
        assertThat(walker.beats).hasSizeGreaterThan(20);
        return walker;
    }

    @Test
    void shouldFallSilentAtANearFallUntilTheWalkerHasWalkedSteadily() {
        HandWalker walker = walking();
        walker.gait(GaitEvent.Kind.NEAR_FALL);
        long fallNs = walker.nowNs;
        assertThat(walker.silencesNs.getLast()).isGreaterThanOrEqualTo(fallNs - S / 50);
        walker.stand(20);
        assertThat(walker.beatsAfter(fallNs)).isZero();
        walker.walk(10);
        assertThat(walker.beatsAfter(fallNs)).isZero();
        walker.walk(8);
        assertThat(walker.beatsAfter(fallNs)).isPositive();
        assertThat(walker.rules()).containsExactly(SafetyRule.NEAR_FALL);
    }

    @Test
    void shouldNotBeStartedByAPressWhileARuleHoldsTheBeat() {
        HandWalker walker = walking();
        walker.gait(GaitEvent.Kind.NEAR_FALL).stand(1).press(Press.SHORT);
        long pressedNs = walker.nowNs;
        walker.walk(60);
        assertThat(walker.beatsAfter(pressedNs)).isZero();
    }

    @Test
    void shouldFallSilentWhenTheWalkerRunsAwayFromTheBeat() {
        HandWalker walker = walking();
        walker.follows = false;
        walker.stepNs = 430_000_000L;
        long fromNs = walker.nowNs;
        walker.walk(6);
        assertThat(walker.rules()).containsExactly(SafetyRule.CADENCE_OVER_CUE);
        assertThat(walker.beatsAfter(fromNs + 5 * S)).isZero();
        walker.walk(20);
        assertThat(walker.beats.getLast().periodNs()).isBetween(420_000_000L, 440_000_000L);
        assertThat(walker.rules()).hasSize(1);
    }

    @Test
    void shouldWaitLongerEachTimeTheWalkerRunsAway() {
        HandWalker walker = new HandWalker(CueConfig.DEFAULT
                .with(CueConfig.PolicyName.METRONOME)
                .withTempo(90)
                .newPolicy());
        walker.follows = false;
        walker.stepNs = 500_000_000L;
        walker.walk(600);
        assertThat(walker.rules()).hasSizeBetween(5, 8).containsOnly(SafetyRule.CADENCE_OVER_CUE);
    }

    @Test
    void shouldNotCueFasterThanBeforeAFreeze() {
        HandWalker walker = walking();
        long beforeNs = walker.beats.getLast().periodNs();
        walker.gait(GaitEvent.Kind.FREEZE_ON).stand(3).gait(GaitEvent.Kind.FREEZE_OFF);
        int heard = walker.beats.size();
        walker.follows = false;
        walker.stepNs = 500_000_000L;
        walker.walk(60);
        assertThat(walker.rules()).contains(SafetyRule.NEVER_FASTER_AFTER_FREEZE);
        assertThat(walker.beats.subList(heard, walker.beats.size()))
                .hasSizeGreaterThan(50)
                .allSatisfy(beat -> assertThat(beat.periodNs()).isGreaterThanOrEqualTo(beforeNs));
    }

    @Test
    void shouldStayStoppedByTheButtonWhoeverWalks() {
        HandWalker walker = walking().press(Press.SHORT);
        int before = walker.beats.size();
        walker.walk(60);
        assertThat(walker.beats).hasSize(before);
        walker.press(Press.SHORT).walk(10);
        assertThat(walker.beats).hasSizeGreaterThan(before);
    }

    @Test
    void shouldStayStoppedByTheAgentAfterARuleHadSilenced() {
        HandWalker walker = walking();
        walker.gait(GaitEvent.Kind.NEAR_FALL);
        walker.core.stop();
        int before = walker.beats.size();
        walker.walk(60);
        assertThat(walker.beats).hasSize(before);
    }

    @Test
    void shouldGoOnWithAnyChargeButNotWithAUnitThatIsAboutToGo() {
        HandWalker walker = walking();
        walker.core.unitBattery(1);
        int before = walker.beats.size();
        walker.walk(10);
        assertThat(walker.beats).hasSizeGreaterThan(before);
        walker.core.unitBattery(0);
        long goingNs = walker.nowNs;
        walker.walk(30);
        assertThat(walker.beatsAfter(goingNs + S / 2)).isZero();
        walker.press(Press.SHORT).walk(10);
        assertThat(walker.beatsAfter(goingNs + S / 2)).isZero();
    }
}
