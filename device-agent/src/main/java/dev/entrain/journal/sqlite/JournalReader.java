package dev.entrain.journal.sqlite;

import dev.entrain.journal.BootClock;
import dev.entrain.journal.ClockReading;
import dev.entrain.journal.JournalException;
import dev.entrain.journal.KeptSession;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.RecordLog;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a journal: a copy of one ({@link JournalSnapshot}), or the file itself while no agent runs. Not thread-safe. */
public final class JournalReader implements AutoCloseable {
    /** Records of a session that are read at once. */
    static final int PAGE_RECORDS = 512;

    private static final Map<String, RecordKind> KINDS = kinds();
    private static final String LABELS = "'" + String.join("', '", KINDS.keySet()) + "'";

    private final Path file;
    private final Database database;

    JournalReader(Path file, Database database) {
        this.file = file;
        this.database = database;
    }

    /** A record with everything the journal keeps of it. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Kept(
            String bootId,
            long seq,
            RecordKind kind,
            @Nullable String session,
            long timeNs,
            byte[] body,
            boolean acknowledged) {}

    /**
     * A boot.
     *
     * @param id the kernel's name for it
     * @param firstSeq its first sequence number
     * @param firstNs CLOCK_MONOTONIC when the journal first saw it
     * @param firstUtc what the wall clock said then
     * @param ackedSeq up to where the clinic has it; {@code firstSeq - 1} if nothing
     */
    public record Boot(String id, long firstSeq, long firstNs, Instant firstUtc, long ackedSeq) {}

    /** Returns every session, oldest first. */
    public List<KeptSession> sessions() throws JournalException {
        return ask(() -> sessions(database));
    }

    /** Returns the session in progress, or null. */
    public @Nullable KeptSession openSession() throws JournalException {
        List<KeptSession> all = sessions();
        return all.isEmpty() || all.getLast().ended() ? null : all.getLast();
    }

    /** Shows all records of a session in order, acknowledged or not; nothing if there is no such session. */
    public void records(String sessionId, RecordLog.Reader reader) throws JournalException {
        long[] last = {0};
        List<Part> page = List.of();
        do { // Ends with the session: each page but the last is full and lies above the one before.
            page = ask(() -> sessionRecords(database, sessionId, last[0], PAGE_RECORDS));
            for (Part part : page) {
                reader.onRecord(part.bootId(), part.seq(), part.kind(), sessionId, part.body());
                last[0] = part.seq();
            }
        } while (page.size() == PAGE_RECORDS);
    }

    /** Returns up to {@code max} records above a sequence number, oldest first. */
    public List<Kept> after(long seq, int max) throws JournalException {
        return ask(() -> {
            List<Kept> some = new ArrayList<>();
            try (ResultSet rows = database.statement(
                            "SELECT r.seq, b.name, r.kind, s.name, r.t_ns, r.body, r.seq<=b.acked_seq FROM record r"
                                    + " JOIN boot b ON b.id=r.boot LEFT JOIN session s ON s.id=r.session"
                                    + " WHERE r.seq>? ORDER BY r.seq LIMIT ?",
                            seq,
                            max)
                    .executeQuery()) {
                while (rows.next()) { // Ends: at most max rows.
                    some.add(new Kept(
                            rows.getString(2),
                            rows.getLong(1),
                            kind(rows.getString(3)),
                            rows.getString(4),
                            rows.getLong(5),
                            rows.getBytes(6),
                            rows.getBoolean(7)));
                }
            }
            return some;
        });
    }

    /** Returns every boot there is something of, oldest first. */
    public List<Boot> boots() throws JournalException {
        return ask(() -> new BootTable(database)
                .all().stream()
                        .map(boot -> new Boot(boot.name, boot.firstSeq, boot.firstNs, boot.firstUtc, boot.ackedSeq))
                        .toList());
    }

    /** Returns what is known of a boot's UTC by now; a clock without readings if the boot is not known. */
    public BootClock clock(String bootId) throws JournalException {
        return ask(() -> clock(database, bootId));
    }

    /** Returns the greatest sequence number, 0 if there are no records. */
    public long lastSeq() throws JournalException {
        return ask(() -> database.number("SELECT max(seq) FROM record"));
    }

    /** Returns how many records wait for an acknowledgement. */
    public long waiting() throws JournalException {
        return ask(() -> waiting(database));
    }

