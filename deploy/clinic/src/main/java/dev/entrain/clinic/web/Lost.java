package dev.entrain.clinic.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.sql.Sql;
import org.jspecify.annotations.Nullable;

/** Records that gave way on a unit before the clinic had them, as the unit told: how many of each kind. */
final class Lost {
    private static final String COUNTS = """
            SELECT r.body->>'kind_lost' AS kind,
                   least(sum(CASE WHEN jsonb_typeof(r.body->'count') = 'number' THEN greatest((r.body->>'count')::numeric, 0) END),
                         9007199254740991)::bigint AS count
            """;

    private Lost() {}

    /** Returns the counts of all that is stored of a unit; empty if nothing was lost. */
    static ObjectNode ofUnit(Sql sql, Unit unit) {
        return counts(
                sql,
                COUNTS
                        + "FROM boot b JOIN record r ON r.boot_id = b.boot_id AND r.kind = 'lost' WHERE b.unit = ? GROUP BY 1",
                unit.name());
    }

    /**
     * Returns the counts of what may be missing from a session: what was lost among its records. A loss that reaches beyond
     * the session counts whole.
     */
    static ObjectNode ofSession(Sql sql, int sessionId) {
        return counts(sql, COUNTS + """
                FROM (SELECT boot_id, min(seq) AS first, max(seq) AS last FROM record WHERE session_id = ? GROUP BY boot_id) s
                JOIN record r ON r.boot_id = s.boot_id AND r.kind = 'lost'
                WHERE jsonb_typeof(r.body->'from_seq') = 'number' AND jsonb_typeof(r.body->'to_seq') = 'number'
                  AND (r.body->>'from_seq')::numeric <= s.last AND (r.body->>'to_seq')::numeric >= s.first
                GROUP BY 1
                """, sessionId);
    }

    private static ObjectNode counts(Sql sql, String query, @Nullable Object value) {
        ObjectNode counts = Json.object();
        sql.query(
                query,
                row -> {
                    String kind = row.getString("kind");
                    return kind == null ? counts : counts.put(kind, row.getLong("count"));
                },
                value);
        return counts;
    }
}
