package dev.entrain.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.outcome.SessionData;
import dev.entrain.session.Block;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code session.json}: one object, format version {@value #FORMAT}. */
final class HeaderFile {
    static final String NAME = "session.json";
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private HeaderFile() {}

    static String text(SessionHeader header) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("id", header.id());
        root.put("programme", header.programme());
        root.put("condition", header.condition());
        root.put("started_utc", header.startedUtc().toString());
        if (Double.isNaN(header.baselineSpm())) {
            root.putNull("baseline_spm");
        } else {
            root.put("baseline_spm", Math.rint(header.baselineSpm() * 1e6) / 1e6);
        }
        root.put("simulated", header.simulated());
        SessionData.BlockSpan open = header.open();
        if (open == null) {
            root.putNull("open_block");
        } else {
            ObjectNode block = root.putObject("open_block");
            block.put("index", open.index());
            block.put("kind", SessionRows.word(open.kind()));
            block.put("start_s", open.startS());
            if (!Double.isNaN(open.levelPct())) {
                block.put("level_pct", open.levelPct());
            }
        }
        root.put("end", header.end() == null ? null : SessionRows.word(header.end()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    static SessionHeader read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        JsonNode root;
        try {
            root = JSON.readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new SessionException(
                    folder + ": no " + NAME + " in it, so it is no session; name a session's folder");
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new SessionException(
                    file + ":" + line + ": not JSON (" + e.getOriginalMessage() + "); bring it back from a copy");
        } catch (CharacterCodingException e) {
            throw new SessionException(file + ": not UTF-8 text; bring it back from a copy");
        }
        int format = root.path("format").asInt(0);
        if (format != FORMAT) {
            throw new SessionException(file + ": format is " + root.path("format") + ", expected " + FORMAT
                    + "; read it with the version of entrain that wrote it");
        }
        return new SessionHeader(
                word(file, root, "id", "[a-z0-9-]{1,64}", "1 to 64 of the characters a-z, 0-9 and -"),
                word(file, root, "programme", "[a-z0-9-]{1,40}", "1 to 40 of the characters a-z, 0-9 and -"),
                word(file, root, "condition", "[a-z_]{0,40}", "at most 40 of the characters a-z and _"),
                started(file, root),
                field(
                        file,
                        root,
                        "baseline_spm",
                        "steps a minute or null",
                        value -> value.isNumber() || value.isNull(),
                        value -> value.asDouble(Double.NaN)),
                field(file, root, "simulated", "true or false", JsonNode::isBoolean, JsonNode::asBoolean),
                open(file, root),
                end(file, root));
    }

    private static Instant started(Path file, JsonNode root) throws SessionException {
        String text = root.path("started_utc").asText();
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong(file, root, "started_utc", "a time such as 2026-11-22T09:30:00Z");
        }
    }

    private static SessionData.@Nullable BlockSpan open(Path file, JsonNode root) throws SessionException {
        JsonNode block = root.path("open_block");
        if (block.isNull() || block.isMissingNode()) {
            return null;
        }
        for (Block.Kind kind : Block.Kind.values()) {
            if (SessionRows.word(kind).equals(block.path("kind").asText())
                    && block.path("index").isInt()
                    && block.path("start_s").isNumber()) {
                return new SessionData.BlockSpan(
                        block.path("index").asInt(),
                        kind,
                        block.path("start_s").asDouble(),
                        Double.NaN,
                        block.path("level_pct").asDouble(Double.NaN));
            }
        }
        throw wrong(file, root, "open_block", "null or index, kind and start_s of a block");
    }

    private static SessionEvent.@Nullable End end(Path file, JsonNode root) throws SessionException {
        JsonNode value = root.path("end");
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        for (SessionEvent.End end : SessionEvent.End.values()) {
            if (SessionRows.word(end).equals(value.asText())) {
                return end;
            }
        }
        List<String> words =
                Arrays.stream(SessionEvent.End.values()).map(SessionRows::word).toList();
        throw wrong(file, root, "end", "null or one of " + String.join(", ", words));
    }

    /** These become names of files and parts of pages, so that nothing but plain words may be in them. */
    private static String word(Path file, JsonNode root, String name, String pattern, String expected)
            throws SessionException {
        return field(
                file,
                root,
                name,
                expected,
                value -> value.isTextual() && value.asText().matches(pattern),
                JsonNode::asText);
    }

    private static <T> T field(
            Path file,
            JsonNode root,
            String name,
            String expected,
            Function<JsonNode, Boolean> right,
            Function<JsonNode, T> value)
            throws SessionException {
        JsonNode node = root.path(name);
        if (!right.apply(node)) {
            throw wrong(file, root, name, expected);
        }
        return value.apply(node);
    }

    private static SessionException wrong(Path file, JsonNode root, String name, String expected) {
        return new SessionException(file + ": " + name + " is " + root.get(name) + ", expected " + expected
                + "; correct it, or bring the file back from a copy");
    }
}
