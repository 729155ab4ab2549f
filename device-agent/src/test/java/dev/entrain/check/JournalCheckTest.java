package dev.entrain.check;

import static dev.entrain.check.Found.expect;
import static dev.entrain.check.Found.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counters;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.sqlite.SqliteJournal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real journals, also ones that an agent has for itself. */
class JournalCheckTest {
    @TempDir
    private Path state;

    private SqliteJournal open() throws JournalException {
        return SqliteJournal.open(state, JournalLimits.DEFAULT, "boot", () -> 0, () -> Instant.EPOCH, new Counters());
    }

    private static void fill(SqliteJournal journal) {
        for (int i = 0; i < 2000; i++) {
            journal.append(RecordKind.STEP, null, i, "{\"t\": 1}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(journal.commit()).isTrue();
    }

    private List<Finding> look() {
        return new JournalCheck(state, JournalLimits.DEFAULT, true, null).look();
    }

    @Test
    void shouldFindAJournalWholeWhileItIsInUse() throws Exception {
        expect(in(look(), "journal", "whole"), Verdict.OK, "none yet", "");
        try (SqliteJournal journal = open()) {
            fill(journal);
            List<Finding> findings = look();
            expect(in(findings, "journal", "whole"), Verdict.OK, "0 sessions", "");
            expect(in(findings, "journal", "waiting"), Verdict.OK, "2000 records wait", "");
            expect(in(findings, "journal", "quota"), Verdict.OK, "of 268.4 MB", "");
        }
    }

    @Test
    void shouldSayWhatToDoWithADamagedJournal() throws Exception {
        try (SqliteJournal journal = open()) {
            fill(journal);
        }
        Path file = state.resolve(SqliteJournal.FILE);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5A);
        Files.write(file, bytes);
        expect(in(look(), "journal", "whole"), Verdict.FAIL, "damaged", "cp -a");
        Files.write(file, new byte[] {'S', 'Q', 'L'});
        expect(in(look(), "journal", "whole"), Verdict.FAIL, "damaged", "cp -a");
        assertThat(Files.readAllBytes(file)).as("nothing was repaired").hasSize(3);
    }

    @Test
    void shouldTellOfJournalsThatWereSetAsideAndOfABacklog() throws Exception {
        Files.writeString(state.resolve("journal.db.corrupt-1"), "");
        List<Finding> findings =
                new JournalCheck(state, JournalLimits.DEFAULT, true, SystemChecksTest.agent("""
                {"journal": {"waiting": 90000}, "counters": {"journal_writes_failed": 3, "journal_records_lost": 0}}""")).look();
        expect(in(findings, "journal", "set aside"), Verdict.WARN, "1 damaged", "looks after the unit");
        expect(in(findings, "journal", "writing"), Verdict.WARN, "3 writes refused", "see disk");
    }
}
