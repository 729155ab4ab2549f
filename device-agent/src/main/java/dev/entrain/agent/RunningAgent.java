package dev.entrain.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An agent that runs in another process, as its {@link StatusFile} tells. Immutable.
 *
 * @param status the file's content
 * @param ageNs how old it is, ns
 */
public record RunningAgent(JsonNode status, long ageNs) {
    /** A status older than this is that of an agent that ended without a word, or stands still. */
    private static final long MOST_AGE_NS = 5_000_000_000L;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Looks for a running agent.
     *
     * @param file where it writes, see {@link StatusFile#ofOthers}
     * @param bootId of this start of the machine
     * @param nowNs CLOCK_MONOTONIC
     * @return null if none runs, or none that writes there
     * @throws IOException if the file may not be read, saying what to do
     */
    public static @Nullable RunningAgent find(Path file, String bootId, long nowNs) throws IOException {
        JsonNode status;
        try {
            status = JSON.readTree(Files.readAllBytes(file));
        } catch (AccessDeniedException e) {
            throw new IOException(file + ": permission denied; run this as root (sudo) or as the user of the agent", e);
        } catch (IOException e) {
            return null; // None, or of a version that wrote something else.
        }
        long ageNs = nowNs - status.path("written_ns").asLong();
        boolean fresh = status.path("boot_id").asText().equals(bootId) && ageNs >= 0 && ageNs <= MOST_AGE_NS;
        return fresh && status.path("schema").asInt() == StatusFile.SCHEMA ? new RunningAgent(status, ageNs) : null;
    }

    /** Returns whether a session goes on, or one that a press of the button would go on with. */
    public boolean inSession() {
        return status.path("session").path("active").asBoolean();
    }

    /** Returns how long it has run, s. */
    public long runningS() {
        return (status.path("written_ns").asLong() - status.path("started_ns").asLong()) / 1_000_000_000L;
    }
}
