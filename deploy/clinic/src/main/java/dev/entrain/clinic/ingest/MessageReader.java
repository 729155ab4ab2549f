package dev.entrain.clinic.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.store.BootKey;
import dev.entrain.clinic.store.DeadLetter;
import dev.entrain.clinic.store.DeadLetter.Reason;
import dev.entrain.clinic.store.NewRecord;
import dev.entrain.clinic.store.Parcel;
import dev.entrain.clinic.store.Parcel.Coverage;
import dev.entrain.clinic.store.UnitNews;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages by the contract (deploy/telemetry). Nothing a unit may send makes it fail: what is no record becomes a dead
 * letter. Thread-safe.
 */
final class MessageReader {
    /** Larger than any message of the contract by far. */
    static final int LARGEST = 1 << 20;

    private static final int KEPT_OF_TOO_LARGE = 64 << 10;
    private static final int MOST_RECORDS = 64;
    private static final Pattern TOPIC = Pattern.compile("gait/v1/([a-z0-9-]{1,64})/up/([a-z]{1,16})");
    private static final Pattern BOOT = Pattern.compile("\"boot\"\\s*:\\s*\"([A-Za-z0-9-]{1,64})\"");
    private static final Pattern AFTER = Pattern.compile("\"after_seq\"\\s*:\\s*(\\d{1,18})\\b");
    private static final Pattern SEQ = Pattern.compile("\"seq\"\\s*:\\s*(\\d{1,18})\\b");

    private final ObjectMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private final RecordReader records = new RecordReader(json);
    private final NewsReader news = new NewsReader();

    /** What a message is: one of the two, or neither if there is nothing to do. */
    record Read(@Nullable Parcel parcel, @Nullable UnitNews news) {}

    /** Reads one message. */
    Read read(String topic, byte[] payload) {
        Matcher matcher = TOPIC.matcher(topic);
        if (!matcher.matches()) {
            return dead("", topic, Reason.BAD_UNIT, "the topic is not gait/v1/{unit}/up/...", payload, null);
        }
        Unit unit = new Unit(matcher.group(1));
        if (payload.length > LARGEST) {
            return dead(
                    unit.name(),
                    topic,
                    Reason.TOO_LARGE,
                    payload.length + " bytes; only the first " + KEPT_OF_TOO_LARGE + " are kept",
                    Arrays.copyOf(payload, KEPT_OF_TOO_LARGE),
                    null);
        }
        String word = matcher.group(2);
        if (payload.length == 0 && !RecordReader.WORDS.contains(word)) {
            return new Read(null, null);
        }
        ObjectNode message;
        try {
            JsonNode tree = json.readTree(payload);
            if (!(tree instanceof ObjectNode object)) {
                return dead(unit.name(), topic, Reason.NOT_JSON, "no JSON object", payload, null);
            }
            message = object;
        } catch (IOException e) {
            return dead(unit.name(), topic, Reason.NOT_JSON, firstLine(e), payload, salvage(unit, word, payload));
        }
        try {
            return RecordReader.WORDS.contains(word)
                    ? new Read(parcel(unit, topic, word, message, payload), null)
                    : new Read(null, news.read(unit, word, message, payload));
        } catch (BadField e) {
            return dead(unit.name(), topic, Reason.BAD_FIELD, e.getMessage(), payload, null);
        }
    }

    private Parcel parcel(Unit unit, String topic, String word, ObjectNode message, byte[] payload) throws BadField {
        BootKey key = new BootKey(unit, Fields.boot(message));
        long afterSeq = Fields.whole(message, "after_seq", 0);
        List<JsonNode> items = word.equals("ev") ? items(message) : List.of(message);
        List<NewRecord> good = new ArrayList<>();
        List<DeadLetter> letters = new ArrayList<>();
        long lastSeq = afterSeq;
        for (JsonNode item : items) {
            try {
                lastSeq = Math.max(lastSeq, Fields.whole(item, "seq", 1));
                good.add(records.read(word, (ObjectNode) item));
            } catch (BadField e) {
                byte[] raw = items.size() == 1 ? payload : bytes(item);
                letters.add(new DeadLetter(unit.name(), topic, Reason.BAD_RECORD, text(e), raw));
            }
        }
        return new Parcel(topic, payload, new Coverage(key, afterSeq, lastSeq), good, letters);
    }

    private static List<JsonNode> items(ObjectNode message) throws BadField {
        JsonNode events = message.get("events");
        if (events == null || !events.isArray() || events.isEmpty()) {
            throw new BadField("events is no list with records");
        }
        List<JsonNode> items = new ArrayList<>();
        events.forEach(items::add);
        return items;
    }

    /**
     * A message that is no JSON, because one record's body is broken, still says what it covers where its frame can be read:
     * boot, after_seq and a few ascending numbers. It is kept whole, so all of it counts as stored.
     */
    private static @Nullable Coverage salvage(Unit unit, String word, byte[] payload) {
        if (!RecordReader.WORDS.contains(word)) {
            return null;
        }
        String text = new String(payload, StandardCharsets.UTF_8);
        Matcher boot = BOOT.matcher(text);
        Matcher after = AFTER.matcher(text);
        if (!boot.find() || !after.find()) {
            return null;
        }
        long afterSeq = Long.parseLong(after.group(1));
        long lastSeq = afterSeq;
        int count = 0;
        for (Matcher seq = SEQ.matcher(text); seq.find(); count++) {
            long next = Long.parseLong(seq.group(1));
            if (next <= lastSeq || count >= MOST_RECORDS) {
                return null;
            }
            lastSeq = next;
        }
        return count == 0 ? null : new Coverage(new BootKey(unit, boot.group(1)), afterSeq, lastSeq);
    }

    private static Read dead(
            String unit, String topic, Reason reason, String detail, byte[] payload, @Nullable Coverage coverage) {
        DeadLetter letter = new DeadLetter(unit, topic, reason, detail, payload);
        return new Read(new Parcel(topic, payload, coverage, List.of(), List.of(letter)), null);
    }

    private byte[] bytes(JsonNode item) {
        try {
            return json.writeValueAsBytes(item);
        } catch (JsonProcessingException e) {
            return item.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String text(BadField e) {
        return String.valueOf(e.getMessage());
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
