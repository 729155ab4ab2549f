package dev.entrain.clinic.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.sql.Sql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Every record of a session, in seconds from its start. Thread-safe. */
final class RecordReads {
    static final int MOST = 10_000;
    /** Answers made at a time: each may take some 20 MB while it is. */
    private static final int AT_ONCE = 2;

    private static final int WAIT_S = 5;

    /** A stride and the step that ended it are the same contact, perhaps told apart by a later look at it. */
    private static final double SAME_CONTACT_S = 0.05;

    private static final double NS = 1e-9;

    private final Sql sql;
    private final JsonFactory json = new JsonFactory();
    private final Semaphore room = new Semaphore(AT_ONCE);

    /** The lists of an answer. */
    private enum Group {
        STEPS,
        STRIDES,
        CUES,
        FREEZES,
        EVENTS,
        GAPS,
        SONGS;

        static @Nullable Group of(String kind) {
            return switch (kind) {
                case "step" -> STEPS;
                case "stride" -> STRIDES;
                case "cue" -> CUES;
                case "freeze" -> FREEZES;
                case "event", "silence" -> EVENTS;
                case "gap" -> GAPS;
                case "song" -> SONGS;
                default -> null;
            };
        }
    }

    /** Seconds of each boot's clock at which the session began, and what it was in UTC; null where no clock record says. */
    private record Origin(
            Map<Integer, Long> startNs, @Nullable Instant utc, double errorS) {}

    RecordReads(Sql sql) {
        this.sql = sql;
    }

