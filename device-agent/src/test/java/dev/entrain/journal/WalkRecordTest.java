package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.health.TimingCounts;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
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
    void shouldCopyEveryKind() {
        WalkRecord from = new WalkRecord();
        WalkRecord to = new WalkRecord();
        from.setStep(Foot.RIGHT, 5, 6, 7, 8, 0.9).nearestCue(10, -11);
        to.copyFrom(from);
        assertThat(to).usingRecursiveComparison().isEqualTo(from);
        from.setStride(Foot.LEFT, 1, 2, 3, 4, 0.61, 1.2).strideShape(0.02, 0.15, -0.3, 0.25);
        to.copyFrom(from);
        assertThat(to).usingRecursiveComparison().isEqualTo(from);
        from.setCue(Foot.RIGHT, 1, 2, 3, 4, 5, Voice.ACCENT);
        to.copyFrom(from);
        assertThat(to).usingRecursiveComparison().isEqualTo(from);
        from.setState(1, true, true, 110, 112, 3)
                .footState(Foot.LEFT, 0.9, 1, 2, 3)
                .footState(Foot.RIGHT, 0.4, 5, 6, 7);
        to.copyFrom(from);
        assertThat(to).usingRecursiveComparison().isEqualTo(from);
    }

    @Test
    void shouldKeepAReportOnlyWhileItIsOne() {
        TimingCounts none = new TimingCounts(1_000, 4, new long[2], 0);
        TimingReport report = new TimingReport(
                9,
                1,
                false,
                new TimingReport.Cues(0, 0, 0, 0, 0, 0),
                none,
                none,
                new TimingReport.Breaks(0, 0, 0, 0),
                new TimingReport.Output(
                        TimingReport.OutputState.OPENING, 1, "", null, null, 0, 0, TimingReport.OffsetSource.UNKNOWN),
                -1,
                null,
                null);
        WalkRecord to = new WalkRecord();
        to.copyFrom(new WalkRecord().setTiming(report));
        assertThat(to.timing).isSameAs(report);
        assertThat(to.timeNs).isEqualTo(9);
        to.setSilence(10, 10);
        assertThat(to.timing).isNull();
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
            claim(ring).setState(i, true, true, 110, 112, i).footState(Foot.LEFT, 0.5, i, i, i);
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
