package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.noise.SeededNoise;
import org.junit.jupiter.api.Test;

class MusicRewardTest {
    private static final long STEP_NS = 550_000_000L;
    private static final double STEP_S = 0.55;

    private final MusicReward reward = new MusicReward(true);
    private long nowNs;

    private void walk(double seconds, boolean known, boolean locked) {
        for (int i = 0; i < seconds / STEP_S; i++) {
            nowNs += STEP_NS;
            reward.step(nowNs, known, locked);
        }
    }

    @Test
    void shouldPlayAllOfItWhereNoRewardIsPrescribed() {
        MusicReward without = new MusicReward(false);
        without.step(STEP_NS, true, false);
        assertThat(without.open()).isEqualTo(1);
    }

    @Test
    void shouldOpenWhileInStepAndThinWhenNot() {
        walk(30, true, true);
        assertThat(reward.open()).isEqualTo(1);
        walk(30, true, false);
        assertThat(reward.open()).isEqualTo(MusicReward.LEAST);
    }

    @Test
    void shouldTakeAtLeastFourSecondsFromEndToEnd() {
        walk(5, true, true);
        assertThat(reward.open()).isLessThan(0.7);
        walk(3, true, true);
        assertThat(reward.open()).isLessThan(1);
        walk(30, true, true);
        double full = reward.open();
        walk(10, true, false);
        assertThat(full - reward.open()).isLessThan(0.6 * 4 / 6);
    }

    @Test
    void shouldNotFlutterWithALockThatComesAndGoes() {
        walk(30, true, true);
        double least = 1;
        for (int i = 0; i < 20; i++) {
            walk(6, true, false);
            least = Math.min(least, reward.open());
            walk(3, true, true);
        }
        assertThat(least).isEqualTo(1);
    }

    @Test
    void shouldStayWhereItIsWhileNobodyKnowsOrSteps() {
        walk(8, true, true);
        walk(30, true, true);
        double open = reward.open();
        nowNs += 60_000_000_000L;
        reward.step(nowNs, true, false);
        walk(5, false, false);
        assertThat(reward.open()).isCloseTo(open, within(1e-9));
    }

    @Test
    void shouldAlwaysKeepAListenableRestAndNeverLeap() {
        SeededNoise random = new SeededNoise(4, 0);
        double before = reward.open();
        for (int i = 0; i < 10_000; i++) {
            long sinceNs = (long) random.uniform(1e8, 3e9);
            nowNs += sinceNs;
            reward.step(nowNs, random.uniform() < 0.9, random.uniform() < 0.6);
            assertThat(reward.open()).isBetween(MusicReward.LEAST, 1.0);
            assertThat(Math.abs(reward.open() - before)).isLessThanOrEqualTo(0.15 * sinceNs * 1e-9);
            before = reward.open();
        }
    }
}
