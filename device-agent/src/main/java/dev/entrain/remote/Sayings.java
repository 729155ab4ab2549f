package dev.entrain.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes what a unit says to the clinic in reply, as the schemas under deploy/telemetry describe it. Not thread-safe. */
final class Sayings {
    /** Minor version of these messages. */
    static final int MINOR_VERSION = 4;

    private final JsonFactory json = new JsonFactory();
    private final String boot;

    Sayings(String boot) {
        this.boot = boot;
    }

    /** Writes the fields of one object. */
    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    byte[] reported(OrderDesk desk) {
        return object(out -> {
            for (OrderKind kind : OrderKind.VALUES) {
                out.writeObjectFieldStart(kind.leaf());
                Order wanted = desk.wanted(kind);
                if (wanted != null) {
                    out.writeNumberField("rev", wanted.rev());
                    out.writeStringField("sha256", wanted.sha256());
                }
                out.writeStringField("state", desk.state(kind).word());
                OrderDesk.Refused refused = desk.refused(kind);
                if (refused != null) {
                    out.writeObjectFieldStart("refused");
                    if (refused.rev() > 0) {
                        out.writeNumberField("rev", refused.rev());
                    }
                    refusal(out, refused.refusal());
                    out.writeEndObject();
                }
                out.writeEndObject();
            }
        });
    }

    /**
     * Writes an answer.
     *
     * @param id 0 where none could be read
     * @param command null where none could be read
     */
    byte[] answer(long id, @Nullable String command, String result, @Nullable Refusal refusal) {
        return object(out -> {
            if (id > 0) {
                out.writeNumberField("id", id);
            }
            if (command != null) {
                out.writeStringField("command", command);
            }
            out.writeStringField("result", result);
            if (refusal != null) {
                refusal(out, refusal);
            }
        });
    }

    byte[] log(long id, int part, int parts, String text) {
        return object(out -> {
            out.writeNumberField("id", id);
            out.writeNumberField("part", part);
            out.writeNumberField("parts", parts);
            out.writeStringField("text", text);
        });
    }

    private static void refusal(JsonGenerator out, Refusal refusal) throws IOException {
        out.writeStringField("code", refusal.code());
        out.writeStringField("reason", refusal.reason());
    }

    private byte[] object(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeNumberField("v", MINOR_VERSION);
            out.writeStringField("boot", boot);
            body.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
