package dev.entrain.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.entrain.telemetry.mqtt.ClinicStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A clinic for {@code deploy/catch-up}: stores records in memory, then says so. The same one for whoever sends. */
final class CatchUpReceiver implements AutoCloseable {
    /** What it has stored. */
    final ClinicStore store = new ClinicStore();

    private final ObjectMapper json = new ObjectMapper();
    private final Mqtt5AsyncClient client;

    CatchUpReceiver(URI broker) {
        client = MqttClient.builder()
                .identifier("receiver")
                .serverHost(broker.getHost())
                .serverPort(broker.getPort())
                .useMqttVersion5()
                .buildAsync();
        client.connect().join();
        client.subscribeWith()
                .topicFilter("gait/v1/+/up/ev")
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(this::take)
                .send()
                .join();
    }

    private void take(Mqtt5Publish message) {
        try {
            JsonNode payload = json.readTree(message.getPayloadAsBytes());
            long upTo = store.take(payload);
            String ack = "{\"v\":3,\"boot\":\"" + payload.path("boot").asText() + "\",\"up_to\":" + upTo + "}";
            @SuppressWarnings("UnnamedVariable") // The formatter can't read "_" yet.
            var unused = client.publishWith()
                    .topic(message.getTopic().toString().replace("/up/ev", "/down/ack"))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(ack.getBytes(StandardCharsets.UTF_8))
                    .send();
        } catch (IOException e) {
            throw new IllegalStateException("a message is not JSON", e);
        }
    }

    @Override
    public void close() {
        client.disconnect().join();
    }
}
