package dev.entrain.provision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.check.Finding;
import dev.entrain.check.Verdict;
import dev.entrain.journal.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which steps are done and what was chosen, in {@code provision.json} of the state folder; replaced whole at each change. Not
 * thread-safe.
 */
final class ProvisionState {
    static final String FILE = "provision.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Draft draft = new Draft();
    private final Map<String, Done> steps = new LinkedHashMap<>();
    private final Map<String, List<Finding>> findings = new TreeMap<>();
    private boolean complete;

    /**
     * What came of a step.
     *
     * @param done whether it was done; otherwise it was left out
     * @param what came of it, or why it was left out
     * @param at when, UTC as the unit knew it
     */
    record Done(boolean done, String what, String at) {}

    private ProvisionState(Path file) {
        this.file = file;
    }

    /**
     * Reads what is kept.
     *
     * @throws StepException if the file is damaged
     */
    static ProvisionState read(Path stateDir) throws StepException, IOException {
        ProvisionState state = new ProvisionState(stateDir.resolve(FILE));
        try {
            JsonNode root = JSON.readTree(Files.readString(state.file));
            root.path("chosen")
                    .properties()
                    .forEach(entry ->
                            state.draft.put(entry.getKey(), entry.getValue().asText()));
            root.path("steps").properties().forEach(entry -> {
                JsonNode step = entry.getValue();
                state.steps.put(
                        entry.getKey(),
                        new Done(
                                step.path("done").asBoolean(),
                                step.path("what").asText(),
                                step.path("at").asText()));
            });
            root.path("findings").properties().forEach(entry -> {
                List<Finding> list = new ArrayList<>();
                entry.getValue().forEach(finding -> list.add(finding(finding)));
                state.findings.put(entry.getKey(), list);
            });
            state.complete = root.path("complete").asBoolean();
        } catch (NoSuchFileException e) {
            return state;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new StepException(
                    state.file + " is damaged",
                    "Remove it: rm " + state.file + " ; then provision again from the start.");
        }
        return state;
    }

    Draft draft() {
        return draft;
    }

    @Nullable
    Done step(String name) {
        return steps.get(name);
    }

    Map<String, Done> steps() {
        return Map.copyOf(steps);
    }

    void step(String name, boolean done, String what, Instant now) throws IOException {
        steps.put(name, new Done(done, what, now.truncatedTo(ChronoUnit.SECONDS).toString()));
        write();
    }

    /** Returns whether the unit may start: every step that a walk needs is done. */
    boolean complete() {
        return complete;
    }

    void complete(boolean now) throws IOException {
        complete = now;
        write();
    }

    /** Returns what each step measured when it was last done. */
    Map<String, List<Finding>> findings() {
        return findings;
    }

    /** Returns a finding as files keep it. */
    static ObjectNode json(Finding finding) {
        return JSON.createObjectNode()
                .put("area", finding.area())
                .put("item", finding.item())
                .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
                .put("value", finding.value())
                .put("next_step", finding.nextStep());
    }

    private static Finding finding(JsonNode kept) {
        return new Finding(
                kept.path("area").asText(),
                kept.path("item").asText(),
                Verdict.valueOf(kept.path("verdict").asText().toUpperCase(Locale.ROOT)),
                kept.path("value").asText(),
                kept.path("next_step").asText());
    }

    /** Keeps everything. */
    void write() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("complete", complete);
        ObjectNode kept = root.putObject("steps");
        steps.forEach((name, step) -> kept.putObject(name)
                .put("done", step.done())
                .put("what", step.what())
                .put("at", step.at()));
        ObjectNode found = root.putObject("findings");
        findings.forEach((step, list) -> {
            ArrayNode all = found.putArray(step);
            list.forEach(finding -> all.add(json(finding)));
        });
        ObjectNode chosen = root.putObject("chosen");
        draft.all().forEach(chosen::put);
        WholeFile.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
