package dev.entrain.journal.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The boots that records and sessions belong to, oldest first. Sequence numbers ascend over boots, so each boot's records
 * are one range of them, and what the clinic has of it is the beginning of that range. Not thread-safe.
 */
final class BootTable {
    private final Database database;
    private final List<Boot> boots = new ArrayList<>();

    /** A boot, as it is now; the file has it so after the next commit. */
    static final class Boot {
        final long id;
        final String name;
        final long firstSeq;
        final long firstNs;
        final Instant firstUtc;
        long ackedSeq;
        boolean kept;
        boolean changed;

        Boot(long id, String name, long firstSeq, long firstNs, Instant firstUtc, long ackedSeq, boolean kept) {
            this.id = id;
            this.name = name;
            this.firstSeq = firstSeq;
            this.firstNs = firstNs;
            this.firstUtc = firstUtc;
            this.ackedSeq = ackedSeq;
            this.kept = kept;
        }
    }

    BootTable(Database database) throws SQLException {
        this.database = database;
        try (ResultSet rows = database.statement(
                        "SELECT id, name, first_seq, first_ns, first_utc, acked_seq FROM boot ORDER BY id")
                .executeQuery()) {
            while (rows.next()) { // Ends with the table.
                boots.add(new Boot(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getLong(3),
                        rows.getLong(4),
                        Instant.parse(rows.getString(5)),
                        rows.getLong(6),
                        true));
            }
        }
    }

    List<Boot> all() {
        return boots;
    }

    @Nullable
    Boot find(String name) {
        for (Boot boot : boots) {
            if (boot.name.equals(name)) {
                return boot;
            }
        }
        return null;
    }

    /** Finds the boot of this process, or adds it; the file gets it with the next commit. */
    Boot current(String name, long firstSeq, long firstNs, Instant firstUtc) {
        Boot known = find(name);
        if (known != null) {
            return known;
        }
        long id = boots.isEmpty() ? 1 : boots.getLast().id + 1;
        Boot boot = new Boot(id, name, firstSeq, firstNs, firstUtc, firstSeq - 1, false);
        boots.add(boot);
        return boot;
    }

    /** Returns the greatest number a boot can have given out, where the newest of all is {@code lastSeq}. */
    long endSeq(Boot boot, long lastSeq) {
        int next = boots.indexOf(boot) + 1;
        return next < boots.size() ? boots.get(next).firstSeq - 1 : lastSeq;
    }

    boolean changed() {
        for (Boot boot : boots) {
            if (boot.changed) {
                return true;
            }
        }
        return false;
    }

    /** Writes what is not in the file; within a transaction. */
    void write() throws SQLException {
        for (Boot boot : boots) {
            if (!boot.kept) {
                PreparedStatement insert = database.statement(
                        "INSERT INTO boot(id, first_seq, first_ns, acked_seq, name, first_utc) VALUES(?,?,?,?,?,?)",
                        boot.id,
                        boot.firstSeq,
                        boot.firstNs,
                        boot.ackedSeq);
                insert.setString(5, boot.name);
                insert.setString(6, boot.firstUtc.toString());
                insert.executeUpdate();
            } else if (boot.changed) {
                database.statement("UPDATE boot SET acked_seq=? WHERE id=?", boot.ackedSeq, boot.id)
                        .executeUpdate();
            }
        }
    }

    /** What {@link #write} wrote is durable. */
    void written() {
        for (Boot boot : boots) {
            boot.kept = true;
            boot.changed = false;
        }
    }

    /** Forgets boots, but for the newest, of which nothing is left: neither records nor sessions; within a transaction. */
    void forgetEmpty() throws SQLException {
        for (int i = boots.size() - 2; i >= 0; i--) {
            Boot boot = boots.get(i);
            long end = boots.get(i + 1).firstSeq - 1;
            boolean used =
                    database.number("SELECT EXISTS(SELECT 1 FROM record WHERE seq BETWEEN ? AND ?)", boot.firstSeq, end)
                                    != 0
                            || database.number(
                                            "SELECT EXISTS(SELECT 1 FROM session JOIN boot ON boot.name=session.boot"
                                                    + " WHERE boot.id=?)",
                                            boot.id)
                                    != 0;
            if (!used) {
                database.statement("DELETE FROM clock WHERE boot=?", boot.id).executeUpdate();
                database.statement("DELETE FROM boot WHERE id=?", boot.id).executeUpdate();
                boots.remove(i);
            }
        }
    }
}
