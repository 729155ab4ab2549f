package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.session.Press;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PressReaderTest {
    private static final long MS = 1_000_000L;

    private final List<String> told = new ArrayList<>();
    private long nowMs;
    private final PressReader reader = new PressReader(press -> told.add(press + "@" + nowMs));

    /** Lets time pass in the steps of the control loop. */
    private void until(long ms, boolean running) {
        for (; nowMs < ms; nowMs += 2) {
            reader.advance(nowMs * MS, running);
        }
    }

    private void edge(boolean down, long ms, boolean running) {
        until(ms, running);
        nowMs = ms;
        reader.edge(down, ms * MS, running);
    }

    @Test
    void shouldStopOnTheFirstEdgeDownWhileRunning() {
        edge(true, 1000, true);
        assertThat(told).containsExactly("SHORT@1000");
        edge(false, 1100, false);
        until(4000, false);
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldStartOnlyWhenItIsClearThatNothingElseWasMeant() {
        edge(true, 1000, false);
        edge(false, 1100, false);
        until(1500, false);
        assertThat(told).isEmpty();
        until(1600, false);
        assertThat(told).containsExactly("SHORT@1502");
    }

    @Test
    void shouldAddADoubleToTheStopAndSayNothingMoreInTheSameFlurry() {
        edge(true, 1000, true);
        for (long ms = 1100; ms <= 2300; ms += 300) {
            edge(false, ms, false);
            edge(true, ms + 150, false);
        }
        edge(false, 2500, false);
        until(6000, false);
        assertThat(told).containsExactly("SHORT@1000", "DOUBLE@1250");
    }

    @Test
    void shouldTellADoubleAloneWhenStopped() {
        edge(true, 1000, false);
        edge(false, 1100, false);
        edge(true, 1400, false);
        edge(false, 1500, false);
        until(4000, false);
        assertThat(told).containsExactly("DOUBLE@1400");
    }

    @Test
    void shouldAddALongToTheStopOnceWhileHeld() {
        edge(true, 1000, true);
        until(9000, false);
        edge(false, 9000, false);
        until(12_000, false);
        assertThat(told).containsExactly("SHORT@1000", "LONG@3000");
    }

    @Test
    void shouldNotStartBeforeALongPressWhenStopped() {
        edge(true, 1000, false);
        until(5000, false);
        edge(false, 5000, false);
        until(8000, false);
        assertThat(told).containsExactly("LONG@3000");
    }

    @Test
    void shouldStartAfterAPressThatIsNeitherShortNorLong() {
        edge(true, 1000, false);
        edge(false, 2200, false);
        until(4000, false);
        assertThat(told).containsExactly("SHORT@2200");
    }

    @Test
    void shouldIgnoreBounceAndStillSeeWhereItCameToRest() {
        edge(true, 1000, true);
        edge(false, 1003, false);
        edge(true, 1005, false);
        edge(false, 1009, false);
        until(3500, false);
        edge(true, 4000, false);
        edge(false, 4002, false);
        edge(true, 4004, false);
        until(6100, false);
        // First a tap of 9 ms that bounced, then a press that bounced and was held.
        assertThat(told).containsExactly("SHORT@1000", Press.LONG + "@6000");
    }
}
