package dev.entrain.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.RecordKind;
import dev.entrain.sqlite.NativeLibrary;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {
    @TempDir
    Path folder;

    private JournalStore open(String boot, long firstSeq) throws Exception {
        NativeLibrary.use(folder);
        JournalStore store = JournalStore.open(
                folder.resolve(SqliteJournal.FILE), JournalLimits.DEFAULT, "FULL", false, new ArrayList<>());
        store.begin(boot, firstSeq, 1, Instant.EPOCH);
        return store;
    }

    private static Pending.Batch batch(long fromSeq, long toSeq) {
        List<Pending.Entry> entries = new ArrayList<>();
        for (long seq = fromSeq; seq <= toSeq; seq++) {
            entries.add(new Pending.Entry(seq, RecordKind.STEP, null, 1, new byte[] {'{', '}'}, null));
        }
        return new Pending.Batch(entries, 2L * entries.size(), toSeq + 1);
    }

    private static void write(JournalStore store, long fromSeq, long toSeq) throws SQLException {
        store.write(batch(fromSeq, toSeq), List.of(), false, false, toSeq, 1);
    }

    /** Else the store would not even try. */
    private static void freePages(JournalStore store) throws SQLException {
        store.database().exec("CREATE TABLE filling(body BLOB)");
        store.database().exec("INSERT INTO filling VALUES(zeroblob(400000))");
        store.database().exec("DROP TABLE filling");
    }

    private static List<String> waiting(JournalStore store, long afterSeq) throws SQLException {
        return store.unacknowledged(afterSeq, 10, 6).stream()
                .map(one -> one.bootId() + " " + one.seq())
                .toList();
    }

    /** Else what the clinic has of one boot would be sent again as another's. */
    @Test
    void shouldKnowEachRecordsBootAfterADeletionThatTheDiskTookBack() throws Exception {
        try (JournalStore store = open("first", 1)) {
            write(store, 1, 1);
        }
        try (JournalStore store = open("acknowledged", 2)) {
            write(store, 2, 5);
            assertThat(store.acknowledge("acknowledged", 5, 5)).isEqualTo(4);
            write(store, 6, 5);
        }
        try (JournalStore store = open("now", 6)) {
            write(store, 6, 6);
            freePages(store);
            // As on a full disk: what the clinic has gives way, and then the new does not get in all the same.
            assertThatThrownBy(() -> store.write(batch(6, 6), List.of(), true, true, 6, 1))
                    .isInstanceOf(SQLException.class);
            store.rollback();
            assertThat(waiting(store, 0)).containsExactly("first 1");
            assertThat(waiting(store, 1)).containsExactly("now 6");
        }
    }
}
