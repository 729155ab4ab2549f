package dev.entrain.clinic.store;

import dev.entrain.clinic.store.Names.SessionKey;
import dev.entrain.clinic.store.NewRecord.ClockFact;
import dev.entrain.clinic.store.NewRecord.Ended;
import dev.entrain.clinic.store.NewRecord.Plan;
import dev.entrain.clinic.store.NewRecord.Started;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes records, and what other tables take from them. */
final class RecordTable {
    private RecordTable() {}

    /** Compares records whose numbers are covered with what is stored; a title that was forgotten is no difference. */
    static void compare(Connection on, List<Placed> records, Consumer<Placed> whenOther, Consumer<Placed> whenMissing)
            throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        try (PreparedStatement query = on.prepareStatement("""
                SELECT i.at, r.boot_id IS NULL
                FROM unnest(?::int[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[])
                     WITH ORDINALITY AS i(boot_id, seq, kind, session, t_ns, body, at)
                LEFT JOIN record r ON r.boot_id = i.boot_id AND r.seq = i.seq
                LEFT JOIN session s ON s.session_id = r.session_id
                WHERE r.boot_id IS NULL OR r.kind <> i.kind OR s.session IS DISTINCT FROM i.session
                   OR r.t_ns IS DISTINCT FROM i.t_ns
                   OR (r.body <> i.body::jsonb AND untitled(r.kind, r.body) <> untitled(i.kind, i.body::jsonb))""")) {
            List<String> sessions = new ArrayList<>(
                    records.stream().map(p -> p.record().session()).toList());
            setKeys(on, query, records);
            query.setArray(
                    3,
                    Names.text(on, records.stream().map(p -> p.record().kind()).toList()));
            query.setArray(4, on.createArrayOf("text", sessions.toArray(String[]::new)));
            setTimeAndBody(on, query, 5, records);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Placed placed = records.get((int) rows.getLong(1) - 1);
                    (rows.getBoolean(2) ? whenMissing : whenOther).accept(placed);
                }
            }
        }
    }

    /**
     * Inserts records that no receipt covers.
     *
     * @return how many; fewer only if a receipt was cut back by hand, and the others are there
     */
    static int insert(Connection on, List<Placed> records, Map<SessionKey, Integer> sessions) throws SQLException {
        if (records.isEmpty()) {
            return 0;
        }
        int inserted;
        try (PreparedStatement insert = on.prepareStatement("""
                INSERT INTO record (boot_id, seq, kind, session_id, t_ns, body)
                SELECT boot_id, seq, kind, session_id, t_ns, body::jsonb
                FROM unnest(?::int[], ?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::text[])
                     AS i(boot_id, seq, kind, session_id, t_ns, body)
                ON CONFLICT DO NOTHING""")) {
            setKeys(on, insert, records);
            insert.setArray(
                    3,
                    Names.text(on, records.stream().map(p -> p.record().kind()).toList()));
            insert.setArray(
                    4,
                    on.createArrayOf(
                            "int4",
                            records.stream().map(p -> sessionOf(p, sessions)).toArray(Integer[]::new)));
            setTimeAndBody(on, insert, 5, records);
            inserted = insert.executeUpdate();
        }
        insertClocks(on, records);
        updateSessions(on, records, sessions);
        return inserted;
    }

    private static void insertClocks(Connection on, List<Placed> records) throws SQLException {
        try (PreparedStatement insert = on.prepareStatement("""
                INSERT INTO clock (boot_id, seq, t_ns, utc, error_s) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""")) {
            boolean any = false;
            for (Placed placed : records) {
                if (placed.record().facts() instanceof ClockFact clock) {
                    insert.setInt(1, placed.bootId());
                    insert.setLong(2, placed.record().seq());
                    insert.setLong(3, clock.timeNs());
                    insert.setObject(4, clock.utc().atOffset(ZoneOffset.UTC));
                    insert.setDouble(5, clock.errorS());
                    insert.addBatch();
                    any = true;
                }
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }

    private static void updateSessions(Connection on, List<Placed> records, Map<SessionKey, Integer> sessions)
            throws SQLException {
        List<Placed> facts = records.stream()
                .filter(p -> p.record().facts() instanceof Started || p.record().facts() instanceof Ended)
                .sorted(Comparator.comparing(
                                (Placed p) -> sessionOf(p, sessions), Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparingLong(p -> p.record().seq()))
                .toList();
        for (Placed placed : facts) {
            Integer session = sessionOf(placed, sessions);
            if (session != null) {
                updateSession(on, placed, session);
            }
        }
    }

    private static void updateSession(Connection on, Placed placed, int session) throws SQLException {
        NewRecord record = placed.record();
        Plan plan;
        String sql;
        if (record.facts() instanceof Ended ended) {
            plan = ended.plan();
            sql = """
                    UPDATE session SET programme = coalesce(?, programme), condition = coalesce(?, condition),
                        simulated = coalesce(?, simulated), sessions_per_week = coalesce(?, sessions_per_week),
                        planned_cued_s = coalesce(?, planned_cued_s), ended = ?::jsonb, ended_boot_id = ?, ended_ns = ?,
                        end_reason = ?, walked_s = ?, cued_s = ?,
                        started_ns = CASE WHEN started IS NULL THEN coalesce(?, started_ns) ELSE started_ns END,
                        boot_id = CASE WHEN started IS NULL THEN ? ELSE boot_id END
                    WHERE session_id = ?""";
        } else {
            plan = ((Started) java.util.Objects.requireNonNull(record.facts())).plan();
            sql = """
                    UPDATE session SET programme = coalesce(?, programme), condition = coalesce(?, condition),
                        simulated = coalesce(?, simulated), sessions_per_week = coalesce(?, sessions_per_week),
                        planned_cued_s = coalesce(?, planned_cued_s), started = ?::jsonb, boot_id = ?, started_ns = ?
                    WHERE session_id = ?""";
        }
        try (PreparedStatement update = on.prepareStatement(sql)) {
            update.setString(1, plan.programme());
            update.setString(2, plan.condition());
            update.setObject(3, plan.simulated(), Types.BOOLEAN);
            update.setObject(4, plan.sessionsPerWeek(), Types.DOUBLE);
            update.setObject(5, plan.plannedCuedS(), Types.DOUBLE);
            update.setString(6, record.body());
            update.setInt(7, placed.bootId());
            update.setObject(8, record.timeNs(), Types.BIGINT);
            if (record.facts() instanceof Ended ended) {
                update.setString(9, ended.end());
                update.setObject(10, ended.walkedS(), Types.DOUBLE);
                update.setObject(11, ended.cuedS(), Types.DOUBLE);
                update.setObject(12, ended.startedNs(), Types.BIGINT);
                update.setInt(13, placed.bootId());
                update.setInt(14, session);
            } else {
                update.setInt(9, session);
            }
            update.executeUpdate();
        }
        if (record.facts() instanceof Ended ended) {
            SongTable.put(on, session, ended.songs());
        }
    }

    private static @Nullable Integer sessionOf(Placed placed, Map<SessionKey, Integer> sessions) {
        String session = placed.record().session();
        return session == null ? null : sessions.get(new SessionKey(placed.key().unit(), session));
    }

    private static void setKeys(Connection on, PreparedStatement statement, List<Placed> records) throws SQLException {
        statement.setArray(
                1, on.createArrayOf("int4", records.stream().map(Placed::bootId).toArray(Integer[]::new)));
        statement.setArray(
                2,
                on.createArrayOf(
                        "int8", records.stream().map(p -> p.record().seq()).toArray(Long[]::new)));
    }

    private static void setTimeAndBody(Connection on, PreparedStatement statement, int at, List<Placed> records)
            throws SQLException {
        @Nullable Long[] times = new @Nullable Long[records.size()];
        String[] bodies = new String[records.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = records.get(i).record().timeNs();
            bodies[i] = records.get(i).record().body();
        }
        statement.setArray(at, on.createArrayOf("int8", times));
        statement.setArray(at + 1, on.createArrayOf("text", bodies));
    }
}
