package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks payloads twice: against their schema, and against the schema with unknown fields forbidden. */
public final class Schemas {
    /** Where the contract lies. */
    static final Path FOLDER = Path.of("..", "deploy", "telemetry");

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, JsonSchema> read = new HashMap<>();

    /** Asserts that a payload is as its schema says, and says nothing that the schema does not know. */
    public JsonNode valid(String schema, byte[] payload) throws IOException {
        JsonNode node = json.readTree(payload);
        assertThat(problems(schema, node, false)).as("%s: %s", schema, node).isEmpty();
        assertThat(problems(schema, node, true)).as("%s: %s", schema, node).isEmpty();
        return node;
    }

    /** Returns what is wrong with a payload. */
    public Set<String> problems(String schema, JsonNode payload, boolean strict) throws IOException {
        String key = schema + strict;
        JsonSchema known = read.get(key);
        if (known == null) {
            known = read(schema, strict);
            read.put(key, known);
        }
        Set<String> problems = new TreeSet<>();
        known.validate(payload).forEach(message -> problems.add(message.toString()));
        return problems;
    }

    /** Returns the name of the schema of a topic. */
    public static String ofTopic(String topic) {
        String leaf = topic.substring(topic.lastIndexOf('/') + 1);
        return leaf.equals("ev") ? "events" : leaf;
    }

    private JsonSchema read(String schema, boolean strict) throws IOException {
        JsonNode text = json.readTree(Files.readString(FOLDER.resolve("schema").resolve(schema + ".schema.json")));
        if (strict) {
            forbidUnknownFields(text);
        }
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
    }

    private static void forbidUnknownFields(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Schemas::forbidUnknownFields);
    }
}
