package dev.entrain.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.entrain.journal.RecordKind;
import dev.entrain.journal.RecordLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message of records under construction: those of one boot in ascending order, or one that travels alone. What does not
 * go into it is left to the next. Bodies are taken over as they are, so a message costs no second encoding; each is read
 * once before, because a damaged one would spoil the message for the clinic, and all the others in it.
 */
final class RecordMessage implements RecordLog.Reader {
    /** About 10 kB of JSON. */
    static final int MOST_RECORDS = 64;

    /** Usual bound of a message, bytes. */
    static final int MOST_BYTES = 48_000;

    /** What a record takes besides its body: number, kind, session, and the end of the message. */
    private static final int FRAME_BYTES = 160;

    private static final int DEEPEST = 32;

    private final JsonFactory json;
    private final long afterSeq;
    private final String afterBoot;
    private final int mostBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    private String bootId = "";
    private Carriage carriage = Carriage.EVENTS;
    private long lastSeq = -1;
    private int count;
    private boolean closed;
    private boolean unreadable;

    /**
     * Begins a message.
     *
     * @param afterBoot the boot of the record before it
     * @param afterSeq the record before it that still waits for the clinic
     * @param mostBytes where it ends even if more records would fit; one record may be longer
     */
    RecordMessage(JsonFactory json, String afterBoot, long afterSeq, int mostBytes) {
        this.json = json;
        this.afterBoot = afterBoot;
        this.afterSeq = afterSeq;
        this.mostBytes = mostBytes;
    }

    @Override
    public void onRecord(String bootId, long seq, RecordKind kind, @Nullable String session, byte[] body) {
        Carriage wanted = Carriage.of(kind);
        boolean first = count == 0 && !unreadable;
        closed |= !first && (wanted.alone() || !bootId.equals(this.bootId));
        closed |= !first && bytes.size() + body.length + FRAME_BYTES > mostBytes;
        closed |= count == MOST_RECORDS;
        if (closed) {
            return;
        }
        if (!isObject(body)) {
            closed = true;
            unreadable = first;
            lastSeq = first ? seq : lastSeq;
            this.bootId = bootId;
            return;
        }
        if (first) {
            this.bootId = bootId;
            carriage = wanted;
            long after = bootId.equals(afterBoot) ? afterSeq : 0;
            text("{\"v\":" + PayloadEncoder.MINOR_VERSION + ",\"boot\":\"" + bootId + "\",\"after_seq\":" + after);
            text(wanted.alone() ? "," : ",\"events\":[{");
        } else {
            text(",{");
        }
        text("\"seq\":" + seq);
        if (!wanted.alone()) {
            text(",\"kind\":\"" + kind.label() + "\"");
        }
        if (session != null) {
            text(",\"session\":\"" + session + "\"");
        }
        splice(body);
        closed = wanted.alone();
        count++;
        lastSeq = seq;
    }

    /** Returns the message's bytes; it must hold at least one record. */
    byte[] finish() {
        if (!carriage.alone()) {
            text("]}");
        }
        return bytes.toByteArray();
    }

    /** Returns the boot of its records. */
    String bootId() {
        return bootId;
    }

    Carriage carriage() {
        return carriage;
    }

    /** Returns the greatest sequence number in it, -1 while it is empty. */
    long lastSeq() {
        return lastSeq;
    }

    /** Returns its size, bytes. */
    int bytes() {
        return bytes.size() + 2;
    }

    /** Returns how many records it holds. */
    int count() {
        return count;
    }

    /** Tells that the first record was no JSON object: there is no message, and {@link #lastSeq} is that record's. */
    boolean unreadable() {
        return unreadable;
    }

    /** Adds the fields of an object and its closing brace. */
    private void splice(byte[] body) {
        int from = 0;
        while (body[from] != '{') { // Ends: isObject saw one.
            from++;
        }
        from++;
        int inner = from;
        while (body[inner]
                <= ' ') { // Ends at the closing brace at the latest; bytes beyond ASCII stand in strings only.
            inner++;
        }
        if (body[inner] != '}') {
            bytes.write(',');
        }
        bytes.write(body, from, body.length - from);
    }

    private boolean isObject(byte[] body) {
        try (JsonParser in = json.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            int depth = 1;
            for (int i = 0; i < body.length && depth > 0; i++) { // No token is shorter than a byte.
                JsonToken token = in.nextToken();
                if (token == null) {
                    return false;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > DEEPEST) {
                    return false;
                }
            }
            return depth == 0 && in.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private void text(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
