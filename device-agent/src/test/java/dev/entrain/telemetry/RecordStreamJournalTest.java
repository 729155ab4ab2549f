package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.RecordLog;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.telemetry.TelemetryPort.Link;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to the clinic from a real journal, when reading fails and after a kill. */
class RecordStreamJournalTest {
    private static final long S = 1_000_000_000L;
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path state;

    private final Counters counters = new Counters();
    private final ScriptedPort port = new ScriptedPort();
    private final Handover handover = new Handover(port, counters);
    private boolean unreadable;
    private long nowNs = 50 * S;

    /** A journal whose card can't be read now and then. */
    private final class Card implements RecordLog {
        private final SqliteJournal journal;

        Card(SqliteJournal journal) {
            this.journal = journal;
        }

        @Override
        public long append(RecordKind kind, @Nullable String session, long timeNs, byte[] body) {
            return journal.append(kind, session, timeNs, body);
        }

        @Override
        public boolean commit() {
            return journal.commit();
        }

        @Override
        public int unacknowledged(long afterSeq, int max, Reader reader) {
            return unreadable ? -1 : journal.unacknowledged(afterSeq, max, reader);
        }

        @Override
        public boolean acknowledge(String bootId, long upToSeq) {
            return journal.acknowledge(bootId, upToSeq);
        }

        @Override
        public long lastSeq() {
            return journal.lastSeq();
        }

        @Override
        public long waiting() {
            return journal.waiting();
        }
    }

    private SqliteJournal open() throws Exception {
        return SqliteJournal.open(state, JournalLimits.DEFAULT, BOOT, () -> nowNs, () -> Instant.EPOCH, new Counters());
    }

    private RecordStream stream(RecordLog log) {
        port.link = Link.UP;
        port.answering = true;
        RecordStream stream =
                new RecordStream(new Topics("u"), log, handover, new CatchUpPace(500, nowNs), counters, nowNs);
        stream.restart();
        return stream;
    }

    private static void steps(SqliteJournal journal, int count) {
        for (int i = 0; i < count; i++) {
            journal.append(RecordKind.STEP, null, i, ("{\"t_ns\":" + i + "}").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(journal.commit()).isTrue();
    }

    private void round(RecordStream stream) {
        nowNs += S;
        for (long ticket = handover.takeDelivered(); ticket >= 0; ticket = handover.takeDelivered()) {
            stream.onDelivered(ticket);
        }
        stream.doWork(false, false, nowNs);
    }

    private void ack(RecordStream stream, long upTo) {
        stream.onAck(
                ("{\"v\":3,\"boot\":\"" + BOOT + "\",\"up_to\":" + upTo + "}").getBytes(StandardCharsets.UTF_8), nowNs);
    }

    private List<Long> sent() throws Exception {
        List<Long> numbers = new ArrayList<>();
        for (ScriptedPort.Sent message : port.sent) {
            for (JsonNode event : JSON.readTree(message.payload()).path("events")) {
                numbers.add(event.path("seq").asLong());
            }
        }
        return numbers;
    }

    @Test
    void shouldNotCoverWhatCouldNotBeRead() throws Exception {
        try (SqliteJournal journal = open()) {
            long first = journal.lastSeq() + 1;
            RecordStream stream = stream(new Card(journal));
            steps(journal, 10);
            unreadable = true;
            round(stream);
            unreadable = false;
            steps(journal, 10);
            round(stream);
            round(stream);
            List<Long> all = new ArrayList<>();
            for (long seq = first; seq < first + 20; seq++) {
                all.add(seq);
            }
            assertThat(sent()).containsExactlyElementsOf(all);
        }
    }

    @Test
    void shouldGoOnAfterAKillWhereTheClinicHasMoreThanTheUnitNoted() throws Exception {
        int count = AckTimer.MOST_IN_FLIGHT + 900;
        try (SqliteJournal journal = open()) {
            steps(journal, count);
        }
        try (SqliteJournal journal = open()) {
            assertThat(journal.waiting()).isEqualTo(count);
            long last = 50_000L + count;
            RecordStream stream = stream(journal);
            for (int i = 0; i < 30; i++) {
                round(stream);
                ack(stream, last);
            }
            assertThat(journal.waiting()).isZero();
            assertThat(counters.get(Counter.ACKS_REFUSED)).isZero();
            assertThat(sent()).hasSize(count).doesNotHaveDuplicates();
        }
    }
}
