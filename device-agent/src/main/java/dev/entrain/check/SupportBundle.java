package dev.entrain.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.entrain.config.AgentConfig;
import dev.entrain.journal.sqlite.SqliteJournal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What helps a developer from afar, in one ZIP file that may be sent by mail: nothing of who walks, how, or of any key. What
 * is in it is chosen, not filtered: values the unit's software made itself, keys of the configuration it knows, its own log;
 * and all of it goes through {@link Scrub} besides.
 */
public final class SupportBundle {
    private static final Duration LOG_LIMIT = Duration.ofSeconds(3);
    private static final int LOG_LINES = 500;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TomlMapper TOML = new TomlMapper();

    private static final String README = """
            Support bundle of an Entrain unit, made by `entrain doctor --bundle`.

            doctor.json    every finding with verdict and next step; versions of everything
            config.toml    the configuration's keys and values, written anew; absent if it can't be read
            status.json    how the running agent does; absent if none ran
            journal.txt    how large the journal is and how many files lie beside it
            log.txt        the agent's newest log lines; absent if the system keeps none

            Left out on purpose: the journal itself (steps, sessions, summaries, names of sessions and of boots), raw
            recordings, orders of the clinic, therapy programmes and their names, the sound dose, keys, certificates, passwords,
            comments of the configuration, paths that people choose, mail addresses, the unit's host name.
            Still in it: the unit's name at the clinic (it is made up and tells nothing of a person), the broker's address,
            serial numbers of the insoles.
            """;

    private final UnitExamination.Result result;
    private final Path configFile;
    private final Programs programs;

    /**
     * Prepares one.
     *
     * @param result what was found
     * @param configFile the unit's configuration
     * @param programs journalctl among them
     */
    public SupportBundle(UnitExamination.Result result, Path configFile, Programs programs) {
        this.result = result;
        this.configFile = configFile;
        this.programs = programs;
    }

    /**
     * Writes it; takes at most some 3 s.
     *
     * @param to a file, replaced if it is there
     * @throws IOException if it can't be written
     */
    public void write(Path to) throws IOException {
        Scrub scrub = new Scrub(known());
        try (OutputStream out = Files.newOutputStream(to);
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            put(zip, "README.txt", README);
            put(zip, "doctor.json", pretty(clean(findings(), scrub)));
            String config = config(scrub);
            if (config != null) {
                put(zip, "config.toml", config);
            }
            if (result.agent() != null) {
                put(zip, "status.json", pretty(clean(status(result.agent().status()), scrub)));
            }
            if (result.config() != null) {
                put(zip, "journal.txt", journal(result.config().stateDir()));
            }
            String log = log();
            if (log != null) {
                put(zip, "log.txt", scrub.clean(log));
            }
        }
    }

    /** The programme is named by the clinic, after whomever it likes. */
    private List<String> known() {
        List<String> known = new ArrayList<>();
        AgentConfig config = result.config();
        String programme = config == null ? null : config.programme();
        if (programme != null) {
            known.add(programme);
            Path name = Path.of(programme).getFileName();
            if (name != null) {
                known.add(name.toString());
                known.add(name.toString().replaceFirst("\\.toml$", ""));
            }
        }
        return known;
    }

    /** An error in the configuration quotes what stands there, which may be anything. */
    private ObjectNode findings() {
        ObjectNode all = FindingsJson.of(result);
        for (JsonNode finding : all.withArray("findings")) {
            if (finding.path("area").asText().equals("configuration")
                    && finding.path("verdict").asText().equals("fail")) {
                ((ObjectNode) finding)
                        .put("value", finding.path("value").asText().replaceAll("\"[^\"]*\"?|'[^']*'?", "(quoted)"));
            }
        }
        return all;
    }

    private static ObjectNode status(JsonNode told) {
        ObjectNode status = told.deepCopy();
        status.remove("boot_id");
        JsonNode agent = status.path("agent");
        if (agent instanceof ObjectNode object) {
            object.put(
                    "config_sha256",
                    ConfigurationCheck.shorter(object.path("config_sha256").asText()));
        }
        return status;
    }

    /** Only what was read without an unknown key is written, and without comments. */
    private @Nullable String config(Scrub scrub) throws IOException {
        if (result.config() == null) {
            return null;
        }
        try {
            JsonNode tree = TOML.readTree(Files.readString(configFile));
            return TOML.writeValueAsString(clean(tree, scrub));
        } catch (JsonProcessingException e) {
            return null; // Changed since it was read.
        }
    }

    private static String journal(Path stateDir) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : List.of(SqliteJournal.FILE, SqliteJournal.FILE + "-wal", "journal.room", "journal.seq")) {
            Path file = stateDir.resolve(name);
            text.append(name)
                    .append(Files.exists(file) ? " " + Files.size(file) + " bytes" : " is not there")
                    .append('\n');
        }
        return text.toString();
    }

    private @Nullable String log() {
        Programs.@Nullable Answer answer = programs.ask(
                LOG_LIMIT,
                List.of(
                        "journalctl",
                        "-u",
                        ServiceState.NAME,
                        "-n",
                        Integer.toString(LOG_LINES),
                        "--no-pager",
                        "--no-hostname",
                        "-o",
                        "short-iso"));
        return answer == null || answer.status() != 0 ? null : answer.text();
    }

    private static JsonNode clean(JsonNode node, Scrub scrub) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                field.setValue(clean(field.getValue(), scrub));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, clean(array.get(i), scrub));
            }
        } else if (node.isTextual()) {
            return TextNode.valueOf(scrub.clean(node.asText()));
        }
        return node;
    }

    private static String pretty(JsonNode node) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
