package dev.entrain.clinic.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.clinic.Unit;
import dev.entrain.clinic.ingest.BrokerConfig;
import dev.entrain.clinic.ingest.LiveFeed;
import dev.entrain.clinic.ingest.MqttLive;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** A talk with one unit over the broker: say something down, wait for what it says. Thread-safe. */
public final class UnitTalk implements AutoCloseable {
    /** Far more than a unit says in a minute but its live state, which is not kept. */
    private static final int MOST_HEARD = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Unit unit;
    private final MqttLive line;
    private final LiveFeed.Subscription subscription;
    private final Map<String, List<JsonNode>> heard = new HashMap<>();

    /** Begins to connect and to listen; see {@link #await}. */
    public UnitTalk(BrokerConfig broker, Unit unit) {
        this.unit = unit;
        line = new MqttLive(broker);
        line.start();
        subscription = line.subscribe(unit, this::hear);
    }

    private void hear(String word, byte[] payload) {
        if (word.equals("state") || word.equals("ev") || payload.length == 0) {
            return;
        }
        try {
            JsonNode message = JSON.readTree(payload);
            synchronized (heard) {
                List<JsonNode> of = heard.computeIfAbsent(word, name -> new ArrayList<>());
                if (of.size() == MOST_HEARD) {
                    of.removeFirst();
                }
                of.add(message);
                heard.notifyAll();
            }
        } catch (IOException e) {
            Logger.trace("{} of unit {} is no JSON", word, unit.name());
        }
    }

    /** Returns the newest message of a kind; null if none was heard. */
    public @Nullable JsonNode newest(String word) {
        synchronized (heard) {
            List<JsonNode> of = heard.get(word);
            return of == null ? null : of.getLast();
        }
    }

    /** Returns the messages of a kind heard so far, oldest first. */
    public List<JsonNode> all(String word) {
        synchronized (heard) {
            return List.copyOf(heard.getOrDefault(word, List.of()));
        }
    }

    /**
     * Waits for a message.
     *
     * @param word the last part of its topic
     * @return the newest that fits; null if none came in time
     */
    public @Nullable JsonNode await(String word, Predicate<JsonNode> fits, Duration limit) {
        long untilNs = System.nanoTime() + limit.toNanos();
        synchronized (heard) {
            while (true) { // Ends at the limit.
                List<JsonNode> of = heard.getOrDefault(word, List.of());
                for (int i = of.size() - 1; i >= 0; i--) {
                    if (fits.test(of.get(i))) {
                        return of.get(i);
                    }
                }
                long leftMs = (untilNs - System.nanoTime()) / 1_000_000;
                if (leftMs <= 0) {
                    return null;
                }
                try {
                    heard.wait(leftMs);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                }
            }
        }
    }

    /**
     * Sends a message.
     *
     * @param word rx, cfg or cmd
     * @param expiryS how long it is worth anything, s; 0 is for ever
     * @return whether the broker took it; false means unknown
     */
    public boolean send(String word, byte[] payload, boolean retained, int expiryS) {
        return line.send(unit, word, payload, retained, expiryS);
    }

    /** Waits until the broker is connected and has shown what it keeps of the unit; returns whether it keeps anything. */
    public boolean present(Duration limit) {
        return await("birth", message -> true, limit) != null;
    }

    @Override
    public void close() {
        subscription.close();
        line.close();
    }
}
