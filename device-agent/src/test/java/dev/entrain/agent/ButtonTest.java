package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.entrain.config.ConfigException;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.cue.CueCommand;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.health.Counters;
import dev.entrain.journal.WalkRecord;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.pipeline.StepReport;
import dev.entrain.ring.SlotRing;
import dev.entrain.session.Press;
import dev.entrain.session.SessionEngine;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ButtonTest {
    private static final long MS = 1_000_000L;

    private final SlotRing<WalkRecord> kept = new SlotRing<>(1024, WalkRecord::new);
    private final FactFeed feed = new FactFeed(kept, new Counters());
    private final LiveStatus status = new LiveStatus();
    private final ControlCore core = core();
    private final Button button = new Button(core);
    private long nowMs;

    private ControlCore core() {
        LiveSink sink =
                new LiveSink(new SlotRing<>(1024, CueCommand::new), feed, new Counters(), status, MusicSteps.none());
        try {
            ControlCore made = new ControlCore(new PairTracker(), ProgrammeFile.preset("healthy"), null, 0, sink);
            made.advanceTo(0);
            return made;
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets cycles pass. */
    private void until(long ms) {
        for (; nowMs <= ms; nowMs += 2) {
            core.advanceTo(nowMs * MS);
            button.take(nowMs * MS);
        }
    }

    private SessionEngine.Mode mode() {
        return Objects.requireNonNull(core.session()).mode();
    }

    @Test
    void shouldStopInTheCycleThatSeesTheEdge() {
        button.press(Press.SHORT);
        until(1000);
        assertThat(mode()).isEqualTo(SessionEngine.Mode.RUNNING);
        button.edge(true, 1001 * MS);
        until(nowMs);
        assertThat(mode()).isEqualTo(SessionEngine.Mode.PAUSED);
    }

    @Test
    void shouldOnlyEverStopWhenThePatientHammersAtTheButton() {
        button.press(Press.SHORT);
        until(1000);
        for (int i = 0; i < 20; i++) {
            button.edge(true, (1000 + 200 * i) * MS);
            button.edge(false, (1080 + 200 * i) * MS);
            until(1000 + 200 * i + 190);
            assertThat(mode()).as("press %d", i).isEqualTo(SessionEngine.Mode.PAUSED);
        }
        until(9000);
        assertThat(mode()).isEqualTo(SessionEngine.Mode.PAUSED);
    }

    @Test
    void shouldWaitForAnEdgeThatIsStillToCome() {
        button.edge(true, 500 * MS);
        button.edge(false, 540 * MS);
        until(400);
        assertThat(mode()).isEqualTo(SessionEngine.Mode.WAITING);
        until(1100);
        assertThat(mode()).isEqualTo(SessionEngine.Mode.RUNNING);
    }

    @Test
    void shouldEndWhenHeld() {
        button.press(Press.SHORT);
        until(1000);
        button.edge(true, 1000 * MS);
        until(3100);
        assertThat(mode()).isEqualTo(SessionEngine.Mode.ENDED);
    }

    @Test
    void shouldAllocateNothingPerCycle() {
        button.press(Press.SHORT);
        until(1000);
        SessionEngine session = Objects.requireNonNull(core.session());
        StepReport step = new StepReport();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // The virtual machine may allocate once while it compiles; what a cycle allocates it allocates each time.
        for (int round = 0; round < 4; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                button.edge(i % 2 == 0, nowMs * MS);
                button.take(nowMs * MS);
                status.session().look(session, nowMs * MS);
                feed.step(step);
                while (kept.peek() != null) {
                    kept.release();
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
