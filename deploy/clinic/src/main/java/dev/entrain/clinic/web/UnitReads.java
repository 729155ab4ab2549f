package dev.entrain.clinic.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is known of units. Whether patients' codes are among it, the caller says. Thread-safe. */
final class UnitReads {
    static final int MOST_UNITS = 2_000;
    static final int MOST_TIMINGS = 500;
    static final int MOST_LOGS = 10;
    private static final int MOST_ANSWERS = 100;

    private static final String UNITS = """
            SELECT u.unit, s.birth, s.status, s.reported, s.state, s.last_seen, s.state_seen, a.code, c.error_s, f.faults
            FROM unit u
            LEFT JOIN unit_status s ON s.unit = u.unit
            LEFT JOIN assignment a ON a.unit = u.unit AND a.to_utc IS NULL
            LEFT JOIN LATERAL (
                SELECT error_s FROM clock WHERE boot_id = s.birth_boot_id ORDER BY seq DESC LIMIT 1) c ON true
            LEFT JOIN LATERAL (
                SELECT jsonb_agg(jsonb_build_object('code', n.body->>'code', 'text', n.body->>'text', 'utc', n.utc)) AS faults
                FROM (
                    SELECT DISTINCT ON (r.body->>'code') r.body, t.utc
                    FROM record r
                    LEFT JOIN LATERAL utc_of(r.boot_id, r.t_ns) t ON true
                    WHERE r.boot_id = s.birth_boot_id AND r.kind = 'fault'
                    ORDER BY r.body->>'code', r.seq DESC LIMIT 50) n
                WHERE n.body->>'cleared' IS DISTINCT FROM 'true') f ON true
            """;

    private final Sql sql;

    UnitReads(Sql sql) {
        this.sql = sql;
    }

    /**
     * Returns units by name.
     *
     * @param after units from behind this name on; null for all
     */
    ArrayNode list(boolean codes, @Nullable String after, int limit) {
        ArrayNode list = Json.object().arrayNode();
        list.addAll(sql.query(
                UNITS + "WHERE u.unit > ? ORDER BY u.unit LIMIT ?",
                row -> unit(row, codes, false),
                after == null ? "" : after,
                limit));
        return list;
    }

    /**
     * Returns one unit with all that is known of it.
     *
     * @throws ApiError if there is none of that name
     */
    ObjectNode one(Unit unit, boolean codes) {
        ObjectNode one = known(sql.first(UNITS + "WHERE u.unit = ?", row -> unit(row, codes, true), unit.name()));
        one.set("lost", Lost.ofUnit(sql, unit));
        return one;
    }

    /** Returns the logs a unit sent, newest first, each put together from its parts. */
    ArrayNode logs(Unit unit, int limit) {
        check(unit);
        ArrayNode list = Json.object().arrayNode();
        list.addAll(sql.query("""
                SELECT boot, id, max(parts) AS parts, count(*) AS came, max(received) AS received,
                       string_agg(text, '' ORDER BY part) AS text
                FROM log_part WHERE unit = ? GROUP BY boot, id ORDER BY max(received) DESC, id DESC LIMIT ?
                """, UnitReads::log, unit.name(), limit));
        return list;
    }

    private static ObjectNode log(ResultSet row) throws SQLException {
        ObjectNode log = Json.object().put("boot", row.getString("boot")).put("id", row.getLong("id"));
        log.put("parts", row.getInt("parts")).put("came", row.getInt("came"));
        Json.put(log, "received", Sql.instant(row, "received"));
        return log.put("text", row.getString("text"));
    }

    /** Throws if nothing was ever heard of a unit. */
    void check(Unit unit) {
        known(sql.first("SELECT unit FROM unit WHERE unit = ?", row -> row.getString(1), unit.name()));
    }

    /** Returns the boot a unit is in, as it said itself; null if it never did. */
    @Nullable
    String boot(Unit unit) {
        return sql.first(
                "SELECT birth->>'boot' AS boot FROM unit_status WHERE unit = ? AND birth IS NOT NULL",
                row -> row.getString(1),
                unit.name());
    }

    /** Returns the unit's own proof of its timing: the newest in full, and what changed, oldest first. */
    ObjectNode timing(Unit unit, int limit) {
        check(unit);
        ObjectNode answer = Json.object();
        ArrayNode history = answer.putArray("history");
        // By boot first: the index then finds the newest without reading a year of them. Numbers of boots grow as boots
        // are
        // first heard of, and a walk without network is heard of after the boot that follows it.
        sql.query(
                """
                SELECT r.body, r.seq, r.t_ns, b.boot, t.utc
                FROM (
                    SELECT b.boot_id, b.boot, b.boot_id = s.birth_boot_id AS runs,
                           (SELECT max(c.utc) FROM clock c WHERE c.boot_id = b.boot_id) AS latest
                    FROM boot b LEFT JOIN unit_status s ON s.unit = b.unit
                    WHERE b.unit = ? ORDER BY b.boot_id DESC LIMIT 200) b
                JOIN LATERAL (
                    SELECT * FROM record WHERE boot_id = b.boot_id AND kind = 'timing' ORDER BY seq DESC LIMIT ?) r ON true
                LEFT JOIN LATERAL utc_of(r.boot_id, r.t_ns) t ON true
                ORDER BY b.runs DESC NULLS LAST, b.latest DESC NULLS LAST, b.boot_id DESC, r.seq DESC LIMIT ?
                """,
                row -> {
                    ObjectNode body = Json.stored(row.getString("body"));
                    if (!answer.has("latest")) {
                        ObjectNode latest = answer.putObject("latest");
                        latest.put("boot", row.getString("boot")).put("seq", row.getLong("seq"));
                        latest.put("t_ns", row.getLong("t_ns"));
                        Json.put(latest, "utc", Sql.instant(row, "utc"));
                        latest.setAll(body);
                    }
                    return history.insert(0, point(row, body));
                },
                unit.name(),
                limit,
                limit);
        return answer;
    }

