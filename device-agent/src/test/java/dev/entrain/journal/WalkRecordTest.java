package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SessionState;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WalkRecordTest {
    @Test
    void shouldFillRingWithoutAllocating() {
        SlotRing<WalkRecord> ring = new SlotRing<>(64, WalkRecord::new);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // The virtual machine may allocate once while it compiles; what filling allocates it allocates each time.
        for (int round = 0; round < 4; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            fill(ring, 20_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    @Test
    void shouldKeepAStateForARestartOnlyWhileItIsOne() {
        WalkRecord record = new WalkRecord();
        SessionState state = new SessionState("p", 1, 0, 0, Double.NaN, Double.NaN, 0, true, 0, 0, 0);
        assertThat(record.setState(state, 9).state).isSameAs(state);
        assertThat(record.setSilence(10, 10).state).isNull();
    }

    @Test
    void shouldCopyEverythingOfALiveState() {
        LiveState from = new LiveState()
                .begin(5)
                .walk(true, true)
                .rhythm(110, 112, 3, -20)
                .inSession("s1", 2, Block.Kind.MATCH, 112, true)
                .recorded(4, 5, 6);
        from.unitBattery(70, 3.9, true);
        from.lock = LiveState.Lock.LOCKED;
        for (Foot foot : Foot.values()) {
            from.foot(foot).phase = 0.5;
            from.foot(foot).phaseTimeNs = 8;
            from.foot(foot).lastContactNs = 7;
            from.foot(foot).sensorGapNs = 6;
            from.foot(foot).batteryPercent = 80;
            from.foot(foot).lossPct = 1.5;
        }
        LiveState to = new LiveState();
        to.copyFrom(from);
        assertThat(to).usingRecursiveComparison().isEqualTo(from);
        assertThat(to.blockWord()).isEqualTo("match");
        assertThat(to.begin(6).session).isNull();
    }

    @Test
    void shouldForgetTheCueOfTheStepBefore() {
        WalkRecord record = new WalkRecord();
        record.setStep(Foot.LEFT, 1, 1, 1, 1, 1).nearestCue(4, 5);
        record.setStep(Foot.LEFT, 2, 2, 2, 2, 1);
        assertThat(record.cueId).isZero();
        assertThat(record.asynchronyNs).isEqualTo(WalkRecord.NONE);
    }

    private static void fill(SlotRing<WalkRecord> ring, int rounds) {
        for (int i = 0; i < rounds; i++) {
            claim(ring).setStep(Foot.LEFT, i, i, i, 110, 1).nearestCue(i, -i);
            ring.publish();
            claim(ring).setRevised(Foot.LEFT, i, i, i);
            ring.publish();
            ring.peek();
            ring.release();
            ring.peek();
            ring.release();
        }
    }

    private static WalkRecord claim(SlotRing<WalkRecord> ring) {
        return Objects.requireNonNull(ring.claim());
    }
}
