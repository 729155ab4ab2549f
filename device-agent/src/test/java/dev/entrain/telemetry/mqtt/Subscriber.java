package dev.entrain.telemetry.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A clinic that listens to everything a unit says and keeps it. */
final class Subscriber implements org.eclipse.paho.mqttv5.client.MqttCallback, AutoCloseable {
    /** Longest wait for anything. */
    private static final long LIMIT_NS = 20_000_000_000L;

    /** A message as it came. */
    record Received(String topic, JsonNode payload, boolean retained, int qos) {}

    final List<Received> received = new CopyOnWriteArrayList<>();
    private final ObjectMapper json = new ObjectMapper();
    private final MqttClient client;

    Subscriber(URI broker) throws MqttException {
        client = new MqttClient(
                broker.toString(), "clinic-" + Long.toHexString(System.nanoTime()), new MemoryPersistence());
        client.setCallback(this);
        client.connect();
        client.subscribe("gait/v1/#", 1);
    }

    static void await(String what, BooleanSupplier done) {
        long startNs = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - startNs > LIMIT_NS) {
                throw new AssertionError("waited 20 s in vain for " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    List<Received> on(String topicEnd) {
        return received.stream()
                .filter(message -> message.topic().endsWith(topicEnd))
                .toList();
    }

    /** Waits for a status of this kind. */
    void awaitStatus(String state) {
        await(
                "status " + state,
                () -> on("/status").stream()
                        .anyMatch(message ->
                                message.payload().path("state").asText().equals(state)));
    }

    /** Returns the sequence numbers of all events received, duplicates removed. */
    Set<Long> sequence() {
        Set<Long> seen = new TreeSet<>();
        for (Received batch : on("/ev")) {
            batch.payload()
                    .path("events")
                    .forEach(event -> seen.add(event.path("seq").asLong()));
        }
        return seen;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws Exception {
        received.add(new Received(topic, json.readTree(message.getPayload()), message.isRetained(), message.getQos()));
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnectForcibly(0, 100);
        }
        client.close(true);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        // The test knows when it took the broker away.
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // What is lost shows in what was received.
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // It publishes nothing.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // The constructor waits for it.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // No extended authentication.
    }
}
