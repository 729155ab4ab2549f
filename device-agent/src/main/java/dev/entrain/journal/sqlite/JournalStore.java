package dev.entrain.journal.sqlite;

import dev.entrain.journal.JournalException;
import dev.entrain.journal.JournalLimits;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open file: its tables together, and the transactions on them. Not thread-safe. */
final class JournalStore implements AutoCloseable {
    private static final int MOST_SET_ASIDE = 999;
    private static final int MOST_LOG_PAGES = 256;
    private static final int LEAST_LOG_PAGES = 64;
    private static final int LOG_SHARE = 64;
    private static final int DISK_PAGES = (int) (2 * DiskRoom.BYTES / Database.PAGE_BYTES);

    /** Pages the log may grow by beyond the point where it is folded into the file: one transaction. */
    private static final int TRANSACTION_PAGES = 768;

    private final Path file;
    private final Database database;
    private final BootTable boots;
    private final SessionTable sessions;
    private final Retention retention;
    private BootTable.@Nullable Boot current;

    /** A record that waits for the clinic. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Waiting(
            String bootId,
            long seq,
            RecordKind kind,
            @Nullable String session,
            byte[] body) {}

    /**
     * What a transaction made durable.
     *
     * @param whole false if there was no room for the records; the rest is written
     * @param lastSeq the greatest number written, 0 for none
     * @param waiting by how much what waits for the clinic grew
     * @param lost how many records gave way that the clinic did not have
     * @param removed how many records gave way
     */
    record Written(boolean whole, long lastSeq, long waiting, long lost, long removed) {}

    private JournalStore(Path file, Database database, BootTable boots, long mostPages) {
        this.file = file;
        this.database = database;
        this.boots = boots;
        sessions = new SessionTable(database);
        retention = new Retention(database, boots, mostPages);
    }

    /**
     * Opens or creates the file.
     *
     * @param trusted whether it is known to be whole, so that not all of it need be read
     * @param setAside receives a sentence if a damaged file was set aside
     */
    static JournalStore open(
            Path file, JournalLimits limits, String synchronous, boolean trusted, List<String> setAside)
            throws JournalException {
        String damage = Schema.examine(file);
        if (damage == null) {
            try {
                return openWhole(file, limits, synchronous, trusted);
            } catch (SQLException e) {
                if (!Database.damaged(e)) {
                    throw explained(file, e);
                }
                damage = e.getMessage();
            }
        }
        setAside.add(setAside(file, damage));
        try {
            return openWhole(file, limits, synchronous, false);
        } catch (SQLException e) {
            throw explained(file, e);
        }
    }

