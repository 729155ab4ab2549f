package dev.entrain.journal.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        private boolean leaving;

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

    /** Returns the index of a boot, -1 if it is not known. */
    int find(String name) {
        for (int i = boots.size() - 1; i >= 0; i--) {
            if (boots.get(i).name.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Finds the boot of this process, or adds it; the file gets it with the next commit. */
    Boot current(String name, long firstSeq, long firstNs, Instant firstUtc) {
        int known = find(name);
        if (known >= 0) {
            return boots.get(known);
        }
        long id = boots.isEmpty() ? 1 : boots.getLast().id + 1;
        Boot boot = new Boot(id, name, firstSeq, firstNs, firstUtc, firstSeq - 1, false);
        boots.add(boot);
        return boot;
    }

    /** Returns the greatest number the boot at an index can have given out, where the newest of all is {@code lastSeq}. */
    long endSeq(int index, long lastSeq) {
        return index + 1 < boots.size() ? boots.get(index + 1).firstSeq - 1 : lastSeq;
    }

    /** Returns the number after which the first record may wait for the clinic; {@code lastSeq} if none can. */
    long acknowledgedUpTo(long lastSeq) {
        for (int i = 0; i < boots.size(); i++) {
            if (boots.get(i).ackedSeq < endSeq(i, lastSeq)) {
                return boots.get(i).ackedSeq;
            }
        }
        return lastSeq;
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

    /** What {@link #write} and {@link #forgetEmpty} did is durable. */
    void written() {
        boots.removeIf(boot -> boot.leaving);
        for (Boot boot : boots) {
            boot.kept = true;
            boot.changed = false;
        }
    }

    /** The transaction was taken back: nothing is forgotten, and its boots may have records again. */
    void takenBack() {
        for (Boot boot : boots) {
            boot.leaving = false;
        }
    }

    /**
     * Forgets boots, but for the newest, of which nothing is left: neither records nor sessions; within a transaction. They stay
     * in the list until it is {@link #written}: their ranges would fall to the boot before.
     *
     * @param most looks at so many, from the oldest on
     */
    void forgetEmpty(int most) throws SQLException {
        Set<String> begun = new HashSet<>();
        try (ResultSet rows =
                database.statement("SELECT DISTINCT boot FROM session").executeQuery()) {
            while (rows.next()) { // Ends with the table.
                begun.add(rows.getString(1));
            }
        }
        for (int i = Math.min(most, boots.size() - 1) - 1; i >= 0; i--) {
            Boot boot = boots.get(i);
            long end = boots.get(i + 1).firstSeq - 1;
            boolean used = !boot.kept
                    || begun.contains(boot.name)
                    || database.number(
                                    "SELECT EXISTS(SELECT 1 FROM record WHERE seq BETWEEN ? AND ?)", boot.firstSeq, end)
                            != 0;
            if (!used) {
                database.statement("DELETE FROM clock WHERE boot=?", boot.id).executeUpdate();
                database.statement("DELETE FROM boot WHERE id=?", boot.id).executeUpdate();
                boot.leaving = true;
            }
        }
    }
}
