package dev.entrain.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrain.health.Counters;
import dev.entrain.journal.LiveState;
import dev.entrain.journal.TimingBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes payloads as JSON (UTF-8), as the schemas under deploy/telemetry describe them. What is not known is left out.
 * Units end the names; {@code _ns} is CLOCK_MONOTONIC within the payload's boot. Not thread-safe.
 */
public final class PayloadEncoder {
    /** Minor version of every payload, {@code v}: grows when fields are added; readers ignore fields they do not know. */
    static final int MINOR_VERSION = 5;

    private static final String[] SCHEMAS = {
        "birth",
        "status",
        "state",
        "events",
        "session",
        "clock",
        "timing",
        "reported",
        "answer",
        "log",
        "rx",
        "cfg",
        "cmd",
        "ack"
    };

    private final JsonFactory json = new JsonFactory();

    /** Writes the fields of one object. */
    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    byte[] birth(Birth birth) {
        return object(birth.bootId(), out -> {
            out.writeStringField("agent", birth.agentVersion());
            out.writeStringField("java", birth.javaVersion());
            out.writeStringField("config_sha256", birth.configSha256());
            out.writeObjectFieldStart("schemas");
            for (String schema : SCHEMAS) {
                out.writeNumberField(schema, MINOR_VERSION);
            }
            out.writeEndObject();
            TimingBody.realTime(out, birth.realTime());
            board(out, birth.board());
            Instant ends = birth.certificateExpires().get();
            if (ends != null) {
                out.writeStringField(
                        "certificate_expires",
                        ends.truncatedTo(ChronoUnit.SECONDS).toString());
            }
        });
    }

    private static void board(JsonGenerator out, Birth.@Nullable Board board) throws IOException {
        if (board == null) {
            return;
        }
        out.writeObjectFieldStart("board");
        text(out, "model", board.model());
        text(out, "os", board.os());
        text(out, "kernel", board.kernel());
        text(out, "machine", board.machine());
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String text) throws IOException {
        if (text != null && !text.isEmpty()) {
            out.writeStringField(name, text);
        }
    }

    byte[] status(String bootId, long connection, UnitState state) {
        return object(bootId, out -> {
            out.writeNumberField("conn", connection);
            out.writeStringField("state", state.label());
        });
    }

    /** Encodes a state; {@code waiting} is how many records the clinic has not acknowledged. */
    byte[] state(String bootId, LiveState state, long waiting, Counters counters) {
        return object(bootId, out -> StatePayload.write(out, state, waiting, counters));
    }

    private byte[] object(String bootId, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            open(out, bootId);
            body.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    static void open(JsonGenerator out, String bootId) throws IOException {
        out.writeStartObject();
        out.writeNumberField("v", MINOR_VERSION);
        out.writeStringField("boot", bootId);
    }

    static void time(JsonGenerator out, String name, long timeNs) throws IOException {
        if (timeNs != LiveState.NONE) {
            out.writeNumberField(name, timeNs);
        }
    }

    /** Rounds to 0.1 ms. */
    static void seconds(JsonGenerator out, String name, long durationNs) throws IOException {
        if (durationNs != LiveState.NONE) {
            out.writeNumberField(name, Math.round(durationNs / 1e5) / 1e4);
        }
    }

    static void number(JsonGenerator out, String name, double value, double perUnit) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumberField(name, Math.round(value * perUnit) / perUnit);
        }
    }
}
