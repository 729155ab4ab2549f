package dev.entrain.clinic.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions: lists, and one with its blocks and metrics. Thread-safe. */
final class SessionReads {
    static final int MOST = 500;
    private static final int MOST_LOOKED_AT = 5_000;

    private static final String COLUMNS = """
            SELECT s.session_id, s.session, s.unit, s.boot_id, s.boot, s.started_ns, s.started_utc, s.started_error_s, s.ended_utc,
                   s.ended_ns, s.ended_boot_id, s.sort_utc, s.programme, s.condition, s.simulated, s.end_reason, s.walked_s,
                   s.cued_s, s.sessions_per_week, s.planned_cued_s, p.code
            """;

    private static final String FROM = """
            FROM session_utc s
            LEFT JOIN LATERAL (
                SELECT a.code FROM assignment a
                WHERE a.unit = s.unit AND a.from_utc <= s.sort_utc AND (a.to_utc IS NULL OR s.sort_utc < a.to_utc)
                ORDER BY a.from_utc DESC LIMIT 1) p ON true
            """;

    private final Sql sql;

    SessionReads(Sql sql) {
        this.sql = sql;
    }

    /**
     * Which sessions.
     *
     * @param unit null for any
     * @param patient code; null for any
     * @param before session behind which the list goes on; null from the newest on
     */
    record Wanted(
            @Nullable String unit,
            @Nullable String patient,
            @Nullable String before,
            int limit) {}

    /** One session's place among the records, to read them by. */
    record Place(int sessionId, int bootId, @Nullable Long startedNs, String session, String unit) {}

    /** Returns sessions, newest first, of those heard of last. */
    ArrayNode list(Wanted wanted, boolean codes) {
        StringBuilder where = new StringBuilder("WHERE s.session_id IN (SELECT session_id FROM session WHERE true");
        List<@Nullable Object> values = new ArrayList<>();
        if (wanted.unit() != null) {
            where.append(" AND unit = ?");
            values.add(wanted.unit());
        }
        if (wanted.patient() != null) {
            where.append(" AND unit IN (SELECT unit FROM assignment WHERE code = ?)");
            values.add(wanted.patient());
        }
        // When a session began is known by its unit's clock alone: it is computed for so many, not for years of all
        // units.
        where.append(" ORDER BY session_id DESC LIMIT ?)");
        values.add(MOST_LOOKED_AT);
        if (wanted.patient() != null) {
            where.append(" AND p.code = ?");
            values.add(wanted.patient());
        }
        if (wanted.before() != null) {
            where.append(" AND (s.sort_utc, s.session_id) <"
                    + " (SELECT sort_utc, session_id FROM session_utc WHERE session = ? ORDER BY session_id LIMIT 1)");
            values.add(wanted.before());
        }
        values.add(wanted.limit());
        ArrayNode list = Json.object().arrayNode();
        list.addAll(sql.query(
                COLUMNS + FROM + where + " ORDER BY s.sort_utc DESC, s.session_id DESC LIMIT ?",
                row -> session(row, codes),
                values.toArray()));
        return list;
    }

    /**
     * Returns where a session's records are.
     *
     * @throws ApiError if there is no such session, or units use the same name for theirs
     */
    Place place(String session) {
        List<Place> places = sql.query(
                "SELECT session_id, boot_id, started_ns, unit FROM session WHERE session = ? LIMIT 2",
                row -> new Place(
                        row.getInt("session_id"),
                        row.getInt("boot_id"),
                        row.getObject("started_ns", Long.class),
                        session,
                        row.getString("unit")),
                session);
        if (places.size() > 1) {
            throw new ApiError(409, "Two units call a session of theirs by this name.", "Tell whoever runs the units.");
        }
        if (places.isEmpty()) {
            throw ApiError.notFound("session of that name", "Choose one from the list of sessions.");
        }
        return places.getFirst();
    }

