package dev.entrain.cue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CuePlannerTest {
    private final PlanLog log = new PlanLog();
    private CuePlanner planner = new CuePlanner(new AdaptivePolicy(), new CueLimits(), 0, log);

    private SteadyWalker walker(CuePolicy policy, long stepNs) {
        planner = new CuePlanner(policy, new CueLimits(), 0, log);
        return new SteadyWalker(planner, stepNs);
    }

    @ParameterizedTest
    @ValueSource(longs = {400_000_000L, 550_000_000L, 1_200_000_000L})
    void shouldPlaceBeatsOnTheStepsOfASteadyWalker(long stepNs) {
        SteadyWalker walker = walker(new AdaptivePolicy(), stepNs);
        walker.walk(60);
        assertThat(log.commits).hasSizeGreaterThan((int) (60e9 / stepNs) - 10);
        for (PlanLog.Entry beat : log.commits) {
            long sinceStep = Math.floorMod(beat.onsetNs() - 500_000_000L, stepNs);
            assertThat(Math.min(sinceStep, stepNs - sinceStep)).isLessThan(1_000_000L);
        }
    }

    @Test
    void shouldPlaceMetronomeBeatNAtT0PlusNT() {
        SteadyWalker walker = walker(new MetronomePolicy(97), 590_000_000L);
        walker.walk(120);
        long firstNs = log.commits.getFirst().onsetNs();
        for (int n = 0; n < log.commits.size(); n++) {
            assertThat(log.commits.get(n).onsetNs()).isEqualTo(firstNs + Math.round(n * (60e9 / 97)));
        }
        assertThat(log.commits).hasSizeGreaterThan(180);
    }

    @Test
    void shouldMakeEachBeatFinalOnceAndAheadOfTime() {
        walker(new AdaptivePolicy(), 500_000_000L).walk(60);
        long id = 0;
        for (PlanLog.Entry beat : log.commits) {
            assertThat(beat.cueId()).isEqualTo(++id);
            assertThat(beat.onsetNs() - beat.decidedNs())
                    .isBetween(CuePlanner.COMMIT_LEAD_NS - 10_000_000L, CuePlanner.COMMIT_LEAD_NS);
        }
    }

    @Test
    void shouldMakeEachBeatFinalEarlierForALateOutput() {
        planner = new CuePlanner(new AdaptivePolicy(), new CueLimits(), 300_000_000L, log);
        new SteadyWalker(planner, 500_000_000L).walk(60);
        assertThat(log.commits).hasSizeGreaterThan(90);
        for (PlanLog.Entry beat : log.commits) {
            assertThat(beat.onsetNs() - beat.decidedNs())
                    .isBetween(CuePlanner.COMMIT_LEAD_NS + 290_000_000L, CuePlanner.COMMIT_LEAD_NS + 300_000_000L);
        }
    }

    @Test
    void shouldForgetTheStridesOfAnEarlierBout() {
        SteadyWalker walker = walker(new AdaptivePolicy(), 500_000_000L);
        for (int bout = 0; bout < 6; bout++) {
            walker.walk(1.6);
            walker.stand(20);
        }
        assertThat(log.all).isEmpty();
    }

    @Test
    void shouldFollowAFasterWalkWithoutAJump() {
        SteadyWalker walker = walker(new AdaptivePolicy(), 600_000_000L);
        walker.walk(20);
        walker.stepNs = 540_000_000L;
        walker.walk(60);
        for (int i = 1; i < log.commits.size(); i++) {
            long before = log.commits.get(i - 1).periodNs();
            long change = Math.abs(log.commits.get(i).periodNs() - before);
            assertThat(change).isLessThanOrEqualTo(CueLimits.slewNs(before));
        }
        assertThat(log.commits.getLast().periodNs()).isBetween(539_000_000L, 541_000_000L);
        assertThat(planner.asynchrony().match(walker.nextStepNs - walker.stepNs))
                .isTrue();
        assertThat(planner.asynchrony().asynchronyNs(walker.nextStepNs - walker.stepNs))
                .isBetween(-90_000_000L, 30_000_000L);
    }

    @Test
    void shouldFallSilentWhenNoStepComes() {
        SteadyWalker walker = walker(new AdaptivePolicy(), 500_000_000L);
        walker.walk(20);
        long lastStepNs = walker.nextStepNs - walker.stepNs;
        walker.stand(10);
        assertThat(log.silences()).hasSize(1);
        assertThat(log.silentAtEnd()).isTrue();
        assertThat(log.silences().getFirst().decidedNs() - lastStepNs).isBetween(2_000_000_000L, 2_020_000_000L);
    }

    @Test
    void shouldCueAgainWhenWalkingGoesOn() {
        SteadyWalker walker = walker(new AdaptivePolicy(), 500_000_000L);
        walker.walk(20);
        walker.stand(10);
        int before = log.commits.size();
        walker.walk(20);
        assertThat(log.commits).hasSizeGreaterThan(before + 25);
    }

    @Test
    void shouldHoldTheTempoThenFadeWhenSensorsAreSilent() {
        SteadyWalker walker = walker(new AdaptivePolicy(), 500_000_000L);
        walker.walk(20);
        int before = log.commits.size();
        walker.loseSensors(12);
        var held = log.commits.subList(before, log.commits.size());
        assertThat(held.size()).isBetween(14, 17);
        assertThat(held).allMatch(b -> Math.abs(b.periodNs() - 500_000_000L) < 1_000);
        assertThat(held.stream().filter(b -> b.gain() == 1f).count()).isBetween(9L, 11L);
        for (int i = 1; i < held.size(); i++) {
            assertThat(held.get(i).gain()).isLessThanOrEqualTo(held.get(i - 1).gain());
        }
        assertThat(held.getLast().gain()).isLessThan(0.2f);
        assertThat(log.silentAtEnd()).isTrue();
    }

    @Test
    void shouldKeepTheTempoWhenStepsComeBackAfterAGap() {
        SteadyWalker walker = walker(new AdaptivePolicy(), 500_000_000L);
        walker.walk(20);
        walker.loseSensors(4);
        walker.walk(20);
        assertThat(log.silences()).isEmpty();
        assertThat(log.commits).allMatch(beat -> Math.abs(beat.periodNs() - 500_000_000L) < 1_000);
        assertThat(log.commits).hasSizeGreaterThan(75);
    }

    @Test
    void shouldGrowBackGentlyAfterAFade() {
        SteadyWalker walker = walker(new AdaptivePolicy(), 500_000_000L);
        walker.walk(20);
        walker.loseSensors(7);
        int before = log.commits.size();
        walker.walk(10);
        for (int i = before; i < log.commits.size(); i++) {
            assertThat(log.commits.get(i).gain() - log.commits.get(i - 1).gain())
                    .isLessThanOrEqualTo(0.2501f);
        }
        assertThat(log.commits.getLast().gain()).isEqualTo(1f);
    }

    @Test
    void shouldNeverCueAfterStopUntilStarted() {
        SteadyWalker walker = walker(new AdaptivePolicy(), 500_000_000L);
        walker.walk(20);
        planner.stop(walker.nowNs);
        int after = log.all.size();
        assertThat(log.silentAtEnd()).isTrue();
        walker.walk(20);
        assertThat(log.all).hasSize(after);
        planner.start();
        walker.walk(20);
        assertThat(log.commits.getLast().decidedNs()).isGreaterThan(walker.nowNs - 1_000_000_000L);
    }

    @Test
    void shouldStaySilentForAnIsolatedStep() {
        SteadyWalker walker = walker(new AdaptivePolicy(), 500_000_000L);
        walker.walk(1.2);
        walker.stand(10);
        assertThat(log.all).isEmpty();
    }
}