    /** Returns what became of commands, newest first, asked for on the page or not. */
    ArrayNode answers(Unit unit) {
        check(unit);
        ArrayNode list = Json.object().arrayNode();
        list.addAll(sql.query("""
                SELECT c.boot, c.id, c.command, c.asked, a.body, a.received
                FROM command c LEFT JOIN answer a ON a.unit = c.unit AND a.boot = c.boot AND a.id = c.id
                WHERE c.unit = ?
                UNION ALL
                SELECT a.boot, a.id, NULL, NULL, a.body, a.received FROM answer a
                WHERE a.unit = ? AND NOT EXISTS (
                    SELECT FROM command c WHERE c.unit = a.unit AND c.boot = a.boot AND c.id = a.id)
                ORDER BY asked DESC NULLS LAST, received DESC LIMIT ?
                """, UnitReads::answer, unit.name(), unit.name(), MOST_ANSWERS));
        return list;
    }

    private static ObjectNode answer(ResultSet row) throws SQLException {
        ObjectNode answer = Json.object();
        ObjectNode body = Json.stored(row.getString("body"));
        answer.put("boot", row.getString("boot"));
        if (row.getObject("id") != null) {
            answer.put("id", row.getLong("id"));
        }
        Json.copy(body, "command", answer);
        Json.put(answer, "command", row.getString("command"));
        Json.put(answer, "asked", Sql.instant(row, "asked"));
        Json.put(answer, "answered", Sql.instant(row, "received"));
        for (String field : new String[] {"result", "code", "reason"}) {
            Json.copy(body, field, answer);
        }
        return answer;
    }

    private static ObjectNode unit(ResultSet row, boolean codes, boolean full) throws SQLException {
        ObjectNode unit = Json.object().put("unit", row.getString("unit"));
        ObjectNode birth = Json.stored(row.getString("birth"));
        ObjectNode state = Json.stored(row.getString("state"));
        String status = Json.stored(row.getString("status")).path("state").asText("unknown");
        unit.put("online", status.equals("online"));
        unit.put("state", status);
        Json.put(unit, "last_seen", Sql.instant(row, "last_seen"));
        Json.copy(birth, "agent", unit);
        Json.copy(birth, "certificate_expires", unit);
        if (codes) {
            Json.put(unit, "patient", row.getString("code"));
        }
        ObjectNode battery = Json.object();
        for (String foot : new String[] {"left", "right"}) {
            JsonNode percent = state.path(foot).path("battery_pct");
            if (percent.isNumber()) {
                battery.set(foot, percent);
            }
        }
        JsonNode own = state.path("battery").path("pct");
        if (own.isNumber()) {
            battery.set("unit", own);
        }
        if (!battery.isEmpty()) {
            unit.set("battery", battery);
        }
        Json.copy(state, "waiting", unit);
        Json.copy(state, "walking", unit);
        double errorS = row.getDouble("error_s");
        Json.put(unit, "clock_error_s", row.wasNull() ? Double.NaN : errorS, 1e6);
        String faults = row.getString("faults");
        unit.set("faults", faults == null ? unit.arrayNode() : Json.anything(faults));
        unit.set("reported", Json.stored(row.getString("reported")));
        if (full) {
            unit.set("birth", birth);
            unit.set("last_state", state);
            Json.put(unit, "last_state_seen", Sql.instant(row, "state_seen"));
            JsonNode counters = state.path("counters");
            unit.set("counters", counters.isObject() ? counters : Json.object());
        }
        return unit;
    }

    private static ObjectNode point(ResultSet row, ObjectNode body) throws SQLException {
        ObjectNode point = Json.object();
        Json.put(point, "utc", Sql.instant(row, "utc"));
        point.put("boot", row.getString("boot"));
        point.put("played", body.path("cues").path("played").asLong());
        point.put("late", body.path("cues").path("late").asLong());
        point.put("underruns", body.path("breaks").path("underruns").asLong());
        point.put("worst_frames", body.path("cues").path("worst_frames").asLong());
        long p99Ns = quantileNs(body.path("onset_error"), 0.99);
        if (p99Ns >= 0) {
            point.put("p99_ns", p99Ns);
        }
        return point;
    }

    /** Returns the upper edge of the class in which a quantile falls, as timing.schema.json says, ns; -1 for no counts. */
    static long quantileNs(JsonNode counts, double quantile) {
        long rank = (long) Math.ceil(quantile * counts.path("count").asLong());
        long maxNs = counts.path("max_ns").asLong();
        long sum = 0;
        for (JsonNode entry : counts.path("counts")) {
            sum += entry.path(1).asLong();
            if (rank > 0 && sum >= rank) {
                int index = entry.path(0).asInt();
                double octaves =
                        index / (double) Math.max(1, counts.path("per_octave").asInt());
                boolean last = index >= counts.path("classes").asInt() - 1;
                long edgeNs = Math.round(counts.path("first_ns").asLong() * Math.pow(2, octaves));
                return last ? maxNs : Math.min(edgeNs, maxNs);
            }
        }
        return -1;
    }

    private static <T> T known(@Nullable T unit) {
        if (unit == null) {
            throw ApiError.notFound("unit of that name", "Choose one from the list of units.");
        }
        return unit;
    }
}
