package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WearWatchTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final LiveStatus status = new LiveStatus();
    private final List<String> told = new ArrayList<>();
    private final WearWatch watch = new WearWatch(status, told::add);

    @Test
    void shouldSayNothingOfSensorsThatSitWell() {
        status.swapped(0.4);
        watch.look(0);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldAskToLookOnceForExchangedInsoles() {
        status.swapped(0.97);
        watch.look(0);
        watch.look(SECOND_NS);
        assertThat(told).singleElement().asString().contains("97 %", "swap the insoles");
    }

    @Test
    void shouldTellOneTurnOfASensorOnce() {
        status.sensorTurns(Foot.LEFT, 1);
        watch.look(SECOND_NS);
        status.sensorTurns(Foot.LEFT, 2);
        watch.look(9 * SECOND_NS);
        status.sensorTurns(Foot.RIGHT, 1);
        watch.look(10 * SECOND_NS);
        status.sensorTurns(Foot.LEFT, 3);
        watch.look(40 * SECOND_NS);
        assertThat(told)
                .extracting(line -> line.substring(0, 10))
                .containsExactly("The left s", "The right ", "The left s");
    }
}
