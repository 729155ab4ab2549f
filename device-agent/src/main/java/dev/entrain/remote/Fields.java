package dev.entrain.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, read strictly: UTF-8 without exception, no field twice, no NaN, nothing behind the object.
 * Fields nobody asks for are allowed, as the contract says, but few and shallow.
 */
final class Fields {
    /** Whole numbers that every JSON reader keeps exactly. */
    static final long MOST_WHOLE = (1L << 53) - 1;

    private static final int MOST_FIELDS = 32;
    private static final int MOST_DEPTH = 8;
    private static final int MOST_DIGITS = 30;
    private static final int MOST_NAME_CHARS = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names come from strangers: none is kept beyond its message.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxNumberLength(MOST_DIGITS)
                    .maxNameLength(MOST_NAME_CHARS)
                    .build())
            .build();

    private static final Pattern WORD = Pattern.compile("[a-z_]{1,32}");

    private final Map<String, Object> values;

    private Fields(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Reads a payload.
     *
     * @throws RefusedException {@code too_large}, {@code not_unicode} or {@code not_json}
     */
    static Fields read(byte[] payload, int mostBytes) throws RefusedException {
        if (payload.length > mostBytes) {
            throw new RefusedException(
                    "too_large", "the message has " + payload.length + " bytes; at most " + mostBytes + " are read");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException("not_unicode", "the message is no UTF-8; send JSON in UTF-8");
        }
        try (JsonParser parser = JSON.createParser(text)) {
            return new Fields(object(parser));
        } catch (IOException e) {
            throw new RefusedException("not_json", "the message is no JSON object of the contract: " + firstLine(e));
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException, RefusedException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new RefusedException("not_json", "the message is no JSON object");
        }
        Map<String, Object> values = new HashMap<>();
        String name = parser.nextFieldName();
        for (int i = 0; name != null; i++) {
            if (i == MOST_FIELDS) {
                throw new RefusedException("not_json", "the message has more than " + MOST_FIELDS + " fields");
            }
            values.put(name, value(parser));
            name = parser.nextFieldName();
        }
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            throw new RefusedException("not_json", "something follows the JSON object");
        }
        return values;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
            case START_OBJECT, START_ARRAY -> {
                parser.skipChildren();
                yield JsonToken.START_OBJECT;
            }
            case null -> throw new IOException("it ends too early");
            default -> parser.currentToken();
        };
    }

    private static String firstLine(IOException e) {
        String message = e instanceof com.fasterxml.jackson.core.JsonProcessingException json
                ? json.getOriginalMessage()
                : e.getMessage();
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }

    /**
     * Returns text.
     *
     * @throws RefusedException {@code wrong_field} if it is missing, no text, or does not match
     */
    String text(String name, Pattern pattern, String meaning) throws RefusedException {
        if (values.get(name) instanceof String text && pattern.matcher(text).matches()) {
            return text;
        }
        throw wrong(name, meaning);
    }

    /** Returns text of any content. */
    String text(String name, int mostChars) throws RefusedException {
        if (values.get(name) instanceof String text && text.length() <= mostChars) {
            return text;
        }
        throw wrong(name, "text of at most " + mostChars + " characters");
    }

    /**
     * Returns a whole number written without fraction and exponent.
     *
     * @throws RefusedException {@code wrong_field} if it is missing, of another type, or out of range
     */
    long whole(String name, long low) throws RefusedException {
        if (values.get(name) instanceof BigInteger number
                && number.bitLength() < Long.SIZE
                && number.longValue() >= low
                && number.longValue() <= MOST_WHOLE) {
            return number.longValue();
        }
        throw wrong(name, "a whole number from " + low + " to " + MOST_WHOLE);
    }

    /** Returns a whole number of at least 1 for an answer; 0 if there is none. */
    long wholeIfThere(String name) {
        try {
            return whole(name, 1);
        } catch (RefusedException e) {
            return 0;
        }
    }

    /** Returns a word for an answer; null if there is none. */
    @Nullable
    String wordIfThere(String name) {
        return values.get(name) instanceof String text && WORD.matcher(text).matches() ? text : null;
    }

    private RefusedException wrong(String name, String meaning) {
        return new RefusedException(
                "wrong_field",
                name + (values.containsKey(name) ? " is wrong" : " is missing") + ": expected " + meaning);
    }
}
