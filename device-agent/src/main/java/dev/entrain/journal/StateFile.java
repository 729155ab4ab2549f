package dev.entrain.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * {@code state.json}: what a restart of the unit needs, and when it was so. How long the unit was away is known exactly
 * while the machine stays up, and as well as its clock otherwise; where that went back, nobody knows.
 */
final class StateFile {
    static final String NAME = "state.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final double NS_PER_MS = 1e6;
    private static final double MS_PER_S = 1000;

    private StateFile() {}

    static String text(SessionState state, Moment kept) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", HeaderFile.FORMAT);
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
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** Returns what was kept, away until now; null if there is nothing or it is damaged, for then nobody may go on by it. */
    static @Nullable SessionState read(Path folder, Moment now) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            if (root.path("format").asInt(0) != HeaderFile.FORMAT) {
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

    static boolean exists(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
    }

    private static void put(ObjectNode root, String name, double value) {
        if (Double.isNaN(value)) {
            root.putNull(name);
        } else {
            root.put(name, value);
        }
    }
}
