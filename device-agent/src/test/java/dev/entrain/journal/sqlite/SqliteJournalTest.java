package dev.entrain.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counters;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RecordKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    private Path state;

    private final Counters counters = new Counters();
    private long nowNs = 5_000_000_000L;

    private SqliteJournal open(String boot) throws Exception {
        return SqliteJournal.open(state, JournalLimits.DEFAULT, boot, () -> nowNs, () -> T0, counters);
    }

    private static byte[] body(int i) {
        return ("{\"t_ns\":" + i + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> waiting(SqliteJournal journal, long after, int max) {
        List<String> seen = new ArrayList<>();
        int count = journal.unacknowledged(
                after,
                max,
                (boot, seq, kind, session, body) -> seen.add(boot + " " + seq + " " + kind.label() + " " + session + " "
                        + new String(body, StandardCharsets.UTF_8)));
        assertThat(count).isEqualTo(seen.size());
        return seen;
    }

    @Test
    void shouldShowARecordOnlyOnceItIsDurable() throws Exception {
        try (SqliteJournal journal = open("a")) {
            assertThat(journal.append(RecordKind.STEP, "s", 1, body(1))).isEqualTo(5001);
            assertThat(waiting(journal, 0, 10)).isEmpty();
            assertThat(journal.lastSeq()).isEqualTo(5000);
            assertThat(journal.commit()).isTrue();
            assertThat(waiting(journal, 0, 10)).containsExactly("a 5001 step s {\"t_ns\":1}");
            assertThat(journal.lastSeq()).isEqualTo(5001);
            assertThat(journal.waiting()).isEqualTo(1);
        }
    }

    @Test
    void shouldGoOnAboveEverythingOverBootsAndShowOneBootAtATime() throws Exception {
        try (SqliteJournal journal = open("a")) {
            journal.append(RecordKind.STEP, null, 1, body(1));
        }
        nowNs = 1_000_000_000L;
        try (SqliteJournal journal = open("b")) {
            assertThat(journal.append(RecordKind.CUE, null, 2, body(2))).isEqualTo(5002);
            assertThat(journal.commit()).isTrue();
            assertThat(waiting(journal, 0, 10)).containsExactly("a 5001 step null {\"t_ns\":1}");
            assertThat(waiting(journal, 5001, 10)).containsExactly("b 5002 cue null {\"t_ns\":2}");
            assertThat(journal.acknowledge("a", 5001)).isTrue();
            assertThat(waiting(journal, 0, 10)).containsExactly("b 5002 cue null {\"t_ns\":2}");
            assertThat(journal.waiting()).isEqualTo(1);
        }
    }

    @Test
    void shouldTakeNoAcknowledgementOfWhatWasNeverGivenOut() throws Exception {
        try (SqliteJournal journal = open("a")) {
            long seq = journal.append(RecordKind.STEP, null, 1, body(1));
            assertThat(journal.acknowledge("a", seq)).isFalse();
            assertThat(journal.commit()).isTrue();
            assertThat(journal.acknowledge("a", seq + 1)).isFalse();
            assertThat(journal.acknowledge("c", seq)).isFalse();
            assertThat(journal.acknowledge("a", -1)).isFalse();
            assertThat(journal.waiting()).isEqualTo(1);
            assertThat(journal.acknowledge("a", seq)).isTrue();
            assertThat(journal.acknowledge("a", seq)).isTrue();
            assertThat(journal.waiting()).isZero();
            assertThat(journal.commit()).isTrue();
        }
        try (SqliteJournal journal = open("a")) {
            assertThat(journal.waiting()).isZero();
            assertThat(waiting(journal, 0, 10)).isEmpty();
        }
    }

    @Test
    void shouldKeepSessionsWithTheirRecordsInOrder() throws Exception {
        KeptSession begun = new KeptSession("s1", "a", 7, "{\"programme\":\"plain\"}", "{\"x\":1}", false);
        try (SqliteJournal journal = open("a")) {
            journal.putSession(begun);
            journal.append(RecordKind.STEP, "s1", 1, body(1));
            journal.append(RecordKind.TIMING, null, 2, body(2));
            journal.append(RecordKind.STEP, "s1", 3, body(3));
            assertThat(journal.commit()).isTrue();
            assertThat(journal.openSession()).isEqualTo(begun);
            journal.acknowledge("a", journal.lastSeq());
        }
        try (SqliteJournal journal = open("a")) {
            assertThat(journal.openSession()).isEqualTo(begun);
            KeptSession ended = new KeptSession("s1", "a", 7, "{}", null, true);
            journal.putSession(ended);
            journal.append(RecordKind.SESSION, "s1", 4, body(4));
            assertThat(journal.commit()).isTrue();
            journal.append(RecordKind.EVENT, "s1", 5, body(5));
            journal.append(RecordKind.STEP, "s2", 6, body(6));
            assertThat(journal.commit()).isTrue();
            assertThat(journal.sessions()).extracting(KeptSession::id).containsExactly("s1", "s2");
            assertThat(journal.sessions().getFirst()).isEqualTo(ended);
            List<String> seen = new ArrayList<>();
            journal.records(
                    "s1",
                    (boot, seq, kind, session, body) ->
                            seen.add(kind.label() + new String(body, StandardCharsets.UTF_8)));
            assertThat(seen)
                    .containsExactly(
                            "step{\"t_ns\":1}", "step{\"t_ns\":3}", "session{\"t_ns\":4}", "event{\"t_ns\":5}");
        }
    }

    @Test
    void shouldBeReadFromACopyWhileTheAgentHasIt() throws Exception {
        Path to = java.nio.file.Files.createDirectory(state.resolve("copy"));
        try (SqliteJournal journal = open("a")) {
            journal.append(RecordKind.STEP, "s1", 1, body(1));
            assertThat(journal.commit()).isTrue();
            try (JournalReader reader = SqliteJournal.openReadOnly(JournalSnapshot.copy(state, to))) {
                assertThat(reader.check()).isEmpty();
                assertThat(reader.waiting()).isEqualTo(1);
                assertThat(reader.after(0, 10))
                        .extracting(JournalReader.Kept::seq)
                        .containsExactly(5001L);
            }
        }
    }
}
