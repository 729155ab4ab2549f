package dev.entrain.clinic.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** JSON as it comes in, strictly, and as it goes out. */
final class Json {
    private static final int DEEPEST = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Reads what the database keeps as JSON; an empty object for null, and for what {@link #anything} can't read. */
    static ObjectNode stored(@Nullable String text) {
        return text != null && anything(text) instanceof ObjectNode object ? object : object();
    }

    /**
     * Reads what the database keeps as JSON, whatever it is. A unit may have sent what is deeper, or a number that is longer, than
     * anybody needs: that is null here, because the list of all units shall not fail for one of them.
     */
    static JsonNode anything(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MAPPER.nullNode();
        }
    }

    /**
     * Reads a request's body.
     *
     * @throws ApiError if it is no JSON object
     */
    static ObjectNode body(Context context) {
        String type = context.contentType();
        if (type == null || !type.startsWith("application/json")) {
            throw ApiError.badRequest("The request is no JSON.", "Send Content-Type: application/json.");
        }
        try {
            if (MAPPER.readTree(context.bodyAsBytes()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw ApiError.badRequest("The request's body can not be read as JSON.", "Send one JSON object.");
        }
        throw ApiError.badRequest("The request's body is no JSON object.", "Send one JSON object.");
    }

    /**
     * Returns a text of a body.
     *
     * @throws ApiError if it is missing, no text or longer than {@code longest}
     */
    static String text(JsonNode body, String field, int longest) {
        JsonNode value = body.path(field);
        if (!value.isTextual() || value.textValue().length() > longest) {
            throw ApiError.badRequest(
                    "'" + field + "' is missing, or no text of at most " + longest + " characters.",
                    "Give '" + field + "'.");
        }
        return value.textValue();
    }

    static void answer(Context context, JsonNode body) {
        context.contentType("application/json; charset=utf-8");
        context.result(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static void error(Context context, ApiError error) {
        context.status(error.status());
        if (error.retryAfterS() > 0) {
            context.header("Retry-After", Long.toString(error.retryAfterS()));
        }
        answer(context, object().put("error", error.text()).put("what_to_do", error.whatToDo()));
    }

    /** Puts a moment, to the millisecond; leaves out what is not known. */
    static void put(ObjectNode object, String field, @Nullable Instant time) {
        if (time != null) {
            object.put(field, time.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }

    /** Puts a text; leaves out what is not known. */
    static void put(ObjectNode object, String field, @Nullable String text) {
        if (text != null) {
            object.put(field, text);
        }
    }

    /** Puts a number, rounded to so many parts of a whole; leaves out what is not known. */
    static void put(ObjectNode object, String field, double value, double perUnit) {
        if (Double.isFinite(value)) {
            object.put(field, Math.round(value * perUnit) / perUnit);
        }
    }

    /** Copies a field if it is there. */
    static void copy(JsonNode from, String field, ObjectNode to) {
        JsonNode value = from.get(field);
        if (value != null && !value.isNull()) {
            to.set(field, value);
        }
    }
}
