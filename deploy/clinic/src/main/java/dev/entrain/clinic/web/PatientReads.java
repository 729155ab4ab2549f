package dev.entrain.clinic.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Patients by their codes, and which unit is whose. For clinicians only. Thread-safe. */
final class PatientReads {
    static final int MOST_WEEKS = 520;
    private static final int ADHERENCE_WEEKS = 4;
    private static final int MOST_PATIENTS = 1_000;
    private static final int MOST_SESSIONS = 5_000;
    private static final int MOST_PLAYS = 20_000;
    private static final int MOST_RECENT = 20_000;

    /** A session belongs to whoever had the unit when it began. */
    private static final String SESSIONS = """
            SELECT a.code, s.session_id, s.session, s.unit, s.sort_utc, s.programme, s.condition, coalesce(s.simulated, false) AS simulated,
                   s.end_reason, s.sessions_per_week, s.planned_cued_s, s.cued_s, %s AS metrics
            FROM assignment a
            JOIN (SELECT *, coalesce((SELECT utc FROM utc_of(boot_id, started_ns)), first_seen) AS sort_utc FROM session) s
              ON s.unit = a.unit AND s.sort_utc >= a.from_utc AND (a.to_utc IS NULL OR s.sort_utc < a.to_utc)
            """;

    private static final String WITH_METRICS = SESSIONS.formatted("s.ended->'metrics'");
    private static final String WITHOUT_METRICS = SESSIONS.formatted("NULL::jsonb");

    private final Sql sql;
    private final InstantSource clock;

