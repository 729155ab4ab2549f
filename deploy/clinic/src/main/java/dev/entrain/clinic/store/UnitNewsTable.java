package dev.entrain.clinic.store;

import dev.entrain.clinic.store.UnitNews.Answer;
import dev.entrain.clinic.store.UnitNews.Kind;
import dev.entrain.clinic.store.UnitNews.LogPart;
import dev.entrain.clinic.store.UnitNews.Newest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes what units say of themselves: one row of {@code unit_status} a unit and transaction, in the order of their names, so
 * that two receivers never wait in a ring. A message of an earlier boot or connection, as a late last will is, changes
 * nothing.
 */
final class UnitNewsTable {
    private static final String UPSERT = """
            INSERT INTO unit_status AS s (unit, birth, birth_boot_id, birth_seen, status, status_boot_id, status_conn,
                                          status_seen, reported, reported_seen, state, state_seen, last_seen)
            SELECT unit, birth, birth_boot, CASE WHEN birth IS NOT NULL THEN now() END,
                   status, status_boot, conn, CASE WHEN status IS NOT NULL THEN now() END,
                   reported, CASE WHEN reported IS NOT NULL THEN now() END,
                   state, CASE WHEN state IS NOT NULL THEN now() END,
                   CASE WHEN state IS NOT NULL OR status ->> 'state' = 'online' THEN now() END
            FROM (SELECT ?::text AS unit, ?::jsonb AS birth, ?::int AS birth_boot, ?::jsonb AS status,
                         ?::int AS status_boot, ?::bigint AS conn, ?::jsonb AS reported, ?::jsonb AS state) i
            ON CONFLICT (unit) DO UPDATE SET
                birth = CASE WHEN excluded.birth_boot_id >= coalesce(s.birth_boot_id, 0)
                    THEN excluded.birth ELSE s.birth END,
                birth_seen = CASE WHEN excluded.birth_boot_id >= coalesce(s.birth_boot_id, 0)
                    AND excluded.birth IS DISTINCT FROM s.birth THEN excluded.birth_seen ELSE s.birth_seen END,
                birth_boot_id = greatest(s.birth_boot_id, excluded.birth_boot_id),
                status = CASE WHEN (excluded.status_boot_id, excluded.status_conn)
                    >= (coalesce(s.status_boot_id, 0), coalesce(s.status_conn, 0)) THEN excluded.status ELSE s.status END,
                status_seen = CASE WHEN (excluded.status_boot_id, excluded.status_conn)
                    >= (coalesce(s.status_boot_id, 0), coalesce(s.status_conn, 0))
                    AND excluded.status IS DISTINCT FROM s.status THEN excluded.status_seen ELSE s.status_seen END,
                last_seen = CASE WHEN excluded.state IS NOT NULL OR excluded.status IS DISTINCT FROM s.status
                    THEN coalesce(excluded.last_seen, s.last_seen) ELSE s.last_seen END,
                status_conn = CASE WHEN (excluded.status_boot_id, excluded.status_conn)
                    >= (coalesce(s.status_boot_id, 0), coalesce(s.status_conn, 0))
                    THEN excluded.status_conn ELSE s.status_conn END,
                status_boot_id = greatest(s.status_boot_id, excluded.status_boot_id),
                reported = coalesce(excluded.reported, s.reported),
                reported_seen = CASE WHEN excluded.reported IS NOT NULL
                    AND excluded.reported IS DISTINCT FROM s.reported THEN excluded.reported_seen ELSE s.reported_seen END,
                state = coalesce(excluded.state, s.state),
                state_seen = coalesce(excluded.state_seen, s.state_seen)""";

    /** The newest 1,000 of a unit stay. What another receiver deletes at this moment is left to it. */
    private static final String OLD_ANSWERS = """
            DELETE FROM answer WHERE answer_id IN (
                SELECT answer_id FROM answer
                WHERE unit = ? AND answer_id <= (
                    SELECT answer_id FROM answer WHERE unit = ? ORDER BY answer_id DESC OFFSET 1000 LIMIT 1)
                FOR UPDATE SKIP LOCKED)""";

    /** The newest 10 uploads of a unit stay. */
    private static final String OLD_LOGS = """
            DELETE FROM log_part WHERE (unit, boot, id, part) IN (
                SELECT unit, boot, id, part FROM log_part
                WHERE unit = ? AND (boot, id) NOT IN (
                    SELECT boot, id FROM log_part WHERE unit = ? GROUP BY boot, id ORDER BY max(received) DESC, id DESC LIMIT 10)
                FOR UPDATE SKIP LOCKED)""";