    /** Returns one session with its blocks, its metrics, its songs and the timing the unit told last within it. */
    ObjectNode one(Place place, boolean codes) {
        ObjectNode session = sql.first(
                COLUMNS + ", s.started, s.ended " + FROM + "WHERE s.session_id = ?",
                row -> full(row, codes),
                place.sessionId());
        if (session == null) {
            throw ApiError.notFound("session of that name", "Choose one from the list of sessions.");
        }
        String timing = sql.first("""
                SELECT r.body FROM record r JOIN session s ON s.session_id = ?
                WHERE r.boot_id = s.boot_id AND r.kind = 'timing' AND r.t_ns >= s.started_ns
                  AND (s.ended_ns IS NULL OR s.ended_boot_id <> s.boot_id OR r.t_ns <= s.ended_ns + 120e9)
                ORDER BY r.seq DESC LIMIT 1
                """, row -> row.getString(1), place.sessionId());
        if (timing != null) {
            session.set("timing", Json.stored(timing));
        }
        session.set("lost", Lost.ofSession(sql, place.sessionId()));
        ArrayNode songs = session.putArray("songs");
        songs.addAll(sql.query(
                SongPlay.COLUMNS + " FROM session_song g WHERE g.session_id = ? ORDER BY g.place",
                row -> SongPlay.read(row).json(codes),
                place.sessionId()));
        return session;
    }

    private static ObjectNode full(ResultSet row, boolean codes) throws SQLException {
        ObjectNode session = session(row, codes);
        JsonNode started = Json.stored(row.getString("started"));
        JsonNode ended = Json.stored(row.getString("ended"));
        // On the clock of the boot the session ended in, as its blocks are.
        long startedNs = ended.path("started_ns").asLong();
        for (String field : new String[] {"baseline_spm", "rule"}) {
            Json.copy(ended, field, session);
        }
        for (String field : new String[] {"programme_toml", "rx_rev"}) {
            Json.copy(ended.has(field) ? ended : started, field, session);
        }
        Json.put(session, "clock_error_s", number(row, "started_error_s"), 1e6);
        ArrayNode blocks = session.putArray("blocks");
        for (JsonNode block : ended.path("blocks")) {
            ObjectNode one = blocks.addObject();
            Json.copy(block, "index", one);
            Json.copy(block, "kind", one);
            seconds(block, "start_ns", startedNs, one, "start_s");
            seconds(block, "end_ns", startedNs, one, "end_s");
            Json.copy(block, "level_pct", one);
        }
        session.set("metrics", ended.path("metrics").isObject() ? ended.path("metrics") : Json.object());
        return session;
    }

    private static ObjectNode session(ResultSet row, boolean codes) throws SQLException {
        ObjectNode session =
                Json.object().put("session", row.getString("session")).put("unit", row.getString("unit"));
        if (codes) {
            Json.put(session, "patient", row.getString("code"));
        }
        Json.put(session, "programme", row.getString("programme"));
        Json.put(session, "condition", row.getString("condition"));
        session.put("simulated", row.getBoolean("simulated"));
        // Without a clock record there is no start, only when it was first heard of.
        Json.put(session, "started", Sql.instant(row, "started_utc"));
        Json.put(session, "heard", Sql.instant(row, "sort_utc"));
        Json.put(session, "ended", Sql.instant(row, "ended_utc"));
        Json.put(session, "end", row.getString("end_reason"));
        Json.put(session, "walked_s", number(row, "walked_s"), 10);
        Json.put(session, "cued_s", number(row, "cued_s"), 10);
        Json.put(session, "sessions_per_week", number(row, "sessions_per_week"), 100);
        Json.put(session, "planned_cued_s", number(row, "planned_cued_s"), 10);
        return session;
    }

    private static void seconds(JsonNode from, String field, long startedNs, ObjectNode to, String name) {
        JsonNode value = from.path(field);
        if (value.isIntegralNumber()) {
            Json.put(to, name, (value.longValue() - startedNs) / 1e9, 1e4);
        }
    }

    private static double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }
}
