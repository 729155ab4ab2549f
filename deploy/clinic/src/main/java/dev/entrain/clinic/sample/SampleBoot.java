package dev.entrain.clinic.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.clinic.ingest.HandIn.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** What one boot of a simulated unit publishes, by the contract. For one thread. */
final class SampleBoot {
    private static final int MINOR_VERSION = 5;
    private static final int MOST_RECORDS = 64;

    /** Time from switching on to the start of the session. */
    private static final long BEFORE_NS = 60_000_000_000L;

    private final String unit;
    private final String boot;
    private final List<Message> messages = new ArrayList<>();
    private ArrayNode events = JsonNodeFactory.instance.arrayNode();
    private long seq;
    private long afterSeq;

    /**
     * Switches a unit on a minute before a session.
     *
     * @param startUtc when the session starts
     */
    SampleBoot(String unit, Instant startUtc, SplittableRandom random) {
        this.unit = unit;
        boot = new UUID(random.nextLong(), random.nextLong()).toString();
        ObjectNode birth = message().put("agent", "0.1.0").put("java", "25").put("config_sha256", "0".repeat(64));
        birth.putObject("schemas");
        add("birth", birth);
        ObjectNode clock = record(0);
        clock.put("utc", startUtc.minusNanos(BEFORE_NS).toString()).put("error_s", 0.02);
        add("clock", clock);
    }

    /** Returns the boot's time at a moment of the session, ns. */
    static long ns(double sessionS) {
        return BEFORE_NS + Math.round(sessionS * 1e9);
    }

    /** Begins a record that is a message of its own; it waits for {@link #add}. */
    ObjectNode record(long tNs) {
        flush();
        ObjectNode record =
                message().put("after_seq", afterSeq).put("seq", ++seq).put("t_ns", tNs);
        afterSeq = seq;
        return record;
    }

    /** Adds a record to the batch of events. */
    ObjectNode event(String kind, String session, long tNs) {
        if (events.size() == MOST_RECORDS) {
            flush();
        }
        return events.addObject()
                .put("seq", ++seq)
                .put("kind", kind)
                .put("session", session)
                .put("t_ns", tNs);
    }

    void add(String word, ObjectNode payload) {
        messages.add(new Message(
                "gait/v1/" + unit + "/up/" + word, payload.toString().getBytes(StandardCharsets.UTF_8)));
    }

    ObjectNode message() {
        return JsonNodeFactory.instance.objectNode().put("v", MINOR_VERSION).put("boot", boot);
    }

    /** Switches the unit off and returns all it published. */
    List<Message> off() {
        flush();
        add("status", message().put("conn", 1).put("state", "stopped"));
        return messages;
    }

    private void flush() {
        if (!events.isEmpty()) {
            ObjectNode batch = message().put("after_seq", afterSeq);
            batch.set("events", events);
            add("ev", batch);
            events = JsonNodeFactory.instance.arrayNode();
            afterSeq = seq;
        }
    }
}
