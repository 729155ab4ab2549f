package dev.entrain.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SlotRingTest {
    private static final class Slot {
        long value;
    }

    @Test
    void shouldRefuseAndCountWhenFull() {
        SlotRing<Slot> ring = new SlotRing<>(4, Slot::new);
        for (int i = 0; i < 4; i++) {
            assertThat(ring.claim()).isNotNull();
            ring.publish();
        }
        assertThat(ring.claim()).isNull();
        assertThat(ring.refused()).isEqualTo(1);
        assertThat(ring.size()).isEqualTo(4);
        ring.release();
        assertThat(ring.claim()).isNotNull();
    }

    @Test
    void shouldRefuseACapacityThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> new SlotRing<>(6, Slot::new)).hasMessageContaining("not 6");
    }

    @Test
    @Timeout(60)
    void shouldPassEveryValueInOrderBetweenTwoThreads() throws InterruptedException {
        SlotRing<Slot> ring = new SlotRing<>(64, Slot::new);
        long total = 1_000_000;
        Thread producer = Thread.ofPlatform().daemon().start(() -> {
            for (long i = 0; i < total; ) {
                Slot slot = ring.claim();
                if (slot == null) {
                    LockSupport.parkNanos(1);
                } else {
                    slot.value = i++;
                    ring.publish();
                }
            }
        });
        for (long expected = 0; expected < total; ) {
            Slot slot = ring.peek();
            if (slot == null) {
                LockSupport.parkNanos(1);
            } else {
                assertThat(slot.value).isEqualTo(expected++);
                ring.release();
            }
        }
        producer.join();
        assertThat(ring.peek()).isNull();
    }
}
