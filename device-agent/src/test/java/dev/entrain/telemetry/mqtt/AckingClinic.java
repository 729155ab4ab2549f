package dev.entrain.telemetry.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A clinic of one connection: stores records, then says so. */
final class AckingClinic implements MqttCallback, AutoCloseable {
    private static final long WAIT_MS = 5_000;

    private final ObjectMapper json = new ObjectMapper();
    private final MqttAsyncClient client;
    private final ClinicStore store;

    AckingClinic(URI broker, ClinicStore store) throws MqttException {
        this.store = store;
        client = new MqttAsyncClient(
                broker.toString(), "receiver-" + Long.toHexString(System.nanoTime()), new MemoryPersistence());
        client.setCallback(this);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        client.connect(options).waitForCompletion(WAIT_MS);
    }

    /** Begins to store and acknowledge. */
    void listen() throws MqttException {
        client.subscribe("gait/v1/+/up/#", 1).waitForCompletion(WAIT_MS);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws Exception {
        String leaf = topic.substring(topic.lastIndexOf('/') + 1);
        if (!leaf.equals("ev") && !leaf.equals("session") && !leaf.equals("clock") && !leaf.equals("timing")) {
            return;
        }
        JsonNode payload = json.readTree(message.getPayload());
        long upTo = store.take(payload);
        String ack = "{\"v\":3,\"boot\":\"" + payload.path("boot").asText() + "\",\"up_to\":" + upTo + "}";
        String down = topic.substring(0, topic.length() - leaf.length()).replace("/up/", "/down/") + "ack";
        client.publish(down, ack.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 100, false);
        client.close(true);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        // The test knows when it took the broker away.
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // What is lost shows in what was stored.
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // An acknowledgement that is lost is said again.
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
