package dev.entrain.journal.sqlite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrain.journal.ClockReading;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/** The bodies of the few records the journal makes itself, as the contract with the clinic has them. */
final class RecordBodies {
    private RecordBodies() {}

    static byte[] clock(ClockReading reading) {
        return bytes(body(reading.timeNs())
                .put("utc", reading.utc().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("error_s", reading.errorS()));
    }

    static byte[] lost(long timeNs, Pending.Lost lost) {
        return lost(timeNs, lost.kind().label(), lost.count(), lost.fromSeq(), lost.toSeq());
    }

    static byte[] lost(long timeNs, String kind, long count, long fromSeq, long toSeq) {
        return bytes(body(timeNs)
                .put("kind_lost", kind)
                .put("count", count)
                .put("from_seq", fromSeq)
                .put("to_seq", toSeq));
    }

    static byte[] fault(long timeNs, String code, String text) {
        return bytes(body(timeNs).put("code", code).put("text", text).put("cleared", false));
    }

    private static ObjectNode body(long timeNs) {
        return JsonNodeFactory.instance.objectNode().put("t_ns", timeNs);
    }

    private static byte[] bytes(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
