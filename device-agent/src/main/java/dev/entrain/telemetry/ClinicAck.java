package dev.entrain.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The clinic's word that it has stored every record of a boot up to a sequence number.
 *
 * @param bootId the boot, a UUID in lower case
 * @param upTo 0 to 2^53 - 1
 */
record ClinicAck(String bootId, long upTo) {
    /** Longest payload read, bytes; what it must hold takes about 80, the rest is room for fields of later versions. */
    static final int MOST_BYTES = 1024;

    private static final long GREATEST = (1L << 53) - 1;
    private static final Pattern BOOT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads a payload of any size and content; returns null if it is not exactly what the contract says. */
    static @Nullable ClinicAck parse(byte[] payload) {
        if (payload.length == 0 || payload.length > MOST_BYTES) {
            return null;
        }
        try (JsonParser in = STRICT.createParser(payload)) {
            return read(in, payload.length);
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable ClinicAck read(JsonParser in, int length) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        long version = -1;
        String boot = "";
        long upTo = -1;
        for (int i = 0; i < length && in.nextToken() == JsonToken.FIELD_NAME; i++) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "v" -> version = whole(in);
                case "boot" -> boot = in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "";
                case "up_to" -> upTo = whole(in);
                default -> in.skipChildren();
            }
        }
        boolean ended = in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null;
        return ended && version >= 0 && upTo >= 0 && BOOT.matcher(boot).matches() ? new ClinicAck(boot, upTo) : null;
    }

    /** Returns a whole number of 0 to 2^53 - 1, or -1. */
    private static long whole(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            return -1;
        }
        return switch (in.getNumberType()) {
            case INT, LONG -> in.getLongValue() <= GREATEST ? in.getLongValue() : -1;
            default -> -1;
        };
    }
}
