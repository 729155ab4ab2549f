package dev.entrain.journal.sqlite;

import dev.entrain.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in the file. Every version ever written stays readable: a file of each is kept with the tests. Sequence numbers
 * are the key of the records, so a table is written at its end and read in its order without any further index; the clinic's
 * acknowledgement is one number of each boot, so it costs one page, not one of each record.
 */
final class Schema {
    /** "Entr", so that no other program's database is taken for a journal. */
    static final int APPLICATION_ID = 0x456E7472;

    /** The version written now. */
    static final int VERSION = 1;

    /** From each version to the next; the first from an empty file. */
    private static final List<List<String>> STEPS = List.of(List.of(
            "PRAGMA application_id=" + APPLICATION_ID,
            "CREATE TABLE boot(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, first_seq INTEGER NOT NULL,"
                    + " first_ns INTEGER NOT NULL, first_utc TEXT NOT NULL, acked_seq INTEGER NOT NULL) STRICT",
            "CREATE TABLE clock(boot INTEGER NOT NULL, t_ns INTEGER NOT NULL, utc TEXT NOT NULL, error_s REAL NOT NULL,"
                    + " PRIMARY KEY(boot, t_ns)) STRICT, WITHOUT ROWID",
            "CREATE TABLE session(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, boot TEXT NOT NULL,"
                    + " origin_ns INTEGER NOT NULL, header TEXT NOT NULL, state TEXT, ended INTEGER NOT NULL,"
                    + " first_seq INTEGER NOT NULL, last_seq INTEGER) STRICT",
            "CREATE TABLE record(seq INTEGER PRIMARY KEY, boot INTEGER NOT NULL, kind TEXT NOT NULL, session INTEGER,"
                    + " t_ns INTEGER NOT NULL, body BLOB NOT NULL) STRICT",
            // Only what is no therapy data: few, and found without reading through all the others.
            "CREATE INDEX record_other ON record(seq) WHERE kind IN ('gap', 'timing', 'fault')"));

    private static final int HEADER_BYTES = 100;
    private static final int VERSION_AT = 60;
    private static final int APPLICATION_AT = 68;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private Schema() {}

    /**
     * Looks at a file's first bytes, without opening it as a database.
     *
     * @return what is wrong with it, or null if it may be opened
     * @throws JournalException if a newer agent wrote it
     */
    static @Nullable String examine(Path file) throws JournalException {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return null;
            }
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (header.hasRemaining() && channel.read(header) > 0) {} // Ends: full, or the end of the file.
            }
            if (header.hasRemaining()) {
                return "its header is cut off";
            }
            for (int i = 0; i < MAGIC.length; i++) {
                if (header.get(i) != MAGIC[i]) {
                    return "its header is not that of a database";
                }
            }
            int version = header.getInt(VERSION_AT);
            int application = header.getInt(APPLICATION_AT);
            if (application != APPLICATION_ID && (application != 0 || version != 0)) {
                return "it is a database of another program";
            }
            refuseNewer(file, version);
            return null;
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw new JournalException(
                    file + ": can't be read (" + e.getMessage() + "); let the agent's user read and write it", e);
        }
    }

    /** Brings the tables to the version of now, each step whole or not at all. */
    static void prepare(Path file, Database database) throws SQLException, JournalException {
        int version = (int) database.number("PRAGMA user_version");
        refuseNewer(file, version);
        for (int next = version; next < VERSION; next++) {
            database.begin();
            for (String sql : STEPS.get(next)) {
                database.exec(sql);
            }
            database.exec("PRAGMA user_version=" + (next + 1));
            database.commit();
        }
    }

    private static void refuseNewer(Path file, int version) throws JournalException {
        if (version > VERSION) {
            throw new JournalException(
                    file + ": written by a newer agent (version " + version + "; this one knows up to " + VERSION
                            + "). Nothing in it was changed. Install the newer agent again, or move the file away.");
        }
    }
}