    private final Map<String, Map<Kind, Newest>> newest = new TreeMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<LogPart> parts = new ArrayList<>();
    private final Set<BootKey> boots = new TreeSet<>();

    UnitNewsTable(List<UnitNews> news) {
        for (UnitNews item : news) {
            switch (item) {
                case Newest latest -> {
                    newest.computeIfAbsent(latest.unit().name(), name -> new EnumMap<>(Kind.class))
                            .put(latest.kind(), latest);
                    boots.add(new BootKey(latest.unit(), latest.boot()));
                }
                case Answer answer -> {
                    answers.add(answer);
                    boots.add(new BootKey(answer.unit(), answer.boot()));
                }
                case LogPart part -> {
                    parts.add(part);
                    boots.add(new BootKey(part.unit(), part.boot()));
                }
            }
        }
    }

    /** Returns the boots named; their rows, and so their units', are there before {@link #store}. */
    Set<BootKey> boots() {
        return boots;
    }

    void store(Connection on, Map<BootKey, Integer> bootIds) throws SQLException {
        if (!newest.isEmpty()) {
            try (PreparedStatement upsert = on.prepareStatement(UPSERT)) {
                for (Map.Entry<String, Map<Kind, Newest>> unit : newest.entrySet()) {
                    set(upsert, unit.getKey(), unit.getValue(), bootIds);
                    upsert.addBatch();
                }
                upsert.executeBatch();
            }
        }
        storeAnswers(on);
        storeLogs(on);
    }

    private void storeAnswers(Connection on) throws SQLException {
        Set<String> units = new TreeSet<>();
        for (Answer answer : answers) {
            units.add(answer.unit().name());
            try (PreparedStatement insert = on.prepareStatement("""
                    INSERT INTO answer (unit, boot, id, body) VALUES (?, ?, ?, ?::jsonb) ON CONFLICT DO NOTHING""")) {
                insert.setString(1, answer.unit().name());
                insert.setString(2, answer.boot());
                insert.setObject(3, answer.id(), Types.BIGINT);
                insert.setString(4, answer.body());
                insert.executeUpdate();
            }
        }
        for (String unit : units) {
            try (PreparedStatement delete = on.prepareStatement(OLD_ANSWERS)) {
                delete.setString(1, unit);
                delete.setString(2, unit);
                delete.executeUpdate();
            }
        }
    }

    private void storeLogs(Connection on) throws SQLException {
        Set<String> units = new TreeSet<>();
        for (LogPart part : parts) {
            units.add(part.unit().name());
            try (PreparedStatement insert = on.prepareStatement("""
                    INSERT INTO log_part (unit, boot, id, part, parts, text) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING""")) {
                insert.setString(1, part.unit().name());
                insert.setString(2, part.boot());
                insert.setLong(3, part.id());
                insert.setInt(4, part.part());
                insert.setInt(5, part.parts());
                insert.setString(6, part.text().replace('\0', ' '));
                insert.executeUpdate();
            }
        }
        for (String unit : units) {
            try (PreparedStatement delete = on.prepareStatement(OLD_LOGS)) {
                delete.setString(1, unit);
                delete.setString(2, unit);
                delete.executeUpdate();
            }
        }
    }

    private static void set(PreparedStatement upsert, String unit, Map<Kind, Newest> of, Map<BootKey, Integer> bootIds)
            throws SQLException {
        Newest birth = of.get(Kind.BIRTH);
        Newest status = of.get(Kind.STATUS);
        upsert.setString(1, unit);
        upsert.setString(2, body(birth));
        upsert.setObject(3, boot(birth, bootIds), Types.INTEGER);
        upsert.setString(4, body(status));
        upsert.setObject(5, boot(status, bootIds), Types.INTEGER);
        upsert.setObject(6, status == null ? null : status.conn(), Types.BIGINT);
        upsert.setString(7, body(of.get(Kind.REPORTED)));
        upsert.setString(8, body(of.get(Kind.STATE)));
    }

    private static @Nullable String body(@Nullable Newest newest) {
        return newest == null ? null : newest.body();
    }

    private static @Nullable Integer boot(@Nullable Newest newest, Map<BootKey, Integer> bootIds) {
        return newest == null ? null : bootIds.get(new BootKey(newest.unit(), newest.boot()));
    }
}
