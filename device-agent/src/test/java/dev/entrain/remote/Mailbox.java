package dev.entrain.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.entrain.telemetry.Replies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a unit said to the clinic, each message checked against its schema. */
final class Mailbox implements Replies {
    private static final Path SCHEMAS = Path.of("..", "deploy", "telemetry", "schema");
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<JsonNode> answers = new ArrayList<>();
    final List<JsonNode> logs = new ArrayList<>();
    int reports;
    JsonNode reported = JSON.createObjectNode();
    boolean full;

    @Override
    public boolean publish(String leaf, byte[] payload, boolean retained) {
        if (full) {
            return false;
        }
        assertThat(payload.length).isLessThanOrEqualTo(32 * 1024);
        assertThat(retained).isEqualTo(leaf.equals("reported"));
        JsonNode message = valid(leaf, payload);
        switch (leaf) {
            case "reported" -> {
                reported = message;
                reports++;
            }
            case "answer" -> answers.add(message);
            case "log" -> logs.add(message);
            default -> throw new AssertionError(leaf);
        }
        return true;
    }

    /** Checks a payload against its schema as it is, and again with unknown fields forbidden. */
    static JsonNode valid(String schema, byte[] payload) {
        try {
            JsonNode node = JSON.readTree(payload);
            String text = Files.readString(SCHEMAS.resolve(schema + ".schema.json"));
            for (String strict : List.of(
                    text,
                    text.replace("\"type\": \"object\",", "\"type\": \"object\", \"additionalProperties\": false,"))) {
                assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                                .getSchema(strict)
                                .validate(node))
                        .as("%s: %s", schema, node)
                        .isEmpty();
            }
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String state(String leaf) {
        return reported.path(leaf).path("state").asText();
    }

    String refused(String leaf) {
        return reported.path(leaf).path("refused").path("code").asText();
    }

    JsonNode answer() {
        return answers.getLast();
    }
}