    PatientReads(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    private record Coded(String code, Trend.Session session) {}

    /** Returns all codes with their units now, the latest session, and adherence over the last whole weeks, up to three. */
    ArrayNode list() {
        Map<String, ObjectNode> patients = new LinkedHashMap<>();
        sql.query(
                """
                SELECT p.code, array_remove(array_agg(a.unit ORDER BY a.unit), NULL) AS units
                FROM patient p LEFT JOIN assignment a ON a.code = p.code AND a.to_utc IS NULL
                GROUP BY p.code ORDER BY p.code LIMIT ?
                """,
                row -> {
                    ObjectNode patient = Json.object().put("code", row.getString("code"));
                    ArrayNode units = patient.putArray("units");
                    for (Object unit : (Object[]) row.getArray("units").getArray()) {
                        units.add(String.valueOf(unit));
                    }
                    patients.put(row.getString("code"), patient.put("sessions", 0));
                    return patient;
                },
                MOST_PATIENTS);
        sql.query(
                "SELECT x.code, count(*) AS sessions, max(x.sort_utc) AS latest FROM (" + WITHOUT_METRICS
                        + ") x GROUP BY x.code",
                row -> {
                    ObjectNode patient = patients.get(row.getString("code"));
                    if (patient != null) {
                        patient.put("sessions", row.getLong("sessions"));
                        Json.put(patient, "last_session", Sql.instant(row, "latest"));
                    }
                    return row.getString("code");
                });
        adherence(patients);
        ArrayNode list = Json.object().arrayNode();
        list.addAll(patients.values());
        return list;
    }

    /**
     * Returns a patient's weeks.
     *
     * @throws ApiError if there is no such code
     */
    ObjectNode trend(String code, int weeks) {
        check(code);
        List<Trend.Session> sessions = sessions(WITH_METRICS, code);
        ObjectNode answer = Json.object().put("code", code);
        answer.setAll(Trend.of(sessions, weeks, clock.instant()));
        return answer;
    }

    /**
     * Returns what music a patient walked to, compared.
     *
     * @throws ApiError if there is no such code
     */
    ObjectNode music(String code, int weeks) {
        check(code);
        Trend.Counted counted = Trend.countedWithPlain(sessions(WITHOUT_METRICS, code), weeks, clock.instant());
        Map<String, Trend.Session> bySession = new LinkedHashMap<>();
        counted.sessions().forEach(session -> bySession.put(session.unit() + " " + session.session(), session));
        List<Music.Play> plays = new ArrayList<>();
        sql.query(
                        SongPlay.COLUMNS + ", x.unit || ' ' || x.session AS key FROM (" + WITHOUT_METRICS
                                + "WHERE a.code = ?) x JOIN session_song g ON g.session_id = x.session_id"
                                + " ORDER BY x.sort_utc DESC, g.session_id, g.place LIMIT ?",
                        row -> Map.entry(row.getString("key"), SongPlay.read(row)),
                        code,
                        MOST_PLAYS)
                .forEach(found -> {
                    Trend.Session session = bySession.get(found.getKey());
                    if (session != null) {
                        plays.add(new Music.Play(session, found.getValue()));
                    }
                });
        ObjectNode answer = Json.object().put("code", code).put("weeks", weeks);
        answer.setAll(Music.of(counted, plays));
        return answer;
    }

    private void check(String code) {
        if (sql.first("SELECT 1 FROM patient WHERE code = ?", row -> row.getInt(1), code) == null) {
            throw ApiError.notFound("patient of that code", "Choose one from the list of patients.");
        }
    }

    private List<Trend.Session> sessions(String select, String code) {
        return sql
                .query(
                        select + "WHERE a.code = ? ORDER BY s.sort_utc DESC LIMIT ?",
                        PatientReads::read,
                        code,
                        MOST_SESSIONS)
                .stream()
                .map(Coded::session)
                .toList();
    }

    /** Returns whose a unit is now, without a code if nobody's. */
    ObjectNode of(Unit unit) {
        ObjectNode answer = Json.object();
        String code = sql.first(
                "SELECT code FROM assignment WHERE unit = ? AND to_utc IS NULL", row -> row.getString(1), unit.name());
        Json.put(answer, "code", code);
        return answer;
    }

    /**
     * Gives a unit to a patient from now on; what it recorded before stays whose it was, also when this machine's clock was set
     * back: then the patient begins where the one before ended.
     *
     * @param code null to give it to nobody
     */
    void assign(Unit unit, @Nullable String code) {
        Instant now = clock.instant();
        sql.transaction(transaction -> {
            // Whoever assigns the same unit at the same time waits here.
            transaction.query("SELECT unit FROM unit WHERE unit = ? FOR UPDATE", row -> row.getString(1), unit.name());
            if (code != null) {
                transaction.update(
                        "INSERT INTO patient (code, created) VALUES (?, ?) ON CONFLICT DO NOTHING", code, now);
                List<String> already = transaction.query(
                        "SELECT code FROM assignment WHERE unit = ? AND to_utc IS NULL AND code = ?",
                        row -> row.getString(1),
                        unit.name(),
                        code);
                if (!already.isEmpty()) {
                    return 0;
                }
            }
            transaction.update(
                    "UPDATE assignment SET to_utc = greatest(from_utc, ?) WHERE unit = ? AND to_utc IS NULL",
                    now,
                    unit.name());
            return code == null ? 0 : transaction.update("""
                            INSERT INTO assignment (unit, code, from_utc)
                            SELECT ?, ?, greatest(?, max(to_utc)) FROM assignment WHERE unit = ?
                            """, unit.name(), code, now, unit.name());
        });
    }

    private void adherence(Map<String, ObjectNode> patients) {
        Instant now = clock.instant();
        Instant since = now.minus(Duration.ofDays(7L * (ADHERENCE_WEEKS + 1)));
        // Nothing is heard of before it happens, but by a clock that is wrong: the index needs to look no further.
        Instant heard = since.minus(Duration.ofDays(1));
        Map<String, List<Trend.Session>> recent = new LinkedHashMap<>();
        sql.query(
                        WITHOUT_METRICS + "WHERE s.sort_utc > ? AND s.first_seen > ? ORDER BY s.sort_utc DESC LIMIT ?",
                        PatientReads::read,
                        since,
                        heard,
                        MOST_RECENT)
                .forEach(one -> recent.computeIfAbsent(one.code(), code -> new ArrayList<>())
                        .add(one.session()));
        recent.forEach((code, sessions) -> {
            ObjectNode patient = patients.get(code);
            if (patient != null) {
                Json.put(patient, "adherence_pct", Trend.adherencePct(sessions, ADHERENCE_WEEKS, now), 10);
            }
        });
    }

    private static Coded read(ResultSet row) throws SQLException {
        return new Coded(
                row.getString("code"),
                new Trend.Session(
                        row.getString("session"),
                        row.getString("unit"),
                        Objects.requireNonNull(Sql.instant(row, "sort_utc")),
                        row.getString("programme"),
                        row.getString("condition"),
                        row.getBoolean("simulated"),
                        row.getString("end_reason"),
                        number(row, "sessions_per_week"),
                        number(row, "planned_cued_s"),
                        row.getDouble("cued_s"),
                        Json.stored(row.getString("metrics"))));
    }

    private static double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }
}
