package dev.entrain.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.health.Counters;
import dev.entrain.journal.BootClock;
import dev.entrain.journal.ClockReading;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RecordKind;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every version, newer ones, damaged ones. */
class JournalFileTest {
    private static final int VERSION_AT = 60;

    @TempDir
    private Path state;

    private SqliteJournal open() throws JournalException {
        return open("new");
    }

    private SqliteJournal open(String boot) throws JournalException {
        return SqliteJournal.open(state, JournalLimits.DEFAULT, boot, () -> 0, () -> Instant.EPOCH, new Counters());
    }

    private Path file() {
        return state.resolve(SqliteJournal.FILE);
    }

    private static List<String> waiting(SqliteJournal journal) {
        List<String> seen = new ArrayList<>();
        journal.unacknowledged(
                0,
                100,
                (boot, seq, kind, session, body) -> seen.add(boot + " " + seq + " " + kind.label() + " " + session + " "
                        + new String(body, StandardCharsets.UTF_8)));
        return seen;
    }

    private void damage(long at, int bytes, long seed) throws Exception {
        byte[] noise = new byte[bytes];
        new Random(seed).nextBytes(noise);
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise), at);
        }
    }

    private void fill() throws Exception {
        fill("old");
    }

    private void fill(String boot) throws Exception {
        try (SqliteJournal journal = open(boot)) {
            for (int i = 0; i < 4000; i++) {
                journal.append(RecordKind.STEP, "s", i, new byte[480]);
            }
            assertThat(journal.commit()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = 1)
    void shouldReadEveryVersionEverWrittenAndGoOnInIt(int version) throws Exception {
        try (InputStream in = getClass().getResourceAsStream("journal-v" + version + ".db")) {
            Files.copy(Objects.requireNonNull(in), file());
        }
        try (SqliteJournal journal = open()) {
            assertThat(journal.sessions())
                    .containsExactly(
                            new KeptSession("walk-1", "boot-1", 7, "{\"programme\":\"plain\"}", null, true),
                            new KeptSession("walk-2", "boot-1", 8, "{}", "{\"block\":2}", false));
            assertThat(journal.waiting()).isEqualTo(2);
            assertThat(waiting(journal))
                    .containsExactly(
                            "boot-1 1003 event walk-1 {\"t_ns\":3}",
                            "boot-1 1004 clock null {\"t_ns\":4,\"utc\":\"2026-11-23T10:00:00Z\",\"error_s\":0.5}");
            BootClock.Utc utc = Objects.requireNonNull(journal.clock("boot-1").utc(1_000_000_004L));
            assertThat(utc.utc()).isEqualTo("2026-11-23T10:00:01Z");
            assertThat(utc.errorS()).isBetween(0.5, 0.51);
            assertThat(journal.append(RecordKind.STEP, "walk-2", 9, new byte[] {'{', '}'}))
                    .isEqualTo(1005);
            assertThat(journal.commit()).isTrue();
        }
        try (JournalReader reader = SqliteJournal.openReadOnly(file())) {
            assertThat(reader.check()).isEmpty();
            assertThat(reader.boots()).extracting(JournalReader.Boot::id).containsExactly("boot-1", "new");
        }
    }

    @Test
    void shouldRefuseAFileOfANewerAgentWithoutTouchingIt() throws Exception {
        fill();
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 77}), VERSION_AT);
        }
        byte[] before = Files.readAllBytes(file());
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("newer agent (version 77")
                .hasMessageContaining("Install the newer agent again");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "cut", "pages", "foreign", "index"})
    void shouldSetADamagedFileAsideAndGoOnWithAFreshOne(String how) throws Exception {
        fill();
        switch (how) {
            case "header" -> damage(0, 100, 1);
            case "cut" -> Files.write(file(), new byte[] {'S', 'Q', 'L'});
            case "pages" -> damage(4096, 40_000, 2);
            case "foreign" -> damage(68, 4, 3);
            default -> damage(4096 * 9 + 100, 3000, 4);
        }
        byte[] before = Files.readAllBytes(file());
        try (SqliteJournal journal = open()) {
            journal.append(RecordKind.STEP, null, 1, new byte[] {'{', '}'});
            assertThat(journal.commit()).isTrue();
            assertThat(waiting(journal))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("fault", "journal_damaged", "corrupt-1");
        }
        assertThat(Files.readAllBytes(state.resolve("journal.db.corrupt-1"))).isEqualTo(before);
    }

    @Test
    void shouldSetAFileAsideThatIsDamagedWhileItIsOpen() throws Exception {
        fill();
        try (SqliteJournal journal = open()) {
            damage(8 * 4096, 60_000, 5);
            assertThat(journal.unacknowledged(0, 4000, (boot, seq, kind, session, body) -> {}))
                    .as("not nothing, but not known")
                    .isEqualTo(-1);
            journal.append(RecordKind.STEP, null, 1, new byte[] {'{', '}'});
            assertThat(journal.commit()).isTrue();
            assertThat(waiting(journal)).hasSize(3).satisfies(told -> {
                assertThat(told.get(0)) // What did not fit into memory at once was told before.
                        .contains("\"kind_lost\":\"unknown\",\"count\":2185,\"from_seq\":1,\"to_seq\":4001");
                assertThat(told.get(1)).contains("journal_damaged");
            });
        }
        assertThat(state.resolve("journal.db.corrupt-1")).exists();
    }

    @Test
    void shouldNeverGiveANumberTwiceInABootWhateverBecomesOfTheFile() throws Exception {
        fill("new");
        damage(0, 100, 1);
        try (SqliteJournal journal = open()) {
            assertThat(journal.append(RecordKind.STEP, null, 1, new byte[] {'{', '}'}))
                    .isGreaterThan(4000);
        }
        for (String file : List.of("journal.db", "journal.db.corrupt-1")) {
            Files.delete(state.resolve(file));
        }
        try (SqliteJournal journal = open()) {
            assertThat(journal.append(RecordKind.STEP, null, 1, new byte[] {'{', '}'}))
                    .isGreaterThan(4000);
        }
    }

    @Test
    void shouldReadTheWholeFileAtTheStartUnlessItWasClosedInOrderInThisBoot() throws Exception {
        fill("new");
        try (SqliteJournal journal = open()) {
            assertThat(journal.acknowledge("new", 4000)).isTrue();
        }
        FileTime closed = Files.getLastModifiedTime(file());
        damage(8 * 4096, 60_000, 5);
        Files.setLastModifiedTime(file(), closed);
        Path aside = state.resolve("journal.db.corrupt-1");
        open().close();
        assertThat(aside).doesNotExist();
        open("next").close();
        assertThat(aside).exists();
    }

    @Test
    void shouldForgetBootsOfWhichNothingIsLeft() throws Exception {
        for (String boot : List.of("a", "b", "c")) {
            try (SqliteJournal journal = open(boot)) {
                journal.append(RecordKind.FAULT, null, 1, new byte[] {'{', '}'});
            }
        }
        Database database = Database.open(file(), "FULL");
        database.exec("DELETE FROM record WHERE boot<>2");
        database.close();
        open("d").close();
        try (JournalReader reader = SqliteJournal.openReadOnly(file())) {
            assertThat(reader.boots()).extracting(JournalReader.Boot::id).containsExactly("b", "c");
            assertThat(reader.check()).isEmpty();
        }
    }

    @Test
    void shouldShowARecordOfANewerKindAsWhatCannotBeReadInsteadOfNothing() throws Exception {
        try (SqliteJournal journal = open()) {
            for (int i = 0; i < 2; i++) {
                journal.append(RecordKind.STEP, "s", 1, new byte[] {'{', '}'});
            }
        }
        Database database = Database.open(file(), "FULL");
        database.exec("UPDATE record SET kind='sway' WHERE seq=1");
        database.close();
        try (SqliteJournal journal = open()) {
            assertThat(waiting(journal)).containsExactly("new 1 fault s ", "new 2 step s {}");
            List<Long> ofTheSession = new ArrayList<>();
            journal.records("s", (boot, seq, kind, session, body) -> ofTheSession.add(seq));
            assertThat(ofTheSession).containsExactly(2L);
        }
    }

    @Test
    void shouldSayWhoHasItWhenASecondAgentIsStarted() throws Exception {
        try (SqliteJournal journal = open()) {
            assertThat(journal.commit()).isTrue();
            assertThatThrownBy(this::open)
                    .hasMessageContaining("stop the other agent")
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.taken()).isTrue());
        }
    }

    @Test
    void shouldTellTheTimeOfAWalkByWhatIsKnownLater() throws Exception {
        try (SqliteJournal journal = open()) {
            journal.appendClock(new ClockReading(0, Instant.parse("2025-01-01T00:00:00Z"), 1e8));
            journal.appendClock(new ClockReading(60_000_000_000L, Instant.parse("2026-11-23T10:01:00Z"), 0.01));
            assertThat(journal.clock("new").utc(0)).isNull();
            assertThat(journal.commit()).isTrue();
            BootClock.Utc utc = Objects.requireNonNull(journal.clock("new").utc(1_000_000_000L));
            assertThat(utc.utc()).isEqualTo("2026-11-23T10:00:01Z");
            assertThat(utc.errorS()).isBetween(0.01, 0.02);
        }
    }
}
