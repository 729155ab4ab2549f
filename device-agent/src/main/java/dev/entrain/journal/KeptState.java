package dev.entrain.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.session.SessionState;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What a restart of the unit needs of a session, as JSON, and when it was so. How long the unit was away is known exactly
 * while the machine stays up, and as well as its clock otherwise; where that went back, nobody knows.
 */
public final class KeptState {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final double NS_PER_MS = 1e6;
    private static final double MS_PER_S = 1000;

    private KeptState() {}

    /** Returns it as JSON. */
    public static String text(SessionState state, Moment kept) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("kept_utc", kept.utc().toString());
        root.put("boot_id", kept.bootId());
        root.put("kept_ns", kept.timeNs());
        root.put("programme", state.programme());
        root.put("fingerprint", state.fingerprint());
        root.put("block", state.blockIndex());
        root.put("walked_s", state.walkedS());
        put(root, "baseline_spm", state.baselineSpm());
        put(root, "baseline_speed_mps", state.baselineSpeedMps());
        put(root, "level_pct", state.levelPct());
        root.put("may_progress", state.mayProgress());
        root.put("ceiling_ns", state.ceilingNs());
        root.put("session_s", state.sessionS());
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    /** Returns what was kept, away until now; null if there is nothing or it is damaged, for then nobody may go on by it. */
    public static @Nullable SessionState read(@Nullable String text, Moment now) {
        if (text == null) {
            return null;
        }
        try {
            JsonNode root = JSON.readTree(text);
            if (root.path("format").asInt(0) != FORMAT) {
                return null;
            }
            double awayS;
            if (now.bootId().equals(root.path("boot_id").asText())) {
                awayS = Math.rint((now.timeNs() - root.path("kept_ns").asLong()) / NS_PER_MS) / MS_PER_S;
            } else {
                Instant kept = Instant.parse(root.path("kept_utc").asText());
                awayS = Duration.between(kept, now.utc()).toMillis() / MS_PER_S;
            }
            return new SessionState(
                    root.path("programme").asText(),
                    root.path("fingerprint").asInt(),
                    root.path("block").asInt(-1),
                    root.path("walked_s").asDouble(),
                    root.path("baseline_spm").asDouble(Double.NaN),
                    root.path("baseline_speed_mps").asDouble(Double.NaN),
                    root.path("level_pct").asDouble(Double.NaN),
                    root.path("may_progress").asBoolean(false),
                    root.path("ceiling_ns").asLong(),
                    root.path("session_s").asDouble(),
                    awayS < 0 ? Double.NaN : awayS);
        } catch (JsonProcessingException | DateTimeParseException e) {
            return null;
        }
    }

    private static void put(ObjectNode root, String name, double value) {
        if (Double.isNaN(value)) {
            root.putNull(name);
        } else {
            root.put(name, value);
        }
    }
}