    /** Returns how many records there are of each kind, by label. */
    public Map<String, Long> counts() throws JournalException {
        return ask(() -> {
            Map<String, Long> counts = new java.util.TreeMap<>();
            try (ResultSet rows = database.statement("SELECT kind, count(*) FROM record GROUP BY kind")
                    .executeQuery()) {
                while (rows.next()) { // Ends: one row for each kind.
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
            return counts;
        });
    }

    /** Returns what is wrong with the file, empty if nothing is: SQLite's own check, and what must hold besides. */
    public List<String> check() throws JournalException {
        return ask(() -> JournalCheck.run(database));
    }

    @Override
    public void close() {
        database.close();
    }

    static List<KeptSession> sessions(Database database) throws SQLException {
        List<KeptSession> all = new ArrayList<>();
        try (ResultSet rows = database.statement(
                        "SELECT name, boot, origin_ns, header, state, ended FROM session ORDER BY id")
                .executeQuery()) {
            while (rows.next()) { // Ends with the table.
                all.add(new KeptSession(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getLong(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getBoolean(6)));
            }
        }
        return all;
    }

    /** A record as a session's reader sees it. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Part(String bootId, long seq, RecordKind kind, byte[] body) {}

    /** Returns the next records of a session above a number, in order; those of kinds of a newer agent are left out. */
    static List<Part> sessionRecords(Database database, String sessionId, long afterSeq, int max) throws SQLException {
        List<Part> some = new ArrayList<>();
        var find = database.statement(
                "SELECT id, first_seq, coalesce(last_seq, 9223372036854775807) FROM session" + " WHERE name=?");
        find.setString(1, sessionId);
        long id;
        long first;
        long last;
        try (ResultSet rows = find.executeQuery()) {
            if (!rows.next()) {
                return some;
            }
            id = rows.getLong(1);
            first = rows.getLong(2);
            last = rows.getLong(3);
        }
        var read = database.statement(
                "SELECT r.seq, b.name, r.kind, r.body FROM record r JOIN boot b ON b.id=r.boot"
                        + " WHERE r.seq BETWEEN ? AND ? AND r.session=? AND r.kind IN (" + LABELS
                        + ") ORDER BY r.seq LIMIT ?",
                Math.max(first, afterSeq + 1),
                last,
                id,
                max);
        try (ResultSet rows = read.executeQuery()) {
            while (rows.next()) { // Ends: at most max rows.
                some.add(new Part(rows.getString(2), rows.getLong(1), kind(rows.getString(3)), rows.getBytes(4)));
            }
        }
        return some;
    }

    static BootClock clock(Database database, String bootId) throws SQLException {
        List<ClockReading> readings = new ArrayList<>();
        var find = database.statement(
                "SELECT c.t_ns, c.utc, c.error_s FROM clock c JOIN boot b ON b.id=c.boot WHERE b.name=? ORDER BY c.t_ns");
        find.setString(1, bootId);
        try (ResultSet rows = find.executeQuery()) {
            while (rows.next()) { // Ends: one an hour and for each time the clock was set.
                readings.add(new ClockReading(rows.getLong(1), Instant.parse(rows.getString(2)), rows.getDouble(3)));
            }
        }
        return new BootClock(readings);
    }

    static long waiting(Database database) throws SQLException {
        long waiting = 0;
        List<BootTable.Boot> boots = new BootTable(database).all();
        for (int i = 0; i < boots.size(); i++) {
            BootTable.Boot boot = boots.get(i);
            long end = i + 1 < boots.size() ? boots.get(i + 1).firstSeq - 1 : Long.MAX_VALUE;
            waiting += database.number("SELECT count(*) FROM record WHERE seq>? AND seq<=?", boot.ackedSeq, end);
        }
        return waiting;
    }

    /** Returns whether a label is one of this version's; a newer agent's journal may hold others. */
    static boolean known(String label) {
        return KINDS.containsKey(label);
    }

    /** Returns the kind; for one of a newer agent that of a fault, which gives way like it. */
    static RecordKind kindOrFault(String label) {
        return KINDS.getOrDefault(label, RecordKind.FAULT);
    }

    static RecordKind kind(String label) throws SQLException {
        RecordKind kind = KINDS.get(label);
        if (kind == null) {
            throw new SQLException("a record of the unknown kind \"" + label + "\"");
        }
        return kind;
    }

    private static Map<String, RecordKind> kinds() {
        Map<String, RecordKind> kinds = new HashMap<>();
        for (RecordKind kind : RecordKind.values()) {
            kinds.put(kind.label(), kind);
        }
        return Map.copyOf(kinds);
    }

    private interface Question<T> {
        T answer() throws SQLException;
    }

    private <T> T ask(Question<T> question) throws JournalException {
        try {
            return question.answer();
        } catch (SQLException e) {
            throw new JournalException(
                    file + ": can't be read (" + e.getMessage() + "); `entrain journal check` tells more", e);
        }
    }
}
