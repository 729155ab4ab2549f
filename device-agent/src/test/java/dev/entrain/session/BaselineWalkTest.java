package dev.entrain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.Turn;
import dev.entrain.sample.Foot;
import org.junit.jupiter.api.Test;

class BaselineWalkTest {
    private static final long MS = 1_000_000L;

    private final BaselineWalk walk = new BaselineWalk();
    private final GaitEvent event = new GaitEvent();
    private Foot foot = Foot.LEFT;
    private long nowNs;

    BaselineWalkTest() {
        walk.reset();
    }

    private void steps(int count, long leftMs, long rightMs) {
        for (int i = 0; i < count; i++) {
            nowNs += (foot == Foot.LEFT ? leftMs : rightMs) * MS;
            walk.onGaitEvent(event.set(GaitEvent.Kind.INITIAL_CONTACT, foot, nowNs, nowNs, 1));
            foot = foot.other();
        }
    }

    @Test
    void shouldTakeStridesSoThatUnequalStepsDoNotCount() {
        steps(41, 700, 500);
        assertThat(walk.cadenceSpm()).isCloseTo(100, within(1e-9));
        assertThat(walk.strides()).isEqualTo(41 - 2 - 4);
    }

    @Test
    void shouldLeaveOutInitiationAndTheLastStrideBeforeAStop() {
        for (int bout = 0; bout < 6; bout++) {
            steps(5, 900, 900);
            steps(3, 500, 500);
            steps(2, 800, 800);
            nowNs += 4_000 * MS;
        }
        steps(1, 900, 900);
        assertThat(walk.cadenceSpm()).isCloseTo(120, within(12.0));
        assertThat(walk.strides()).isEqualTo(6 * (10 - 2 - 4 - 2));
    }

    @Test
    void shouldLeaveOutTurnsAndFreezing() {
        steps(30, 500, 500);
        long turnNs = nowNs;
        steps(12, 800, 800);
        Turn turn = new Turn();
        turn.startNs = turnNs;
        turn.endNs = nowNs;
        walk.onTurn(turn);
        int before = walk.strides();
        assertThat(before).isLessThanOrEqualTo(26);
        assertThat(walk.cadenceSpm()).isCloseTo(120, within(1e-9));
        walk.onGaitEvent(event.set(GaitEvent.Kind.FREEZE_ON, foot, nowNs, nowNs, 1));
        steps(20, 450, 450);
        walk.onGaitEvent(event.set(GaitEvent.Kind.FREEZE_OFF, foot, nowNs, nowNs, 1));
        assertThat(walk.strides()).isLessThanOrEqualTo(before);
    }

    @Test
    void shouldUseTheSecondLook() {
        steps(20, 500, 500);
        long formerNs = nowNs;
        event.set(GaitEvent.Kind.CONTACT_REVISED, foot.other(), nowNs + 60 * MS, nowNs + 100 * MS, 1);
        event.formerNs = formerNs;
        walk.onGaitEvent(event);
        steps(1, 500, 500);
        steps(1, 500, 500);
        assertThat(walk.cadenceSpm()).isCloseTo(120, within(1e-9));
        assertThat(walk.strides()).isEqualTo(22 - 2 - 4);
    }

    @Test
    void shouldKeepOnlyTheNewestStrides() {
        steps(400, 500, 500);
        steps(BaselineWalk.KEPT + 100, 600, 600);
        assertThat(walk.strides()).isEqualTo(BaselineWalk.KEPT);
        assertThat(walk.cadenceSpm()).isCloseTo(100, within(1e-9));
    }

    @Test
    void shouldKnowNothingWithoutSteps() {
        assertThat(walk.cadenceSpm()).isNaN();
        assertThat(walk.speedMps()).isNaN();
        assertThat(walk.strides()).isZero();
    }
}
