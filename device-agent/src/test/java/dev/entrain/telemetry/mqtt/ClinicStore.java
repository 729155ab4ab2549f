package dev.entrain.telemetry.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a clinic would keep: each record once, and how far each boot is covered without a hole. Thread-safe. */
final class ClinicStore {
    private final Map<String, Set<Long>> records = new HashMap<>();
    private final Map<String, TreeMap<Long, Long>> covered = new HashMap<>();
    private long duplicates;

    /** Takes a message of records; returns what to acknowledge of its boot. */
    synchronized long take(JsonNode payload) {
        String boot = payload.path("boot").asText();
        long last = 0;
        if (payload.has("events")) {
            for (JsonNode event : payload.path("events")) {
                last = event.path("seq").asLong();
                keep(boot, last);
            }
        } else {
            last = payload.path("seq").asLong();
            keep(boot, last);
        }
        return cover(boot, payload.path("after_seq").asLong(), last);
    }

    private void keep(String boot, long seq) {
        if (!records.computeIfAbsent(boot, name -> new TreeSet<>()).add(seq)) {
            duplicates++;
        }
    }

    /** Merges (after, last] and returns the end of what is covered from 0 on. */
    private long cover(String boot, long after, long last) {
        TreeMap<Long, Long> spans = covered.computeIfAbsent(boot, name -> new TreeMap<>());
        long from = after;
        long to = last;
        for (Map.Entry<Long, Long> span = spans.floorEntry(to);
                span != null && span.getValue() >= from;
                span = spans.floorEntry(to)) {
            from = Math.min(from, span.getKey());
            to = Math.max(to, span.getValue());
            spans.remove(span.getKey());
        }
        spans.put(from, to);
        return spans.getOrDefault(0L, 0L);
    }

    /** Returns the sequence numbers kept of a boot. */
    synchronized Set<Long> of(String boot) {
        return new TreeSet<>(records.getOrDefault(boot, Set.of()));
    }

    /** Returns how many records came more than once. */
    synchronized long duplicates() {
        return duplicates;
    }
}
