package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.config.GoalConfig;
import dev.entrain.cue.Prompt;
import dev.entrain.entrainment.LockDetector;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.sample.Foot;
import org.junit.jupiter.api.Test;

class GoalCountTest {
    private static final long STEP_NS = 500_000_000L;

    private long nowNs = 1;

    private void walk(GoalCount count, int steps) {
        for (int i = 0; i < steps; i++) {
            nowNs += STEP_NS;
            count.step(nowNs);
        }
    }

    @Test
    void shouldCountMinutesOfWalkingAndNotOfStanding() {
        GoalCount count = new GoalCount(new GoalConfig(1, 0, 0));
        walk(count, 60);
        nowNs += 300_000_000_000L;
        walk(count, 60);
        assertThat(count.reached()).isFalse();
        walk(count, 3);
        assertThat(count.reached()).isTrue();
    }

    @Test
    void shouldCountTheWayOfEitherFootAndNotOfBothTogether() {
        GoalCount count = new GoalCount(new GoalConfig(0, 10, 0));
        for (int i = 0; i < 9; i++) {
            count.stride(Foot.LEFT, 1);
            count.stride(Foot.RIGHT, 1);
            count.stride(Foot.RIGHT, Double.NaN);
        }
        assertThat(count.reached()).isFalse();
        count.stride(Foot.RIGHT, 1);
        assertThat(count.reached()).isTrue();
    }

    @Test
    void shouldWantEveryGoal() {
        GoalCount count = new GoalCount(new GoalConfig(1, 10, 2));
        walk(count, 200);
        assertThat(count.reached()).isFalse();
        count.stride(Foot.LEFT, 11);
        assertThat(count.reached()).isTrue();
        assertThat(count.songsReached()).isFalse();
        count.songs(2);
        assertThat(count.songsReached()).isTrue();
    }

    @Test
    void shouldBeginAnewWithASessionAndAfterALongRest() {
        GoalCount count = new GoalCount(new GoalConfig(1, 0, 1));
        count.songs(1);
        walk(count, 200);
        count.reset();
        assertThat(count.reached()).isFalse();
        assertThat(count.songsReached()).isFalse();
        walk(count, 200);
        nowNs += 601_000_000_000L;
        assertThat(count.step(nowNs)).isTrue();
        assertThat(count.reached()).isFalse();
    }

    @Test
    void shouldKnowNoGoalWhereNoneIsSet() {
        GoalCount count = new GoalCount(GoalConfig.NONE);
        walk(count, 10_000);
        count.songs(99);
        assertThat(count.reached()).isFalse();
        assertThat(count.songsReached()).isFalse();
    }

    @Test
    void shouldTellWhatIsReachedOnceAndNothingOfWhatIsNot() {
        MusicSteps steps = new MusicSteps(null, false, new GoalConfig(0, 5, 1));
        LockDetector lock = new LockDetector();
        steps.step(STEP_NS, lock);
        assertThat(steps.news()).isNull();
        StrideEstimate stride = new StrideEstimate();
        stride.lengthM = 6;
        steps.stride(stride);
        assertThat(steps.news()).isEqualTo(Prompt.GOAL_REACHED);
        assertThat(steps.news()).isNull();
        steps.begin();
        assertThat(steps.news()).isNull();
    }
}
