package dev.entrain.clinic.ingest;

import dev.entrain.clinic.metrics.Metrics;
import dev.entrain.clinic.store.Database;
import dev.entrain.clinic.store.LetterShelf;
import dev.entrain.clinic.store.RecordStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.tinylog.Logger;

/**
 * From the broker into the database, exactly once; any number side by side. Two threads: {@code entrain-ingest-broker} keeps
 * the connection and sends acknowledgements, {@code entrain-ingest-writer} stores.
 */
public final class Receiver implements AutoCloseable {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);
    /** The contract's minor version that acknowledgements are of. */
    private static final int MINOR = 3;

    private final BrokerConfig config;
    private final Metrics metrics;
    private final Inbox inbox = new Inbox();
    private final Acks acks = new Acks();
    private final Writer writer;
    private final BrokerLink link;
    private final Thread writing;
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private volatile boolean taking = true;

    /** Makes a receiver that is not started. */
    public Receiver(BrokerConfig config, Database database, Metrics metrics) {
        this(config, database, metrics, LetterShelf.Bounds.USUAL);
    }

    Receiver(BrokerConfig config, Database database, Metrics metrics, LetterShelf.Bounds bounds) {
        this.config = config;
        this.metrics = metrics;
        link = new BrokerLink(
                config,
                "entrain-receiver-" + UUID.randomUUID().toString().substring(0, 13),
                "entrain-ingest-broker",
                this::take,
                new Taking());
        writer = new Writer(new RecordStore(database, bounds), inbox, acks, metrics, link::wake);
        writing = Thread.ofPlatform().name("entrain-ingest-writer").unstarted(writer::run);
        metrics.gauge("entrain_clinic_messages_waiting", "Messages between broker and writer", inbox::waiting);
        metrics.gauge("entrain_clinic_connections_in_use", "Database connections in use", database::inUse);
        metrics.gauge("entrain_clinic_connections_held", "Database connections held", database::held);
    }

    /** Begins to connect and to store, and keeps at both. */
    public void start() {
        writing.start();
        link.start();
    }

    /**
     * Waits until the broker has confirmed the subscription for the first time.
     *
     * @return whether it did within the time; if not, the receiver keeps trying
     */
    public boolean awaitSubscribed(Duration limit) throws InterruptedException {
        return subscribed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Tells whether the broker is connected, the writer at work, and the database takes what comes. */
    public boolean healthy() {
        return link.up() && writing.isAlive() && writer.databaseUp();
    }

    /** Stores what has come, acknowledges it, and ends; what comes meanwhile stays with the units. */
    @Override
    public void close() {
        taking = false;
        writer.stop();
        try {
            writing.join(DRAIN_LIMIT);
            long startNs = System.nanoTime();
            while (link.up() && !acks.isEmpty() && System.nanoTime() - startNs < 1_000_000_000L) {
                link.wake();
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writing.interrupt();
        link.close();
    }

    /** On a thread of Paho's. */
    private void take(BrokerLine line, String topic, MqttMessage message) {
        Arrival arrival = new Arrival(topic, message.getPayload(), line, message.getId(), message.getQos());
        if (topic.endsWith("/state")) {
            arrival.complete();
            writer.state(arrival);
        } else if (!taking || !inbox.offer(arrival)) {
            // Without our answer it would only hold a place in the broker's window: the unit has it, and sends it
            // again.
            metrics.refused.labelValues("waiting").inc();
            arrival.complete();
        }
    }

    /** What is done with the connection. */
    private final class Taking implements BrokerLink.Work {
        /** Whether an acknowledgement went by this connection; on the link's thread only. */
        private boolean tried;

        @Override
        public boolean wanted() {
            return writer.databaseUp();
        }

        @Override
        public void onUp(BrokerLine line) {
            tried = false;
            List<MqttSubscription> filters = new ArrayList<>();
            String shared = "$share/" + config.group() + "/gait/v1/+/up/";
            for (String word : List.of("ev", "session", "clock", "timing")) {
                filters.add(new MqttSubscription(shared + word, 1));
            }
            filters.add(new MqttSubscription(shared + "state", 0));
            // Retained messages come to no shared subscription; storing these twice changes nothing.
            for (String word : List.of("birth", "status", "reported", "answer", "log")) {
                filters.add(new MqttSubscription("gait/v1/+/up/" + word, 1));
            }
            line.subscribe(filters, subscribed::countDown);
            metrics.brokerUp.set(1);
        }

        @Override
        public void onTick(BrokerLine line) {
            for (Acks.Ack ack = acks.poll(); ack != null; ack = acks.poll()) {
                byte[] payload = ("{\"v\":" + MINOR + ",\"boot\":\"" + ack.key().boot() + "\",\"up_to\":" + ack.upTo()
                                + "}")
                        .getBytes(StandardCharsets.UTF_8);
                if (!send(line, "gait/v1/" + ack.key().unit().name() + "/down/ack", new MqttMessage(payload))) {
                    acks.putBack(ack);
                    return;
                }
                tried = true;
            }
        }

        /** A unit that missed one asks again, so only the first is confirmed: it shows whether the broker allows them. */
        private boolean send(BrokerLine line, String topic, MqttMessage ack) {
            return tried
                    ? line.publishUnconfirmed(topic, ack, metrics.acks::inc)
                    : line.publish(topic, ack, metrics.acks::inc);
        }

        @Override
        public void onDown() {
            metrics.brokerUp.set(0);
            Logger.debug("receiver: {} messages of the last connection wait", inbox.waiting());
        }
    }
}