    static Database openForReading(Path file) throws JournalException {
        String damage = Schema.examine(file);
        if (damage != null) {
            throw new JournalException(file + ": " + damage + "; nothing can be read from it");
        }
        try {
            Database database = Database.open(file, "FULL");
            try {
                Schema.prepare(file, database);
                database.exec("PRAGMA query_only=ON");
                return database;
            } catch (SQLException | JournalException e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw explained(file, e);
        }
    }

    /** Moves a damaged file and its log out of the way. Returns a sentence that tells. */
    static String setAside(Path file, @Nullable String damage) throws JournalException {
        for (int n = 1; n <= MOST_SET_ASIDE; n++) {
            Path aside = file.resolveSibling(file.getFileName() + ".corrupt-" + n);
            if (!Files.exists(aside)) {
                try {
                    Files.move(file, aside);
                    Path log = file.resolveSibling(file.getFileName() + "-wal");
                    if (Files.exists(log)) {
                        Files.move(log, aside.resolveSibling(aside.getFileName() + "-wal"));
                    }
                } catch (IOException e) {
                    throw new JournalException(
                            file + ": damaged (" + damage + ") and can't be set aside (" + e.getMessage()
                                    + "); move it away by hand",
                            e);
                }
                return file + " was damaged (" + damage + ") and is kept as " + aside.getFileName()
                        + "; a fresh journal was begun. Send that file to whoever looks after the unit.";
            }
        }
        throw new JournalException(
                file + ": damaged, and " + MOST_SET_ASIDE + " damaged ones are kept already; move those away");
    }

    private static JournalException explained(Path file, SQLException e) {
        if (Database.taken(e)) {
            return new JournalException(
                    file + ": another process has it; stop the other agent of this unit first", e, true);
        }
        return new JournalException(
                file + ": can't be opened (" + e.getMessage() + "); free some disk space, let the agent's user read"
                        + " and write it, or correct state_dir",
                e);
    }

    private static JournalStore openWhole(Path file, JournalLimits limits, String synchronous, boolean trusted)
            throws SQLException, JournalException {
        Database database = Database.open(file, synchronous);
        try {
            Schema.prepare(file, database);
            if (!trusted && !database.text("PRAGMA quick_check(1)").equals("ok")) {
                throw new SQLException("its pages do not fit together", "", 11);
            }
            long all = limits.maxBytes() / Database.PAGE_BYTES;
            long logPages = Math.max(LEAST_LOG_PAGES, Math.min(MOST_LOG_PAGES, all / LOG_SHARE));
            long mostPages = all - logPages - TRANSACTION_PAGES - DiskRoom.BYTES / Database.PAGE_BYTES;
            database.exec("PRAGMA wal_autocheckpoint=" + logPages);
            database.exec("PRAGMA max_page_count=" + mostPages);
            return new JournalStore(file, database, new BootTable(database), mostPages);
        } catch (SQLException | JournalException e) {
            database.close();
            throw e;
        }
    }

    Database database() {
        return database;
    }

    /** Returns the greatest number there ever was in this file, as far as it can tell; 0 if it is new. */
    long lastSeqKept() throws JournalException {
        try {
            long last = database.number("SELECT max(seq) FROM record");
            for (BootTable.Boot boot : boots.all()) {
                last = Math.max(last, Math.max(boot.firstSeq, boot.ackedSeq));
            }
            return last;
        } catch (SQLException e) {
            throw explained(file, e);
        }
    }

    /** Names the boot of what follows. Returns how many records wait for the clinic. */
    long begin(String bootId, long firstSeq, long nowNs, Instant now) throws JournalException {
        try {
            database.begin();
            boots.forgetEmpty(Integer.MAX_VALUE);
            database.commit();
            boots.written();
        } catch (SQLException e) {
            rollback(); // A full disk: they stay until the next time.
        }
        try {
            current = boots.current(bootId, firstSeq, nowNs, now);
            return JournalReader.waiting(database);
        } catch (SQLException e) {
            throw explained(file, e);
        }
    }

    boolean low() throws SQLException {
        return retention.low();
    }

    /** Returns whether something but records waits to be written. */
    boolean changed() {
        return boots.changed();
    }

    List<Waiting> unacknowledged(long afterSeq, int max, long lastSeq) throws SQLException {
        List<Waiting> some = new ArrayList<>();
        for (int i = 0; i < boots.all().size(); i++) {
            BootTable.Boot boot = boots.all().get(i);
            long after = Math.max(afterSeq, boot.ackedSeq);
            long end = boots.endSeq(i, lastSeq);
            if (after >= end) {
                continue;
            }
            try (ResultSet rows = database.statement(
                            "SELECT r.seq, r.kind, s.name, r.body FROM record r LEFT JOIN session s ON s.id=r.session"
                                    + " WHERE r.seq>? AND r.seq<=? ORDER BY r.seq LIMIT ?",
                            after,
                            end,
                            max)
                    .executeQuery()) {
                while (rows.next()) { // Ends: at most max rows.
                    String kind = rows.getString(2);
                    // Of a kind this version does not know nothing can be sent: it is shown as what can't be read.
                    byte[] body = JournalReader.known(kind) ? rows.getBytes(4) : new byte[0];
                    some.add(new Waiting(
                            boot.name, rows.getLong(1), JournalReader.kindOrFault(kind), rows.getString(3), body));
                }
            }
            if (!some.isEmpty()) {
                return some;
            }
        }
        return some;
    }

    /** Notes what the clinic has. Returns how many records that settles, or -1 if it can't be. */
    long acknowledge(String bootId, long upToSeq, long lastSeq) throws SQLException {
        int known = boots.find(bootId);
        if (known < 0 || upToSeq > boots.endSeq(known, lastSeq) || upToSeq < 0) {
            return -1;
        }
        BootTable.Boot boot = boots.all().get(known);
        if (upToSeq <= boot.ackedSeq) {
            return 0;
        }
        long settled = database.number("SELECT count(*) FROM record WHERE seq>? AND seq<=?", boot.ackedSeq, upToSeq);
        boot.ackedSeq = upToSeq;
        boot.changed = true;
        return settled;
    }

    /** Returns the number after which the first record may wait for the clinic; never reads the file. */
    long acknowledgedUpTo(long lastSeq) {
        return boots.acknowledgedUpTo(lastSeq);
    }

    /** Writes everything in one transaction; it is durable when this returns. */
    Written write(Pending.Batch batch, List<KeptSession> put, boolean tight, boolean forced, long lastSeq, long nowNs)
            throws SQLException {
        long spareSeq = batch.spareSeq();
        long waiting = 0;
        long lost = 0;
        long last = 0;
        boolean whole = true;
        database.begin();
        boots.write();
        for (KeptSession session : put) {
            sessions.put(session, batch.entries(), batch.spareSeq());
        }
        List<Pending.Entry> told = new ArrayList<>();
        if (tight) {
            for (Pending.Lost one : retention.makeRoom(lastSeq, forced)) {
                byte[] body = RecordBodies.lost(nowNs, one);
                told.add(new Pending.Entry(spareSeq++, RecordKind.LOST, null, nowNs, body, null));
                lost += one.count();
            }
            waiting -= retention.removedWaiting();
            whole = retention.fits(batch.entries().size(), batch.bytes(), forced);
        }
        List<Pending.Entry> all = new ArrayList<>(whole ? batch.entries() : List.of());
        all.addAll(told);
        for (Pending.Entry entry : all) {
            insert(entry, batch.spareSeq());
            last = entry.seq();
        }
        database.commit();
        boots.written();
        return new Written(whole, last, waiting + all.size(), lost, tight ? retention.removed() : 0);
    }

    /** Takes back a transaction that did not come to its end. */
    void rollback() {
        database.rollback();
        sessions.forget();
        boots.takenBack();
    }

    /** Returns whether there is something the clinic has that may give way. */
    boolean canGiveWay(long lastSeq) throws SQLException {
        return retention.canGiveWay(lastSeq);
    }

    /** Returns whether {@link #giveBack} would give enough. */
    boolean canGiveBack() throws SQLException {
        return database.number("PRAGMA freelist_count") > DISK_PAGES;
    }

    /** Gives free pages back to a disk that was full. */
    @SuppressWarnings("EmptyCatch") // It is an attempt; the pages are used again in any case.
    void giveBack() {
        try {
            database.shrink(DISK_PAGES);
            database.exec("PRAGMA wal_checkpoint(RESTART)");
        } catch (SQLException stillFull) {
        }
    }

    /** Folds the log into the file, so that the log's room on the disk is used again from its beginning. */
    @SuppressWarnings("EmptyCatch") // It is an attempt; the next transaction shows whether it helped.
    void resetLog() {
        try {
            database.exec("PRAGMA wal_checkpoint(RESTART)");
        } catch (SQLException stillFull) {
        }
    }

    @Override
    public void close() {
        database.close();
    }

    private void insert(Pending.Entry entry, long nextSeq) throws SQLException {
        BootTable.Boot boot = current;
        if (boot == null) {
            throw new IllegalStateException("a record before the boot is known");
        }
        PreparedStatement insert = database.statement(
                "INSERT INTO record(seq, boot, t_ns, kind, session, body) VALUES(?,?,?,?,?,?)",
                entry.seq(),
                boot.id,
                entry.timeNs());
        insert.setString(4, entry.kind().label());
        String session = entry.session();
        if (session == null) {
            insert.setObject(5, null);
        } else {
            insert.setLong(5, sessions.idOf(entry, session, boot.name, nextSeq));
        }
        insert.setBytes(6, entry.body());
        insert.executeUpdate();
        if (entry.clock() != null) {
            PreparedStatement reading = database.statement(
                    "INSERT OR REPLACE INTO clock(boot, t_ns, utc, error_s) VALUES(?,?,?,?)",
                    boot.id,
                    entry.clock().timeNs());
            reading.setString(3, entry.clock().utc().toString());
            reading.setDouble(4, entry.clock().errorS());
            reading.executeUpdate();
        }
    }
}
