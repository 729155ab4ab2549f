package dev.entrain.cue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metronome, adaptive and step-locked policy: their equations against a computation of their own. */
class PolicyLawsTest {
    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double sd(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    private static double most(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    @Test
    void shouldBeExactAgainOnANewTempoAfterTheSlew() {
        PolicyWalk walk = new PolicyWalk(new MetronomePolicy(97), 590e6).walk(30);
        walk.planner.tempo(103);
        walk.walk(120);
        assertThat(walk.mostSlewPerS()).isLessThanOrEqualTo(CueLimits.SLEW_PER_S);
        int slewed = 0;
        while (Math.abs(walk.beats().get(slewed).periodNs() - 60e9 / 103) > 1) {
            slewed++;
        }
        long t0 = walk.beats().get(slewed).onsetNs();
        int n = 0;
        for (PlanLog.Entry beat : walk.beats().subList(slewed, walk.beats().size())) {
            assertThat(beat.onsetNs())
                    .isBetween(t0 + (long) (n * (60e9 / 103)) - 1, t0 + (long) (n * (60e9 / 103)) + 1);
            n++;
        }
        assertThat(n).isGreaterThan(190);
    }

    @Test
    void shouldKeepTheWalkersOwnCadenceFromWhenTheBeatsBegan() {
        PolicyWalk walk = new PolicyWalk(new MetronomePolicy(Double.NaN), 550e6).walk(20);
        walk.stepNs = 600e6;
        walk.walk(60);
        assertThat(walk.beats()).allMatch(b -> Math.abs(b.periodNs() - 550_000_000L) <= 1);
        walk.planner.tempo(Double.NaN);
        walk.walk(60);
        assertThat(walk.beats().getLast().periodNs()).isEqualTo(600_000_000L);
        assertThat(walk.mostSlewPerS()).isLessThanOrEqualTo(CueLimits.SLEW_PER_S);
    }

    /** The discrete equations themselves, iterated apart from any planner. */
    @ParameterizedTest
    @CsvSource({"0.25, 0.25", "0.5, 0.1", "0.25, 0"})
    void shouldFollowTheDiscreteEquations(double alpha, double beta) {
        AdaptivePolicy policy = new AdaptivePolicy(alpha, beta, 0, Double.NaN);
        Walker walker = new Walker();
        Contacts contacts = new Contacts(walker);
        double ioi = 600e6;
        for (int i = 0; i < 12; i++) {
            contacts.step(ioi);
        }
        Beat beat = new Beat().even(contacts.timeNs - 300_000L, 600_500_000L, contacts.foot.other());
        policy.takeOver(walker, beat);
        double period = 600.5e6;
        // Small errors, so that braking does not yet count; beyond +20 ms no asynchrony is natural, so the goal is 20
        // ms.
        double a = -22e6;
        beat.gridNs = contacts.timeNs + Math.round(a);
        Beat next = new Beat();
        // Seven beats: with the 16th asynchrony the walker's own would be known.
        for (int n = 0; n < 7; n++) {
            policy.onStep(walker, true, Math.round(-a));
            policy.onStep(walker, true, Math.round(-a));
            // Both feet of the pair were told the same, and the period corrected twice.
            period -= beta * (period - ioi);
            period -= beta * (period - ioi);
            double error = Math.max(-a - 20e6, 0);
            policy.proposeNext(walker, beat, next);
            assertThat(next.gridNs - beat.gridNs).isCloseTo(Math.round(period + alpha * error), within(2L));
            a = a + alpha * error + period - ioi;
            beat.copyFrom(next);
            contacts.step(ioi);
        }
    }

    @Test
    void shouldMeetADeafWalkerWithinThirtyBeatsOfAChangeOfPace() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), 600e6).walk(60);
        walk.stepNs = 570e6;
        long changedNs = walk.nowNs;
        walk.walk(60);
        assertThat(walk.mostSlewPerS()).isLessThanOrEqualTo(CueLimits.SLEW_PER_S);
        double[] after = walk.asynchroniesNs(changedNs + 18_000_000_000L);
        assertThat(sd(after)).isLessThan(5e6);
        assertThat(mean(after)).isBetween(-30e6, 30e6);
        assertThat(walk.beats().getLast().periodNs()).isCloseTo(570_000_000L, within(500_000L));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-180e6, -120e6, -50e6, 10e6})
    void shouldLeaveEachWalkerHisNaturalAsynchronyWithoutSpeedingUp(double naturalNs) {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), 600e6);
        walk.phaseGain = 0.3;
        walk.periodGain = 0.05;
        walk.naturalNs = naturalNs;
        walk.noiseNs = 3e6;
        walk.walk(300);
        double[] late = walk.asynchroniesNs(100_000_000_000L);
        assertThat(mean(late)).isCloseTo(naturalNs, within(12e6));
        // The first beat falls on his step, so he hurries until he is where he wants to be; then no more.
        int half = walk.beats().size() / 2;
        double halfway = walk.beats().get(half).periodNs();
        assertThat(walk.beats()).allMatch(b -> Math.abs(b.periodNs() - 600e6) < 0.09 * 600e6);
        assertThat(walk.beats().subList(half, walk.beats().size()))
                .allMatch(b -> Math.abs(b.periodNs() - halfway) < 0.04 * halfway);
    }

    @Test
    void shouldPlaceTheBeatsBetweenTheStepsOfAnAsymmetricWalkerWithoutFollowingEach() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), 700e6);
        walk.asymmetry = 0.2;
        walk.walk(180);
        var late = walk.beats().subList(walk.beats().size() - 60, walk.beats().size());
        assertThat(late).allMatch(b -> Math.abs(b.periodNs() - 700e6) < 2e6);
    }

    @Test
    void shouldRaiseTheCadenceOfAWalkerByAPhaseLeadButNotWithoutBound() {
        double[] cadenceNs = new double[3];
        double[] leads = {-40, 0, 40};
        for (int i = 0; i < leads.length; i++) {
            PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(0.25, 0.25, leads[i], Double.NaN), 600e6);
            walk.phaseGain = 0.3;
            walk.periodGain = 0.05;
            walk.naturalNs = -50e6;
            walk.walk(600);
            cadenceNs[i] = walk.stepNs;
        }
        assertThat(cadenceNs[1]).isCloseTo(600e6, within(24e6));
        assertThat(cadenceNs[2]).isBetween(530e6, cadenceNs[1] - 20e6);
        assertThat(cadenceNs[0]).isBetween(cadenceNs[1] + 20e6, 670e6);
    }

    @Test
    void shouldKeepAPrescribedTempoAndStillMeetTheWalker() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(0.25, 0.25, 0, 60e9 / 588e6), 600e6);
        walk.phaseGain = 0.3;
        walk.periodGain = 0.05;
        walk.naturalNs = -50e6;
        walk.walk(200);
        assertThat(walk.stepNs).isCloseTo(588e6, within(4e6));
        assertThat(walk.beats().getLast().periodNs()).isCloseTo(588_000_000L, within(4_000_000L));
        assertThat(sd(walk.asynchroniesNs(100_000_000_000L))).isLessThan(15e6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.2})
    void shouldSoundAtThePredictedContactOfAnAsymmetricWalker(double asymmetry) {
        PolicyWalk walk = new PolicyWalk(new StepLockedPolicy(), 650e6);
        walk.asymmetry = asymmetry;
        walk.walk(120);
        double[] late = walk.asynchroniesNs(30_000_000_000L);
        assertThat(late).hasSizeGreaterThan(100);
        assertThat(most(late)).isLessThan(1e6);
        assertThat(walk.mostSlewPerS()).isLessThanOrEqualTo(CueLimits.SLEW_PER_S);
        assertThat(walk.beats()).allMatch(b -> b.onsetNs() - b.decidedNs() >= CuePlanner.COMMIT_LEAD_NS - 10_000_000L);
    }

    @Test
    void shouldComeBackToTheStepsOfAWalkerWhoChangesPace() {
        PolicyWalk walk = new PolicyWalk(new StepLockedPolicy(), 600e6).walk(60);
        walk.stepNs = 540e6;
        long changedNs = walk.nowNs;
        walk.walk(60);
        assertThat(walk.mostSlewPerS()).isLessThanOrEqualTo(CueLimits.SLEW_PER_S);
        assertThat(most(walk.asynchroniesNs(changedNs + 30_000_000_000L))).isLessThan(1e6);
    }

    @Test
    void shouldBeginEachBoutWhereTheWalkerPutHisStepsInTheOneBefore() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), 600e6);
        walk.phaseGain = 0.3;
        walk.naturalNs = -60e6;
        walk.walk(60).stand(10);
        int first = walk.beats().size();
        long standNs = walk.nowNs;
        walk.walk(30);
        assertThat(walk.beats().size() - first).isGreaterThan(38);
        assertThat(mean(walk.asynchroniesNs(standNs + 5_000_000_000L))).isBetween(-70e6, -10e6);
    }
}
