package dev.entrain.telemetry.mqtt;

import static dev.entrain.telemetry.mqtt.Subscriber.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.telemetry.TelemetryPort;
import dev.entrain.telemetry.TelemetryPort.Arrival;
import dev.entrain.telemetry.TelemetryPort.Link;
import dev.entrain.telemetry.Topics;
import dev.entrain.time.WallClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes down, over a real Mosquitto. */
@Timeout(60)
class DownlinkTest {
    private static final Topics TOPICS = new Topics("unit-1");
    private static final String CMD = "gait/v1/unit-1/down/cmd";

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private @Nullable MqttClient sender;
    private MqttPort port = new MqttPort(config(URI.create("tcp://127.0.0.1:1")), counters, WallClock.SYSTEM);

    @AfterEach
    void end() throws MqttException {
        port.close();
        if (sender != null) {
            sender.disconnectForcibly(0, 100, false);
            sender.close();
        }
    }

    @Test
    void shouldGetAgainWhatItWasNotDoneWith() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            connect(broker);
            send(broker, CMD, "one", false, 50);
            Arrival first = arrival();
            assertThat(text(first)).isEqualTo("one");
            assertThat(first.expiryS()).isBetween(1L, 50L);
            connect(broker);
            Arrival again = arrival();
            assertThat(text(again)).isEqualTo("one");
            port.done(again);
            send(broker, CMD, "two", false, 50);
            assertThat(text(arrival())).isEqualTo("two");
            connect(broker);
            assertThat(text(arrival())).as("what was done does not come again").isEqualTo("two");
        }
    }

    @Test
    void shouldGetWhatCameWhileItWasAway() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            connect(broker);
            port.drop();
            send(broker, "gait/v1/unit-1/down/ack", "a", false, 0);
            send(broker, "gait/v1/unit-1/down/rx", "r", true, 0);
            connect(broker);
            List<String> came = List.of(text(arrival()), text(arrival()));
            assertThat(came).contains("a", "r");
        }
    }

    @Test
    void shouldHoldNoMoreThanTheBrokerMaySend() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            connect(broker);
            for (int i = 0; i < 40; i++) {
                send(broker, CMD, "m" + i, false, 0);
            }
            List<String> came = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Arrival next = arrival();
                came.add(text(next));
                port.done(next);
            }
            assertThat(came).startsWith("m0", "m1").endsWith("m39").doesNotHaveDuplicates();
            assertThat(counters.get(Counter.DOWNLINK_DROPPED)).isZero();
        }
    }

    @Test
    void shouldLoseNothingPromisedToAFloodOfWhatIsNot() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            connect(broker);
            for (int i = 0; i < 200; i++) {
                sender(broker).publish(CMD, new MqttMessage(new byte[] {'f'}, 0, false, null));
            }
            await("the flood", () -> counters.get(Counter.DOWNLINK_DROPPED) > 0);
            for (int i = 0; i < 40; i++) {
                send(broker, CMD, "m" + i, false, 0);
            }
            int promised = 0;
            for (int i = 0; promised < 40 && i < 240; i++) {
                Arrival next = arrival();
                promised += text(next).equals("f") ? 0 : 1;
                port.done(next);
            }
            assertThat(promised).isEqualTo(40);
        }
    }

    @Test
    void shouldNotBeHeldUpByAMessageThatIsTooLarge() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            connect(broker);
            send(broker, CMD, "x".repeat(TelemetryPort.MOST_DOWN_BYTES + 1), false, 0);
            send(broker, CMD, "x".repeat(1_000_000), false, 0);
            send(broker, CMD, "small", false, 0);
            assertThat(text(arrival())).isEqualTo("small");
            assertThat(counters.get(Counter.DOWNLINK_DROPPED))
                    .as("the second the broker kept")
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldSubscribeAnewAtABrokerThatForgotIt() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            connect(broker);
            broker.kill();
            await("the loss", () -> port.link() == Link.DOWN);
            broker.restart();
            connect(broker);
            send(broker, CMD, "there", false, 0);
            assertThat(text(arrival())).isEqualTo("there");
        }
    }

    private void connect(MosquittoBroker broker) {
        if (port.link() == Link.DOWN && port.problem().isEmpty()) {
            port = new MqttPort(config(broker.uri()), counters, WallClock.SYSTEM);
        }
        port.connect("gait/v1/unit-1/up/status", new byte[0], TOPICS.wanted());
        await("a connection", () -> port.link() == Link.UP);
    }

    private Arrival arrival() {
        List<Arrival> came = new ArrayList<>();
        await("a message", () -> {
            assertThat(port.link()).as(port.problem()).isEqualTo(Link.UP);
            Arrival next = port.pollArrived();
            if (next != null) {
                came.add(next);
            }
            return next != null;
        });
        return came.getFirst();
    }

    private static String text(Arrival arrival) {
        return new String(arrival.payload(), StandardCharsets.UTF_8);
    }

    private void send(MosquittoBroker broker, String topic, String payload, boolean retained, long expiryS)
            throws MqttException {
        MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8), 1, retained, null);
        if (expiryS > 0) {
            MqttProperties properties = new MqttProperties();
            properties.setMessageExpiryInterval(expiryS);
            message.setProperties(properties);
        }
        sender(broker).publish(topic, message);
    }

    private MqttClient sender(MosquittoBroker broker) throws MqttException {
        MqttClient open = sender;
        if (open == null || !open.isConnected()) {
            open = new MqttClient(broker.uri().toString(), "sender", new MemoryPersistence());
            open.connect();
            sender = open;
        }
        return open;
    }

    private static TelemetryConfig config(URI broker) {
        return new TelemetryConfig(true, broker, "unit-1", 60, 0);
    }
}
