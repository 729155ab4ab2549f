package dev.entrain.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a log, read as whoever gets them reads them. */
public final class KeptRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private KeptRecords() {}

    /** One record. */
    public record Kept(String boot, long seq, RecordKind kind, @Nullable String session, JsonNode body) {}

    /** Returns what waits for the clinic, oldest first. */
    public static List<Kept> waiting(RecordLog log) {
        List<Kept> all = new ArrayList<>();
        long after = 0;
        int shown;
        do {
            shown = log.unacknowledged(after, 1000, (boot, seq, kind, session, body) -> {
                try {
                    all.add(new Kept(boot, seq, kind, session, JSON.readTree(body)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            after = all.isEmpty() ? after : all.getLast().seq();
        } while (shown > 0);
        return all;
    }

    /** Returns those of one kind. */
    public static List<Kept> waiting(RecordLog log, RecordKind kind) {
        return waiting(log).stream().filter(record -> record.kind() == kind).toList();
    }
}
