package dev.entrain.cue;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingPerBeatWhateverThePolicy(CueConfig.PolicyName name) {
        long least = Long.MAX_VALUE;
        // The virtual machine itself may allocate once while it compiles; what a policy allocates it allocates each
        // time.
        for (int round = 0; round < 4; round++) {
            long[] beats = new long[1];
            CuePlanner planner =
                    new CuePlanner(CueConfig.DEFAULT.with(name).newPolicy(), new CueLimits(), 0, command -> beats[0]++);
            SteadyWalker walker = new SteadyWalker(planner, 500_000_000L);
            walker.walk(60);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            walker.walk(60);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            assertThat(beats[0] > 100).isEqualTo(name != CueConfig.PolicyName.ON_DEMAND);
        }
        assertThat(least).isZero();
    }
}
