package dev.entrain.journal.sqlite;

import dev.entrain.journal.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * A consistent copy of a journal while the agent has it for itself. The database file changes only when the log is folded
 * into it, and the log then begins anew with another salt: so where the salt was the same before and after both were
 * copied, and the database was not touched, the copy is a state the journal was in. A torn end of the copied log is what a
 * power cut leaves as well, and is ignored in the same way.
 */
public final class JournalSnapshot {
    private static final int MOST_TRIES = 50;
    private static final int SALT_AT = 16;
    private static final int SALT_BYTES = 8;

    private JournalSnapshot() {}

    /**
     * Copies the journal.
     *
     * @param stateDir the unit's state folder
     * @param to an existing folder that receives {@code journal.db} and its log; not the state folder
     * @return the copied file, for {@link SqliteJournal#openReadOnly}
     * @throws JournalException if there is none, or it never held still (50 tries)
     */
    public static Path copy(Path stateDir, Path to) throws JournalException {
        Path file = stateDir.resolve(SqliteJournal.FILE);
        Path log = stateDir.resolve(SqliteJournal.FILE + "-wal");
        Path copy = to.resolve(SqliteJournal.FILE);
        Path copiedLog = to.resolve(SqliteJournal.FILE + "-wal");
        if (!Files.isRegularFile(file)) {
            throw new JournalException(file + ": no journal there; name the unit's state folder");
        }
        try {
            for (int i = 0; i < MOST_TRIES; i++) {
                Files.deleteIfExists(copiedLog);
                byte[] before = salt(log);
                long changed = Files.getLastModifiedTime(file).to(java.util.concurrent.TimeUnit.NANOSECONDS);
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                if (Files.exists(log)) {
                    Files.copy(log, copiedLog, StandardCopyOption.REPLACE_EXISTING);
                }
                if (Arrays.equals(before, salt(log))
                        && Arrays.equals(before, salt(copiedLog))
                        && changed == Files.getLastModifiedTime(file).to(java.util.concurrent.TimeUnit.NANOSECONDS)) {
                    return copy;
                }
            }
        } catch (IOException e) {
            throw new JournalException(
                    stateDir + ": the journal can't be copied to " + to + " (" + e.getMessage()
                            + "); free some space, or let your user read it",
                    e);
        }
        throw new JournalException(stateDir + ": the journal never held still while it was copied; try again");
    }

    /** Returns the salt of a log's header; empty where there is no log yet. */
    private static byte[] salt(Path log) throws IOException {
        if (!Files.exists(log)) {
            return new byte[0];
        }
        try (RandomAccessFile in = new RandomAccessFile(log.toFile(), "r")) {
            if (in.length() < SALT_AT + SALT_BYTES) {
                return new byte[0];
            }
            byte[] salt = new byte[SALT_BYTES];
            in.seek(SALT_AT);
            in.readFully(salt);
            return salt;
        }
    }
}
