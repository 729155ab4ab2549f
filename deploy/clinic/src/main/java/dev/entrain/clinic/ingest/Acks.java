package dev.entrain.clinic.ingest;

import dev.entrain.clinic.store.BootKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledgements that wait for the broker: the newest of each boot. Beyond the bound the oldest gives way; its unit sends
 * again, and is told again. Thread-safe.
 */
final class Acks {
    private static final int WAITING = 20_000;

    private final LinkedHashMap<BootKey, Long> waiting = new LinkedHashMap<>();

    /**
     * An acknowledgement.
     *
     * @param upTo everything up to here is stored
     */
    record Ack(BootKey key, long upTo) {}

    synchronized void add(BootKey key, long upTo) {
        waiting.merge(key, upTo, Math::max);
        if (waiting.size() > WAITING) {
            waiting.pollFirstEntry();
        }
    }

    synchronized @Nullable Ack poll() {
        Map.Entry<BootKey, Long> first = waiting.pollFirstEntry();
        return first == null ? null : new Ack(first.getKey(), first.getValue());
    }

    /** Puts one back that could not be sent: it is the next again, with what has come for its boot meanwhile. */
    synchronized void putBack(Ack ack) {
        long upTo = Math.max(ack.upTo(), waiting.getOrDefault(ack.key(), 0L));
        waiting.putFirst(ack.key(), upTo);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}
