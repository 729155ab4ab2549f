package dev.entrain.cuetest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.time.NanoClock;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BlameTest {
    private static final long MS = 1_000_000L;
    private static final long SLACK_NS = 37 * MS;

    private final Counters counters = new Counters();
    private final HostStalls stalls = new HostStalls(NanoClock.SYSTEM);
    private final Blame blame = new Blame(counters, stalls);

    @Test
    void shouldBlameTheMachineForAnUnderrunWhileItStoodStillForLongerThanTheBuffer() {
        stalls.stalled(51 * MS, 1_000 * MS);
        counters.increment(Counter.UNDERRUNS);
        blame.look(1_010 * MS, SLACK_NS);
        counters.increment(Counter.CUES_LATE);
        blame.look(1_200 * MS, SLACK_NS);

        assertThat(blame.machineUnderruns()).isEqualTo(1);
        assertThat(blame.machineLate()).isEqualTo(1);
    }

    @Test
    void shouldBlameNobodyElseForAnUnderrunOfOurOwn() {
        stalls.stalled(20 * MS, 1_000 * MS); // Too short for the buffer.
        stalls.stalled(80 * MS, 400 * MS); // Too long ago.
        counters.increment(Counter.UNDERRUNS);
        counters.increment(Counter.CUES_LATE);
        blame.look(1_010 * MS, SLACK_NS);

        assertThat(blame.machineUnderruns()).isZero();
        assertThat(blame.machineLate()).isZero();
    }

    @Test
    void shouldNotExcuseWhatIsLostLongAfterTheMachineStoodStill() {
        stalls.stalled(51 * MS, 1_000 * MS);
        counters.increment(Counter.UNDERRUNS);
        blame.look(1_010 * MS, SLACK_NS);
        counters.increment(Counter.CUES_LATE);
        blame.look(1_700 * MS, SLACK_NS);

        assertThat(blame.machineLate()).isZero();
    }

    @Test
    @Timeout(30)
    void shouldWatchWithoutAllocating() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        AtomicLong watcher = new AtomicLong();
        stalls.start(() -> watcher.set(Thread.currentThread().threadId()));
        long warmed = await(1_000);
        long before = threads.getThreadAllocatedBytes(watcher.get());
        long ended = await(warmed + 500);
        long bytes = threads.getThreadAllocatedBytes(watcher.get()) - before;
        stalls.close();

        assertThat(bytes).isLessThan(ended - warmed); // Not a byte a tick; the timer itself allocates nothing.
    }

    private long await(long ticks) {
        for (int i = 0; i < 2_000 && ticks() < ticks; i++) {
            LockSupport.parkNanos(10 * MS);
        }
        return ticks();
    }

    private long ticks() {
        return stalls.machine().count() + stalls.process().count();
    }
}
