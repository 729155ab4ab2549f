package dev.entrain.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.outcome.SessionData;
import dev.entrain.session.SessionEvent;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the journal knows of a session beside its records.
 *
 * @param id random name, [a-z0-9-]{1,64}
 * @param plan what is given
 * @param startedUtc wall time of the start, as far as the unit knew it
 * @param origins the session's second zero on the clock of each boot it was in, CLOCK_MONOTONIC ns
 * @param simulated whether nobody walked: an insole said that it is emulated
 * @param end how it ended; null while it goes on
 */
public record KeptHeader(
        String id,
        Plan plan,
        Instant startedUtc,
        Map<String, Long> origins,
        boolean simulated,
        SessionEvent.@Nullable End end) {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the origins. Written out, because a compact constructor loses what may be null on its way to other classes. */
    public KeptHeader(
            String id,
            Plan plan,
            Instant startedUtc,
            Map<String, Long> origins,
            boolean simulated,
            SessionEvent.@Nullable End end) {
        this.id = id;
        this.plan = plan;
        this.startedUtc = startedUtc;
        this.origins = Map.copyOf(origins);
        this.simulated = simulated;
        this.end = end;
    }

    /**
     * What a session is to give.
     *
     * @param programme the programme's name; {@link #PLAIN} for a walk without one
     * @param condition lower case; empty for a walk without a programme
     * @param programmeToml the programme as run; null for a walk without one
     * @param sessionsPerWeek prescribed; NaN where nothing is
     * @param cuedS cued walking of a full session, s; NaN where nothing is prescribed
     * @param revision of the clinic's prescription; 0 where it did not come from there
     */
    public record Plan(
            String programme,
            String condition,
            @Nullable String programmeToml,
            double sessionsPerWeek,
            double cuedS,
            long revision) {
        /** A walk without a programme. */
        public static final Plan PLAIN = new Plan(SessionData.PLAIN, "", null, Double.NaN, Double.NaN, 0);
    }

    /** Returns the same, known in one more boot. */
    public KeptHeader in(String bootId, long originNs) {
        Map<String, Long> more = new LinkedHashMap<>(origins);
        more.put(bootId, originNs);
        return new KeptHeader(id, plan, startedUtc, more, simulated, end);
    }

    /** Returns the same, walked by nobody. */
    public KeptHeader asSimulated() {
        return new KeptHeader(id, plan, startedUtc, origins, true, end);
    }

    /** Returns the same, ended. */
    public KeptHeader ended(SessionEvent.End how) {
        return new KeptHeader(id, plan, startedUtc, origins, simulated, how);
    }

    /** Returns it as JSON. */
    public String text() {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("id", id);
        root.put("programme", plan.programme());
        root.put("condition", plan.condition());
        root.put("started_utc", startedUtc.toString());
        root.put("programme_toml", plan.programmeToml());
        put(root, "sessions_per_week", plan.sessionsPerWeek());
        put(root, "planned_cued_s", plan.cuedS());
        root.put("rx_rev", plan.revision());
        ObjectNode boots = root.putObject("origins");
        origins.forEach(boots::put);
        root.put("simulated", simulated);
        root.put("end", end == null ? null : SessionRows.word(end));
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws SessionException naming the session and what is wrong
     */
    public static KeptHeader read(KeptSession kept) throws SessionException {
        try {
            JsonNode root = JSON.readTree(kept.headerJson());
            if (root.path("format").asInt(0) != FORMAT) {
                throw new SessionException("session " + kept.id() + " in the journal: format is " + root.path("format")
                        + ", expected " + FORMAT + "; read it with the version of entrain that wrote it");
            }
            Map<String, Long> origins = new LinkedHashMap<>();
            root.path("origins")
                    .properties()
                    .forEach(boot -> origins.put(boot.getKey(), boot.getValue().asLong()));
            return new KeptHeader(
                    kept.id(),
                    new Plan(
                            root.path("programme").asText(),
                            root.path("condition").asText(),
                            root.path("programme_toml").isTextual()
                                    ? root.path("programme_toml").asText()
                                    : null,
                            root.path("sessions_per_week").asDouble(Double.NaN),
                            root.path("planned_cued_s").asDouble(Double.NaN),
                            root.path("rx_rev").asLong()),
                    Instant.parse(root.path("started_utc").asText()),
                    origins,
                    root.path("simulated").asBoolean(),
                    end(root.path("end").asText("")));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new SessionException("session " + kept.id() + " in the journal: its header is damaged ("
                    + e.getMessage() + "); the clinic has what it acknowledged");
        }
    }

    private static SessionEvent.@Nullable End end(String word) {
        for (SessionEvent.End end : SessionEvent.End.values()) {
            if (SessionRows.word(end).equals(word)) {
                return end;
            }
        }
        return null;
    }

    private static void put(ObjectNode root, String name, double value) {
        if (!Double.isNaN(value)) {
            root.put(name, value);
        }
    }
}
