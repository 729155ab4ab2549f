package dev.entrain.exposure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The dose on disk: {@code exposure.json} of the state folder. Replaced whole and forced to the disk, so that a power cut
 * leaves the old or the new one. For each hour it holds the seconds at 80 dB(A) with the same energy: their sum over 144000
 * is the dose. Not thread-safe.
 */
final class DoseFile {
    /**
     * What is kept.
     *
     * @param ledger the hours
     * @param reached how many times 100 % was reached
     * @param bootId the boot it was written in
     * @param monotonicNs CLOCK_MONOTONIC when it was written, ns
     */
    record Kept(DoseLedger ledger, int reached, String bootId, long monotonicNs) {}

    private static final String FILE = "exposure.json";
    private static final int VERSION = 1;
    private static final long LARGEST_BYTES = 1 << 20;
    private static final long HOUR_S = 3600;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /**
     * Touches nothing yet.
     *
     * @param stateDir folder of the unit's own state; made when something is first written
     */
    DoseFile(Path stateDir) {
        file = stateDir.resolve(FILE);
    }

    /** Returns where it is. */
    Path path() {
        return file;
    }

    /**
     * Reads what was kept.
     *
     * @throws NoSuchFileException if nothing was ever kept
     * @throws IOException if it cannot be read or is damaged
     */
    Kept read() throws IOException {
        if (Files.size(file) > LARGEST_BYTES) {
            throw new IOException("it is larger than it can be");
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (root.path("version").asInt() != VERSION || !root.path("hours").isArray()) {
                throw new IOException("it is no sound dose of version " + VERSION);
            }
            List<DoseLedger.Hour> hours = new ArrayList<>();
            for (JsonNode each : root.path("hours")) {
                hours.add(hour(each));
            }
            if (hours.size() > DoseLedger.MOST_HOURS) {
                throw new IOException("it holds more hours than a week has");
            }
            return new Kept(
                    new DoseLedger(
                            hours,
                            Instant.parse(root.path("clock_utc").asText()).toEpochMilli() * 1e-3,
                            root.path("clock_right").asBoolean()),
                    root.path("times_reached").asInt(),
                    root.path("boot").asText(),
                    root.path("monotonic_ns").asLong());
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IOException("it cannot be understood", e);
        }
    }

    /** Renames a file that cannot be used, so that a person may look at it; returns its new place. */
    Path setAside() throws IOException {
        Path aside = file.resolveSibling(FILE + ".damaged");
        return Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Replaces what was kept. */
    void write(Kept kept) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put(
                "clock_utc",
                Instant.ofEpochMilli(Math.round(kept.ledger.nowS() * 1000)).toString());
        root.put("clock_right", kept.ledger.dated());
        root.put("boot", kept.bootId);
        root.put("monotonic_ns", kept.monotonicNs);
        root.put("times_reached", kept.reached);
        ArrayNode hours = root.putArray("hours");
        for (DoseLedger.Hour hour : kept.ledger.hours()) {
            hours.addObject()
                    .put("from_utc", Instant.ofEpochSecond(hour.hour() * HOUR_S).toString())
                    .put("s_at_80_dba", hour.knownS())
                    .put("s_at_80_dba_assumed", hour.assumedS())
                    .put("clock_right", hour.dated());
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(FILE + ".new");
        byte[] text = (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static DoseLedger.Hour hour(JsonNode node) throws IOException {
        double known = node.path("s_at_80_dba").asDouble(-1);
        double assumed = node.path("s_at_80_dba_assumed").asDouble(-1);
        if (!(known >= 0 && assumed >= 0)) {
            throw new IOException("an hour in it has no dose");
        }
        return new DoseLedger.Hour(
                Instant.parse(node.path("from_utc").asText()).getEpochSecond() / HOUR_S,
                known,
                assumed,
                node.path("clock_right").asBoolean());
    }
}
