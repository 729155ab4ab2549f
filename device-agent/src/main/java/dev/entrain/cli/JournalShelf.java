package dev.entrain.cli;

import dev.entrain.journal.KeptHeader;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.SessionFacts;
import dev.entrain.journal.sqlite.JournalReader;
import dev.entrain.journal.sqlite.JournalSnapshot;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.outcome.SessionData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sessions in a unit's journal, read from a copy, so that an agent may be at work on it. Not thread-safe. */
final class JournalShelf implements AutoCloseable {
    private final Path copy;
    private final JournalReader reader;

    private JournalShelf(Path copy, JournalReader reader) {
        this.copy = copy;
        this.reader = reader;
    }

    /** Tells whether a folder is a unit's state folder with a journal. */
    static boolean isIn(Path stateDir) {
        return Files.isRegularFile(stateDir.resolve(SqliteJournal.FILE));
    }

    /**
     * Copies and opens a unit's journal.
     *
     * @throws IOException telling what to do, if it can't be copied or read
     */
    static JournalShelf open(Path stateDir) throws IOException {
        Path copy = Files.createTempDirectory("entrain-journal-");
        boolean done = false;
        try {
            JournalShelf shelf =
                    new JournalShelf(copy, SqliteJournal.openReadOnly(JournalSnapshot.copy(stateDir, copy)));
            done = true;
            return shelf;
        } finally {
            if (!done) {
                remove(copy);
            }
        }
    }

    /** Returns the sessions, oldest first. */
    List<KeptSession> sessions() throws IOException {
        return reader.sessions();
    }

    /** Returns the facts of a session. */
    SessionData facts(KeptSession kept) throws IOException {
        return SessionFacts.read(kept, reader::records);
    }

    /** Returns the programme as run; null for a walk without one. */
    @Nullable
    String programmeToml(KeptSession kept) throws IOException {
        return KeptHeader.read(kept).plan().programmeToml();
    }

    @Override
    public void close() throws IOException {
        reader.close();
        remove(copy);
    }

    private static void remove(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.toList().reversed();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
