package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLogTest {
    @Test
    void shouldTellWhatFellOutBeforeTheClinicHadIt() {
        Counters counters = new Counters();
        MemoryLog log = new MemoryLog("boot", 100, 10, counters);
        for (int i = 0; i < 14; i++) {
            log.append(i == 1 ? RecordKind.GAP : RecordKind.STEP, null, i, new byte[] {'{', '}'});
        }
        log.commit();
        log.commit();
        List<String> lost = new ArrayList<>();
        log.unacknowledged(0, 100, (boot, seq, kind, session, body) -> {
            if (kind == RecordKind.LOST) {
                lost.add(new String(body, StandardCharsets.UTF_8));
            }
        });
        assertThat(lost)
                .containsExactly(
                        "{\"t_ns\":13,\"kind_lost\":\"step\",\"count\":3,\"from_seq\":101,\"to_seq\":104}",
                        "{\"t_ns\":13,\"kind_lost\":\"gap\",\"count\":1,\"from_seq\":102,\"to_seq\":102}");
        assertThat(counters.get(Counter.JOURNAL_RECORDS_LOST))
                .as("two went for the two that tell")
                .isEqualTo(6);
    }
}