    /**
     * Returns the records of a session as JSON in UTF-8, in order of time within each list.
     *
     * @param after where the answer before ended, its {@code next}; null from the start
     * @param limit most records, of all lists together
     * @param titles whether the reader may see what songs are called
     * @throws ApiError if too many are asked for at a time
     */
    byte[] of(SessionReads.Place place, @Nullable Cursor after, int limit, boolean titles) {
        try {
            if (!room.tryAcquire(WAIT_S, TimeUnit.SECONDS)) {
                throw ApiError.tooMany("Too many look at sessions at this moment.", "Try again.", WAIT_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.tooMany("The server is ending.", "Try again.", WAIT_S);
        }
        try {
            return read(place, after, limit, titles);
        } finally {
            room.release();
        }
    }

    private byte[] read(SessionReads.Place place, @Nullable Cursor after, int limit, boolean titles) {
        return sql.transaction(transaction -> {
            Origin origin = origin(transaction, place);
            Map<Group, List<ObjectNode>> groups = new EnumMap<>(Group.class);
            Cursor[] last = new Cursor[1];
            int[] count = new int[1];
            Cursor from = after == null ? new Cursor(0, Long.MIN_VALUE, 0) : after;
            transaction.each(
                    """
                    SELECT boot_id, seq, kind, t_ns, body FROM record
                    WHERE session_id = ? AND t_ns IS NOT NULL
                      AND kind IN ('step', 'stride', 'cue', 'silence', 'freeze', 'event', 'gap', 'song')
                      AND (boot_id, t_ns, seq) > (?, ?, ?)
                    ORDER BY boot_id, t_ns, seq LIMIT ?
                    """,
                    row -> {
                        last[0] = new Cursor(row.getInt("boot_id"), row.getLong("t_ns"), row.getLong("seq"));
                        count[0]++;
                        add(row, origin, groups);
                    },
                    place.sessionId(),
                    from.bootId(),
                    from.tNs(),
                    from.seq(),
                    limit);
            if (!titles) {
                groups.getOrDefault(Group.SONGS, List.of()).forEach(song -> song.remove("title"));
            }
            join(groups.getOrDefault(Group.STRIDES, List.of()), groups.getOrDefault(Group.STEPS, List.of()));
            return written(place, origin, groups, count[0] == limit ? last[0] : null);
        });
    }

    /** Where a list goes on. */
    record Cursor(int bootId, long tNs, long seq) {
        /**
         * Reads the text form.
         *
         * @throws ApiError if it is none
         */
        static Cursor of(String text) {
            if (!text.matches("[0-9]{1,9}\\.-?[0-9]{1,18}\\.[0-9]{1,18}")) {
                throw ApiError.badRequest(
                        "'after' is not the 'next' of an answer before.", "Leave it out, or copy 'next'.");
            }
            String[] parts = text.split("\\.", -1);
            return new Cursor(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        String text() {
            return bootId + "." + tNs + "." + seq;
        }
    }

    /**
     * Finds the session's start on the clock of every boot its records are of: a session goes on when the unit starts anew. Where
     * it has no "started" yet, its first record is its start.
     */
    private static Origin origin(Sql.Transaction transaction, SessionReads.Place place) throws SQLException {
        Map<Integer, Long> firstNs = new HashMap<>();
        transaction.each(
                "SELECT boot_id, min(t_ns) AS first FROM record WHERE session_id = ? AND t_ns IS NOT NULL GROUP BY boot_id",
                row -> firstNs.put(row.getInt("boot_id"), row.getLong("first")),
                place.sessionId());
        long startNs = place.startedNs() != null ? place.startedNs() : firstNs.getOrDefault(place.bootId(), 0L);
        Map<Integer, Long> starts = new HashMap<>(Map.of(place.bootId(), startNs));
        List<Origin> start = transaction.query(
                "SELECT utc, error_s FROM utc_of(?, ?)",
                row -> new Origin(starts, Sql.instant(row, "utc"), row.getDouble("error_s")),
                place.bootId(),
                startNs);
        Origin origin = start.isEmpty() ? new Origin(starts, null, 0) : start.getFirst();
        Instant startUtc = origin.utc();
        for (Map.Entry<Integer, Long> boot : firstNs.entrySet()) {
            if (startUtc != null && boot.getKey() != place.bootId()) {
                transaction.each(
                        "SELECT utc FROM utc_of(?, ?)",
                        row -> {
                            Instant utc = Sql.instant(row, "utc");
                            if (utc != null) {
                                starts.put(
                                        boot.getKey(),
                                        boot.getValue()
                                                - Duration.between(startUtc, utc)
                                                        .toNanos());
                            }
                        },
                        boot.getKey(),
                        boot.getValue());
            }
        }
        return origin;
    }

    /** Records of a boot whose clock nobody knows have no place in the session's time: they are left out. */
    private static void add(ResultSet row, Origin origin, Map<Group, List<ObjectNode>> groups) throws SQLException {
        Long startNs = origin.startNs().get(row.getInt("boot_id"));
        String kind = row.getString("kind");
        Group group = Group.of(kind);
        if (startNs == null || group == null) {
            return;
        }
        ObjectNode record = Json.object();
        record.put("t_s", seconds(row.getLong("t_ns") - startNs));
        if (group == Group.EVENTS && kind.equals("silence")) {
            record.put("what", kind);
        }
        for (Map.Entry<String, JsonNode> field :
                Json.stored(row.getString("body")).properties()) {
            String name = field.getKey();
            if (name.endsWith("_ns") && field.getValue().isIntegralNumber()) {
                record.put(
                        name.substring(0, name.length() - 2) + "s",
                        seconds(field.getValue().longValue() - startNs));
            } else {
                record.set(name, field.getValue());
            }
        }
        groups.computeIfAbsent(group, none -> new ArrayList<>()).add(record);
    }

    /** Gives each stride what its last step says of the beat: both lists are in order of time. */
    private static void join(List<ObjectNode> strides, List<ObjectNode> steps) {
        int from = 0;
        for (ObjectNode stride : strides) {
            double t = stride.path("t_s").asDouble();
            while (from < steps.size() && steps.get(from).path("t_s").asDouble() < t - SAME_CONTACT_S) {
                from++;
            }
            for (int i = from; i < steps.size() && steps.get(i).path("t_s").asDouble() <= t + SAME_CONTACT_S; i++) {
                if (steps.get(i).path("foot").equals(stride.path("foot"))) {
                    for (String field : new String[] {"cue_id", "asynchrony_ms", "cadence_spm"}) {
                        Json.copy(steps.get(i), field, stride);
                    }
                }
            }
        }
    }

    private byte[] written(
            SessionReads.Place place, Origin origin, Map<Group, List<ObjectNode>> groups, @Nullable Cursor next) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("session", place.session());
            Instant utc = origin.utc();
            if (utc != null) {
                out.writeStringField(
                        "started", utc.truncatedTo(ChronoUnit.MILLIS).toString());
                out.writeNumberField("clock_error_s", Math.round(origin.errorS() * 1e6) / 1e6);
            }
            for (Group group : Group.values()) {
                out.writeArrayFieldStart(group.name().toLowerCase(Locale.ROOT));
                for (ObjectNode record : groups.getOrDefault(group, List.of())) {
                    out.writeRawValue(record.toString());
                }
                out.writeEndArray();
            }
            if (next != null) {
                out.writeStringField("next", next.text());
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** Rounds to 0.1 ms. */
    private static double seconds(long durationNs) {
        return Math.round(durationNs * NS * 1e4) / 1e4;
    }
}
