package dev.entrain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampleMergeTest {
    private final SlotRing<ImuSample> left = new SlotRing<>(16, ImuSample::new);
    private final SlotRing<ImuSample> right = new SlotRing<>(16, ImuSample::new);
    private final SampleMerge merge = new SampleMerge(left, right);

    private void send(Foot foot, long timeMs) {
        SlotRing<ImuSample> ring = foot == Foot.LEFT ? left : right;
        ImuSample slot = ring.claim();
        if (slot == null) {
            fail("the ring is full");
            return;
        }
        slot.foot = foot;
        slot.timeNs = timeMs * 1_000_000;
        ring.publish();
    }

    private @Nullable Long take(long nowMs) {
        ImuSample sample = merge.peek(nowMs * 1_000_000);
        if (sample == null) {
            return null;
        }
        long timeMs = sample.timeNs / 1_000_000;
        merge.release(sample);
        return timeMs;
    }

    @Test
    void shouldPassBothFeetOnInOrderOfTime() {
        send(Foot.LEFT, 10);
        send(Foot.LEFT, 20);
        send(Foot.RIGHT, 5);
        send(Foot.RIGHT, 15);
        assertThat(take(21)).isEqualTo(5);
        assertThat(take(21)).isEqualTo(10);
        assertThat(take(21)).isEqualTo(15);
        assertThat(take(21)).as("the right foot may still send an earlier one").isNull();
    }

    @Test
    void shouldWaitForTheOtherFootOnlySoLong() {
        send(Foot.LEFT, 10);
        assertThat(take(49)).isNull();
        assertThat(take(50)).isEqualTo(10);
    }

    @Test
    void shouldPassOnALateSample() {
        send(Foot.LEFT, 10);
        assertThat(take(60)).isEqualTo(10);
        send(Foot.RIGHT, 5);
        assertThat(take(60)).isEqualTo(5);
    }
}
