package dev.entrain.clinic.ingest;

import dev.entrain.clinic.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.tinylog.Logger;

/**
 * Live copies of the units that somebody looks at, and messages down, over a connection of its own: nothing a page does can
 * hold up what is stored. Only units somebody listens to are subscribed to.
 */
public final class MqttLive implements LiveFeed, Downlink, AutoCloseable {
    private static final int LISTENERS = 500;
    private static final int WAITING = 100;
    private static final int SEND_LIMIT_S = 5;
    private static final List<String> WORDS =
            List.of("state", "status", "ev", "timing", "session", "birth", "reported", "answer", "log");

    private final Map<String, CopyOnWriteArrayList<Listener>> listeners = new HashMap<>();
    private final ArrayBlockingQueue<Sending> sendings = new ArrayBlockingQueue<>(WAITING);
    /** Of the connection that carries now; touched on the link's thread only. */
    private final Set<String> subscribed = new HashSet<>();

    private final BrokerLink link;

    /** A message down; of its own lock, whether its sender gave up. */
    private static final class Sending {
        private final String topic;
        private final MqttMessage message;
        private final CountDownLatch taken = new CountDownLatch(1);
        private boolean givenUp;

        Sending(String topic, MqttMessage message) {
            this.topic = topic;
            this.message = message;
        }

        /** Returns whether it was taken in time; if it was not even sent by then, it never is. */
        boolean await() throws InterruptedException {
            try {
                return taken.await(SEND_LIMIT_S, TimeUnit.SECONDS);
            } finally {
                giveUp();
            }
        }

        private synchronized void giveUp() {
            givenUp = true;
        }

        /** Returns false if it has to wait for the window. */
        synchronized boolean over(BrokerLine line) {
            return givenUp || line.publish(topic, message, taken::countDown);
        }
    }

    /** Makes one that is not connected. */
    public MqttLive(BrokerConfig config) {
        link = new BrokerLink(
                config,
                "entrain-live-" + UUID.randomUUID().toString().substring(0, 13),
                "entrain-live",
                (line, topic, message) -> {
                    line.complete(message.getId(), message.getQos());
                    spread(topic, message.getPayload());
                },
                new Keeping());
    }

    /** Begins to connect, and keeps at it. */
    public void start() {
        link.start();
    }

    @Override
    public Subscription subscribe(Unit unit, Listener listener) {
        synchronized (listeners) {
            if (listeners.values().stream().mapToInt(List::size).sum() >= LISTENERS) {
                throw new IllegalStateException("more than " + LISTENERS + " live pages are open on this receiver");
            }
            // A unit that is looked at already sends its retained messages to the newcomer too: subscribe anew.
            listeners
                    .computeIfAbsent(unit.name(), name -> new CopyOnWriteArrayList<>())
                    .add(listener);
            renewed.add(unit.name());
        }
        link.wake();
        return () -> {
            synchronized (listeners) {
                List<Listener> of = listeners.get(unit.name());
                if (of != null && of.remove(listener) && of.isEmpty()) {
                    listeners.remove(unit.name());
                }
            }
            link.wake();
        };
    }

    private final Set<String> renewed = new HashSet<>();

    @Override
    public boolean send(Unit unit, String word, byte[] payload, boolean retained, int expiryS) {
        MqttMessage message = new MqttMessage(payload);
        message.setRetained(retained);
        MqttProperties properties = new MqttProperties();
        if (expiryS > 0) {
            properties.setMessageExpiryInterval((long) expiryS);
        }
        message.setProperties(properties);
        Sending sending = new Sending("gait/v1/" + unit.name() + "/down/" + word, message);
        if (!link.up() || !sendings.offer(sending)) {
            return false;
        }
        link.wake();
        try {
            return sending.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private void spread(String topic, byte[] payload) {
        String[] words = topic.split("/", -1);
        if (words.length != 5) {
            return;
        }
        List<Listener> of;
        synchronized (listeners) {
            of = listeners.getOrDefault(words[2], new CopyOnWriteArrayList<>());
        }
        for (Listener listener : of) {
            try {
                listener.onLive(words[4], payload);
            } catch (RuntimeException e) {
                Logger.warn("live: a page's listener failed: {}", e.toString());
            }
        }
    }

    /** Keeps the subscriptions as the listeners are. */
    private final class Keeping implements BrokerLink.Work {
        @Override
        public boolean wanted() {
            return true;
        }

        @Override
        public void onUp(BrokerLine line) {
            subscribed.clear();
        }

        @Override
        public void onTick(BrokerLine line) {
            List<String> gone;
            List<String> wanted;
            synchronized (listeners) {
                gone = subscribed.stream()
                        .filter(unit -> !listeners.containsKey(unit))
                        .toList();
                wanted = listeners.keySet().stream()
                        .filter(unit -> !subscribed.contains(unit) || renewed.contains(unit))
                        .toList();
                renewed.clear();
            }
            List<String> filters = new ArrayList<>();
            gone.forEach(unit -> WORDS.forEach(word -> filters.add(topic(unit, word))));
            line.unsubscribe(filters);
            List<MqttSubscription> fresh = new ArrayList<>();
            wanted.forEach(unit -> WORDS.forEach(word -> fresh.add(new MqttSubscription(topic(unit, word), 0))));
            line.subscribe(fresh, () -> {});
            gone.forEach(subscribed::remove);
            subscribed.addAll(wanted);
            for (Sending next = sendings.peek(); next != null; next = sendings.peek()) {
                if (!next.over(line)) {
                    return;
                }
                sendings.remove();
            }
        }

        @Override
        public void onDown() {
            subscribed.clear();
            sendings.clear();
        }

        private static String topic(String unit, String word) {
            return "gait/v1/" + unit + "/up/" + word;
        }
    }
}
