package dev.entrain.journal.sqlite;

import dev.entrain.journal.KeptSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes sessions, and which range of numbers their records lie in. Not thread-safe. */
final class SessionTable {
    private static final int MOST_REMEMBERED = 64;

    private final Database database;
    private final Map<String, Row> rows = new HashMap<>();

    private static final class Row {
        final long id;
        final boolean closed;
        long lastSeq;

        Row(long id, boolean closed, long lastSeq) {
            this.id = id;
            this.closed = closed;
            this.lastSeq = lastSeq;
        }
    }

    SessionTable(Database database) {
        this.database = database;
    }

    /**
     * Inserts or replaces a session; within a transaction.
     *
     * @param batch the records of the same transaction
     * @param nextSeq a number above all of theirs
     */
    void put(KeptSession session, List<Pending.Entry> batch, long nextSeq) throws SQLException {
        Row row = find(session.id());
        if (row == null) {
            row = insert(session, firstSeq(session.id(), batch, nextSeq), nextSeq);
        }
        PreparedStatement update = database.statement(
                "UPDATE session SET origin_ns=?, ended=?, last_seq=CASE WHEN ?2 THEN ?3 ELSE NULL END, boot=?4, header=?5,"
                        + " state=?6 WHERE id=?7");
        update.setLong(1, session.originNs());
        update.setBoolean(2, session.ended());
        update.setLong(3, nextSeq - 1);
        update.setString(4, session.bootId());
        update.setString(5, session.headerJson());
        update.setString(6, session.stateJson());
        update.setLong(7, row.id);
        update.executeUpdate();
        rows.put(session.id(), new Row(row.id, session.ended(), nextSeq - 1));
    }

    /** Returns the key of a record's session, which is begun if nobody has put it; within a transaction. */
    long idOf(Pending.Entry entry, String session, String bootId, long nextSeq) throws SQLException {
        Row row = find(session);
        if (row == null) {
            row = insert(new KeptSession(session, bootId, entry.timeNs(), "{}", null, false), entry.seq(), nextSeq);
        }
        if (row.closed && entry.seq() > row.lastSeq) {
            database.statement("UPDATE session SET last_seq=? WHERE id=?", entry.seq(), row.id)
                    .executeUpdate();
            row.lastSeq = entry.seq();
        }
        return row.id;
    }

    /** The transaction was taken back: what is remembered may be wrong. */
    void forget() {
        rows.clear();
    }

    private Row insert(KeptSession session, long firstSeq, long nextSeq) throws SQLException {
        // One session at a time: with a new one the one before is complete, but for what may still come late.
        database.statement("UPDATE session SET last_seq=? WHERE last_seq IS NULL", nextSeq - 1)
                .executeUpdate();
        rows.clear();
        PreparedStatement insert = database.statement(
                "INSERT INTO session(origin_ns, first_seq, ended, name, boot, header) VALUES(?,?,0,?,?,?)",
                session.originNs(),
                firstSeq);
        insert.setString(3, session.id());
        insert.setString(4, session.bootId());
        insert.setString(5, session.headerJson());
        insert.executeUpdate();
        Row row = new Row(database.number("SELECT last_insert_rowid()"), false, 0);
        rows.put(session.id(), row);
        return row;
    }

    private static long firstSeq(String session, List<Pending.Entry> batch, long nextSeq) {
        for (Pending.Entry entry : batch) {
            if (session.equals(entry.session())) {
                return entry.seq();
            }
        }
        return nextSeq;
    }

    private @Nullable Row find(String session) throws SQLException {
        Row known = rows.get(session);
        if (known != null) {
            return known;
        }
        PreparedStatement find =
                database.statement("SELECT id, last_seq IS NOT NULL, coalesce(last_seq, 0) FROM session WHERE name=?");
        find.setString(1, session);
        try (ResultSet found = find.executeQuery()) {
            if (!found.next()) {
                return null;
            }
            Row row = new Row(found.getLong(1), found.getBoolean(2), found.getLong(3));
            if (rows.size() >= MOST_REMEMBERED) {
                rows.clear();
            }
            rows.put(session, row);
            return row;
        }
    }
}
