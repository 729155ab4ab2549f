package dev.entrain.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.cue.CueCommand;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the sound thread asks to be above the others: never while it does something for the first time. */
class AudioUrgencyTest {
    private final FakeCard card = new FakeCard(new SimulatedCard(1_000_000_000L, 60, 1, 1));
    private final AudioLoop loop =
            new AudioLoop(AudioConfig.DEFAULT, card, new SlotRing<>(64, CueCommand::new), new Counters(), card::nowNs);
    private final List<String> told = new ArrayList<>();

    private void run() throws InterruptedException {
        Thread thread =
                loop.newThread(urgent -> told.add(urgent + (loop.statistics().framesWritten() > 0 ? "" : " unheard")));
        thread.start();
        thread.join();
    }

    @Test
    void shouldBeUrgentFromTheFirstPeriodUntilTheOutputIsClosed() throws InterruptedException {
        card.onWait = wait -> {
            if (wait >= 500) {
                loop.stop();
            }
        };
        run();

        assertThat(told).containsExactly("true", "false");
    }

    @Test
    void shouldNotBeUrgentWhileTheOutputIsOpenedAgain() throws InterruptedException {
        card.failAt = 300;
        card.openingsThatFail = 2;
        card.onWait = wait -> {
            if (wait >= 700) {
                loop.stop();
            }
        };
        run();

        assertThat(card.opened()).isEqualTo(2);
        assertThat(told).containsExactly("true", "false", "true", "false");
    }

    @Test
    void shouldStayUrgentThroughAnUnderrun() throws InterruptedException {
        card.underrunAt = 300;
        card.onWait = wait -> {
            if (wait >= 600) {
                loop.stop();
            }
        };
        run();

        assertThat(told).containsExactly("true", "false");
    }
}
