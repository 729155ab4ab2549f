package dev.entrain.journal.sqlite;

import dev.entrain.journal.JournalException;
import dev.entrain.journal.JournalLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file the journal works on by now; a damaged one gives way to a fresh one, as soon as there can be one. Not thread-safe. */
final class CurrentFile implements AutoCloseable {
    private final Path file;
    private final JournalLimits limits;
    private final String synchronous;
    private final List<String> told = new ArrayList<>();
    private @Nullable JournalStore store;
    private @Nullable String damage;

    /**
     * Opens or creates the file.
     *
     * @param trusted whether it is known to be whole, so that it need not be read
     */
    CurrentFile(Path file, JournalLimits limits, String synchronous, boolean trusted) throws JournalException {
        this.file = file;
        this.limits = limits;
        this.synchronous = synchronous;
        store = JournalStore.open(file, limits, synchronous, trusted, told);
    }

    /**
     * Returns the open file.
     *
     * @throws SQLException if there is none at the moment
     */
    JournalStore store() throws SQLException {
        JournalStore now = store;
        if (now == null) {
            throw new SQLException("no journal is open");
        }
        return now;
    }

    boolean isOpen() {
        return store != null;
    }

    /** The open file is damaged: lets it go. */
    void damaged(String why) {
        close();
        damage = why;
    }

    /** Begins a fresh file where there is none. */
    JournalStore renew() throws JournalException {
        String why = damage;
        if (why != null) {
            if (Files.exists(file)) { // Else somebody has moved it away by hand.
                told.add(JournalStore.setAside(file, why));
            }
            damage = null;
        }
        JournalStore fresh = JournalStore.open(file, limits, synchronous, false, told);
        store = fresh;
        return fresh;
    }

    /** Returns and forgets what happened to damaged files, a sentence each. */
    List<String> takeTold() {
        List<String> all = List.copyOf(told);
        told.clear();
        return all;
    }

    @Override
    public void close() {
        JournalStore open = store;
        store = null;
        if (open != null) {
            open.close();
        }
    }
}
