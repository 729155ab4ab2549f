package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryOutboxTest {
    private final Counters counters = new Counters();
    private final MemoryOutbox outbox = new MemoryOutbox("boot", 7_000_000, 3, counters);

    @Test
    void shouldNumberRecordsAboveAnEarlierAgentOfTheSameBoot() {
        assertThat(append(1)).isEqualTo(8);
        assertThat(append(2)).isEqualTo(9);
        assertThat(outbox.lastSeq()).isEqualTo(9);
    }

    @Test
    void shouldShowRecordsUntilAcknowledged() {
        append(1);
        append(2);
        assertThat(peek(0, 10)).containsExactly("boot 8 1", "boot 9 2");
        assertThat(peek(8, 10)).containsExactly("boot 9 2");
        assertThat(peek(0, 1)).containsExactly("boot 8 1");
        outbox.acknowledge(8);
        assertThat(peek(0, 10)).containsExactly("boot 9 2");
        assertThat(outbox.settledSeq()).isEqualTo(8);
    }

    @Test
    void shouldLoseAndCountTheOldestWhenFull() {
        for (int i = 1; i <= 5; i++) {
            append(i);
        }
        assertThat(peek(0, 10)).containsExactly("boot 10 3", "boot 11 4", "boot 12 5");
        assertThat(counters.get(Counter.MESSAGES_DROPPED)).isEqualTo(2);
    }

    @Test
    void shouldIgnoreAnAcknowledgementOfWhatItNeverHad() {
        append(1);
        outbox.acknowledge(3);
        assertThat(peek(0, 10)).hasSize(1);
        outbox.acknowledge(99);
        assertThat(outbox.settledSeq()).isEqualTo(8);
        assertThat(append(2)).isEqualTo(9);
        assertThat(peek(0, 10)).containsExactly("boot 9 2");
    }

    private long append(long timeNs) {
        return outbox.append(new WalkRecord().setSilence(timeNs, timeNs));
    }

    private List<String> peek(long afterSeq, int max) {
        List<String> seen = new ArrayList<>();
        int shown = outbox.peek(afterSeq, max, (boot, seq, record) -> seen.add(boot + " " + seq + " " + record.timeNs));
        assertThat(shown).isEqualTo(seen.size());
        return seen;
    }
}
