package dev.entrain.cue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session asks of a planner: thinning, a pause, another policy. */
class PlannerSeamTest {
    private static final double STEP_NS = 500e6;

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "4, 2000"})
    void shouldLetOneInSoManyBeatsSoundOnTheSameGrid(int oneIn, long apartMs) {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), STEP_NS);
        walk.planner.thin(oneIn);
        walk.walk(60);
        List<PlanLog.Entry> beats = walk.beats();
        assertThat(beats.size()).isBetween(55_000 / (int) apartMs - 3, 58_000 / (int) apartMs + 1);
        for (int i = 1; i < beats.size(); i++) {
            assertThat(beats.get(i).cueId()).isEqualTo(i + 1L);
            assertThat(beats.get(i).periodNs()).isBetween(499_000_000L, 501_000_000L);
            assertThat(Math.round((beats.get(i).onsetNs() - beats.get(i - 1).onsetNs()) / 1e6))
                    .isEqualTo(apartMs);
        }
    }

    @Test
    void shouldSendNothingOfThinnedBeatsAndPairNoStepWithThem() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), STEP_NS).walk(20);
        walk.planner.thin(0);
        walk.walk(3);
        int then = walk.log.all.size();
        walk.walk(20);
        assertThat(walk.log.all).hasSize(then);
        assertThat(walk.planner.mode()).isEqualTo(CuePlanner.Mode.CUEING);
        assertThat(walk.planner.asynchrony().match(walk.steps.getLast())).isFalse();
        walk.planner.thin(1);
        walk.walk(20);
        assertThat(walk.log.all.size()).isGreaterThan(then + 60);
        assertThat((walk.beats().getLast().onsetNs() - walk.steps.getFirst()) % 500_000_000L)
                .isZero();
    }

    @Test
    void shouldWithdrawThePlannedBeatAtAPauseAndKeepFinalOnes() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), STEP_NS).walk(20);
        walk.planner.pause(walk.nowNs);
        assertThat(walk.log.all.getLast().kind()).isEqualTo(CueCommand.Kind.WITHDRAW);
        assertThat(walk.log.silences()).isEmpty();
        int then = walk.log.all.size();
        walk.walk(20);
        assertThat(walk.log.all).hasSize(then);
        walk.planner.start();
        walk.walk(10);
        assertThat(walk.beats().getLast().decidedNs()).isGreaterThan(walk.nowNs - 1_000_000_000L);
    }

    @Test
    void shouldTakeAFinalBeatBackWhereAStopFollowsAPause() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), STEP_NS).walk(20);
        while (walk.beats().getLast().onsetNs() < walk.nowNs + 50_000_000L) {
            walk.walk(0.01);
        }
        walk.planner.pause(walk.nowNs);
        walk.planner.stop(walk.nowNs);
        assertThat(walk.log.silentAtEnd()).isTrue();
        walk.planner.pause(walk.nowNs);
        walk.walk(10);
        assertThat(walk.log.silentAtEnd()).isTrue();
    }

    @Test
    void shouldGoOnFromTheLastBeatWithAnotherPolicy() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), STEP_NS);
        walk.walk(10);
        Random random = new Random(4);
        CueConfig.PolicyName[] names = CueConfig.PolicyName.values();
        for (int i = 0; i < 60; i++) {
            CueConfig.PolicyName name = names[random.nextInt(names.length)];
            double tempo = random.nextInt(3) == 0 ? Double.NaN : random.nextDouble(40, 160);
            walk.planner.use(CueConfig.DEFAULT.with(name).withTempo(tempo).newPolicy(), walk.nowNs);
            walk.walk(random.nextDouble() * 8);
        }
        List<PlanLog.Entry> beats = walk.beats();
        assertThat(beats).hasSizeGreaterThan(250);
        for (int i = 1; i < beats.size(); i++) {
            long apartNs = beats.get(i).onsetNs() - beats.get(i - 1).onsetNs();
            assertThat(apartNs).isGreaterThanOrEqualTo(CueLimits.MIN_PERIOD_NS);
            long before = beats.get(i - 1).periodNs();
            long roomNs = (long) (before * CueLimits.SLEW_PER_S * Math.max(before, apartNs) * 1e-9) + 1;
            boolean broke = apartNs > 3_000_000_000L;
            assertThat(broke || Math.abs(beats.get(i).periodNs() - before) <= roomNs)
                    .as("beat %d", i)
                    .isTrue();
        }
    }

    @Test
    void shouldEndTheBeatsWhereTheOtherPolicyIsSilent() {
        PolicyWalk walk = new PolicyWalk(new AdaptivePolicy(), STEP_NS).walk(20);
        walk.planner.use(new OnDemandPolicy(), walk.nowNs);
        int then = walk.log.all.size();
        walk.walk(20);
        assertThat(walk.log.all).hasSize(then);
        assertThat(walk.log.all.getLast().kind()).isEqualTo(CueCommand.Kind.WITHDRAW);
    }

    /** Anything a broken policy may say, by a seed. */
    private record Liar(Random random) implements CuePolicy {
        @Override
        public double irregularity() {
            return random.nextInt(4) == 0 ? Double.NaN : 3 * random.nextGaussian();
        }

        @Override
        public boolean proposeFirst(Walker walker, long earliestNs, Beat out) {
            lie(out, earliestNs);
            return true;
        }

        @Override
        public void takeOver(Walker walker, Beat last) {
            // It listens to nobody.
        }

        @Override
        public void proposeNext(Walker walker, Beat last, Beat out) {
            lie(out, last.gridNs);
        }

        private void lie(Beat out, long aroundNs) {
            out.gridNs = any(aroundNs);
            out.onsetNs = any(aroundNs);
            out.periodNs = any(0);
        }

        private long any(long aroundNs) {
            return switch (random.nextInt(6)) {
                case 0 -> Long.MIN_VALUE;
                case 1 -> Long.MAX_VALUE;
                default -> aroundNs + random.nextLong(-2_000_000_000L, 2_000_000_000L);
            };
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldBoundALyingPolicyOverHours(long seed) {
        PolicyWalk walk = new PolicyWalk(new Liar(new Random(seed)), STEP_NS);
        walk.walk(3 * 3600);
        List<PlanLog.Entry> beats = walk.beats();
        assertThat(beats.size()).as("seed %d", seed).isBetween(3 * 3600 / 2, 3 * 3600 * 3);
        assertThat(walk.mostSlewPerS()).isLessThanOrEqualTo(CueLimits.SLEW_PER_S);
        for (int i = 1; i < beats.size(); i++) {
            PlanLog.Entry beat = beats.get(i);
            long apartNs = beat.onsetNs() - beats.get(i - 1).onsetNs();
            long mostNs = (long) ((1 + 2.1 * CueLimits.MOST_IRREGULARITY) * CueLimits.MAX_PERIOD_NS);
            assertThat(apartNs).isBetween(CueLimits.MIN_PERIOD_NS, mostNs);
            assertThat(beat.periodNs()).isBetween(CueLimits.MIN_PERIOD_NS, CueLimits.MAX_PERIOD_NS);
            assertThat(beat.onsetNs() - beat.decidedNs()).isGreaterThan(CuePlanner.COMMIT_LEAD_NS - 10_000_001L);
        }
    }
}
