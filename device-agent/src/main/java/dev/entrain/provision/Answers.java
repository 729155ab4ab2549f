package dev.entrain.provision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A file of answers (TOML): the same steps, nobody asked. {@code deploy/provision.example.toml} shows every key. */
public final class Answers {
    /** What can be answered; a key that is not among them is an error, for it is a slip of the pen. */
    private static final Collection<String> KNOWN = new TreeSet<>(List.of(
            "state_dir",
            "board.button",
            "board.light",
            "board.music_button",
            "board.battery_i2c",
            "board.shutdown_pct",
            "sensors.lines",
            "sensors.left",
            "sensors.right",
            "sensors.only",
            "sound.device",
            "sound.language",
            "sound.reading_dba",
            "sound.tone_dbfs",
            "sound.sensitivity_db_per_v",
            "sound.full_scale_v",
            "sound.capture",
            "clinic.report",
            "clinic.unit",
            "clinic.broker",
            "clinic.ca",
            "clinic.orders_key",
            "clinic.request",
            "clinic.certificate",
            "clinic.keep_certificate",
            "walk.seconds",
            "finish.start"));

    private final Path file;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Answers(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws StepException if it is not there, no TOML, or answers what nobody asks
     */
    public static Answers read(Path file) throws StepException {
        Answers answers = new Answers(file);
        try {
            answers.add("", new TomlMapper().readTree(Files.readString(file)));
        } catch (JsonProcessingException e) {
            throw new StepException(
                    file + ":" + e.getLocation().getLineNr() + ": not TOML: "
                            + e.getOriginalMessage().lines().findFirst().orElse("") + ".",
                    "Correct this line; deploy/provision.example.toml shows every key.");
        } catch (IOException e) {
            throw new StepException(
                    file + ": there is no such file, or you may not read it.",
                    "Copy deploy/provision.example.toml and name your copy with --answers.");
        }
        return answers;
    }

    private void add(String path, JsonNode node) throws StepException {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = path + entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                add(key + ".", value);
            } else if (!KNOWN.contains(key)) {
                throw new StepException(
                        file + ": unknown key " + key + ".", "Known are: " + String.join(", ", KNOWN) + ".");
            } else if (value.isArray()) {
                StringBuilder words = new StringBuilder();
                value.forEach(word -> words.append(word.asText()).append(' '));
                values.put(key, words.toString().strip());
            } else {
                values.put(key, value.asText());
            }
        }
    }

    /** Returns the answer, or null if the file has none. */
    public @Nullable String get(String key) {
        return values.get(key);
    }

    /** Returns the file, for messages. */
    Path file() {
        return file;
    }
}
