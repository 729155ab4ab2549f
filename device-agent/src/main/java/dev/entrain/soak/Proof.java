package dev.entrain.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.health.TimingCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One timing message of a unit, as anybody reads it who has the schema (deploy/telemetry/schema/timing.schema.json). Counts
 * are cumulative.
 *
 * @param timeNs when it was true, ns of CLOCK_MONOTONIC
 * @param planned cues planned
 * @param played cues played
 * @param late cues that came too late
 * @param worstFrames largest distance of a cue from its frame
 * @param onsets onset errors
 * @param stalls wake-up stalls of the sound thread
 * @param underruns times the card ran dry
 * @param reanchors times the clock model was anchored anew
 * @param audioThreadBytes bytes the sound thread allocated; -1 where not told
 * @param periodNs time between two wake-ups as granted, ns; 0 where not told
 * @param bufferNs time the card's buffer lasts as granted, ns; 0 where not told
 */
public record Proof(
        long timeNs,
        long planned,
        long played,
        long late,
        int worstFrames,
        TimingCounts onsets,
        TimingCounts stalls,
        long underruns,
        long reanchors,
        long audioThreadBytes,
        long periodNs,
        long bufferNs) {
    private static final double NS_PER_S = 1e9;

    /**
     * Reads files of messages, one on each line; a line that is none, such as a listener's complaint, is left out.
     *
     * @return in the order they were made, each once; a last line that is not complete yet is left out
     * @throws IOException if a file cannot be read
     */
    public static List<Proof> read(List<Path> files) throws IOException {
        ObjectMapper json = new ObjectMapper();
        TreeMap<Long, Proof> bySeq = new TreeMap<>();
        for (Path file : files) {
            String text = Files.readString(file);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            for (String line :
                    whole.lines().filter(each -> each.startsWith("{")).toList()) {
                JsonNode message = json.readTree(line);
                bySeq.put(message.path("seq").asLong(), of(message));
            }
        }
        return new ArrayList<>(bySeq.values());
    }

    private static Proof of(JsonNode message) {
        JsonNode cues = message.path("cues");
        JsonNode output = message.path("output");
        double frameNs = NS_PER_S / output.path("rate_hz").asDouble(NS_PER_S);
        return new Proof(
                message.path("t_ns").asLong(),
                cues.path("planned").asLong(),
                cues.path("played").asLong(),
                cues.path("late").asLong(),
                cues.path("worst_frames").asInt(),
                counts(message.path("onset_error")),
                counts(message.path("stall")),
                message.path("breaks").path("underruns").asLong(),
                message.path("breaks").path("reanchors").asLong(),
                message.path("audio_thread_bytes").asLong(-1),
                Math.round(output.path("period_frames").asInt() * frameNs),
                Math.round(output.path("buffer_frames").asInt() * frameNs));
    }

    private static TimingCounts counts(JsonNode node) {
        long[] counts = new long[Math.max(2, node.path("classes").asInt())];
        for (JsonNode each : node.path("counts")) {
            counts[each.path(0).asInt()] = each.path(1).asLong();
        }
        return new TimingCounts(
                Math.max(1, node.path("first_ns").asLong()),
                Math.max(1, node.path("per_octave").asInt()),
                counts,
                node.path("max_ns").asLong());
    }
}
