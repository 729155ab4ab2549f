package dev.entrain.telemetry.mqtt;

import static dev.entrain.telemetry.TelemetryPort.Delivery.EVENT;
import static dev.entrain.telemetry.mqtt.Subscriber.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.LiveState;
import dev.entrain.journal.RecordKind;
import dev.entrain.ring.SlotRing;
import dev.entrain.telemetry.Birth;
import dev.entrain.telemetry.HeardInbound;
import dev.entrain.telemetry.MemoryLog;
import dev.entrain.telemetry.OutboundLoop;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.telemetry.TelemetryPort.Link;
import dev.entrain.time.WallClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The outbound loop and the MQTT port against a real Mosquitto. */
@Timeout(60)
class MqttPortTest {
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final List<String> WANTED = List.of("gait/v1/unit-2/down/ack");

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private final SlotRing<LiveState> ring = new SlotRing<>(16, LiveState::new);
    private final MemoryLog log = new MemoryLog(BOOT);
    private final HeardInbound inbound = new HeardInbound();
    private final Random random = new Random(7);
    private @Nullable OutboundLoop loop;
    private @Nullable Thread thread;

    @AfterEach
    void shouldAlwaysEndInBoundedTime() throws InterruptedException {
        assertThat(stop()).isTrue();
    }

    @Test
    void shouldIntroduceItselfRetained() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            start(broker.uri(), 0);
            await("birth and status delivered", () -> counters.get(Counter.MESSAGES) >= 2);
            try (Subscriber early = new Subscriber(broker.uri())) {
                early.awaitStatus("online");
            }
            try (Subscriber late = new Subscriber(broker.uri())) {
                late.awaitStatus("online");
                await("birth", () -> !late.on("/birth").isEmpty());
                assertThat(late.received).allMatch(Subscriber.Received::retained);
                JsonNode birth = late.on("/birth").getFirst().payload();
                assertThat(birth.path("boot").asText()).isEqualTo(BOOT);
                assertThat(late.received).allMatch(message -> message.topic().startsWith("gait/v1/unit-2/up/"));
            }
        }
    }

    @Test
    void shouldBeCalledOfflineByTheBrokerWhenTheLineIsCut() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir);
                Relay relay = new Relay(broker.port());
                Subscriber clinic = new Subscriber(broker.uri())) {
            start(relay.uri(), 0);
            clinic.awaitStatus("online");
            relay.end();
            clinic.awaitStatus("offline");
            JsonNode will = clinic.on("/status").getLast().payload();
            assertThat(will.path("conn").asLong())
                    .isEqualTo(clinic.on("/status")
                            .getFirst()
                            .payload()
                            .path("conn")
                            .asLong());
        }
    }

    @Test
    void shouldNotBeCalledOfflineWhenItIsBackWithinTheWillDelay() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir);
                Relay relay = new Relay(broker.port());
                Subscriber clinic = new Subscriber(broker.uri())) {
            start(relay.uri(), 30);
            clinic.awaitStatus("online");
            relay.cut();
            await("the second connection", () -> clinic.on("/status").size() == 2);
            assertThat(clinic.on("/status"))
                    .allMatch(
                            message -> message.payload().path("state").asText().equals("online"));
        }
    }

    @Test
    void shouldSayThatItStopsInGoodOrder() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir);
                Subscriber clinic = new Subscriber(broker.uri())) {
            start(broker.uri(), 0);
            clinic.awaitStatus("online");
            log.step(1);
            log.add(RecordKind.TIMING, "{\"last\":true}");
            assertThat(stop()).isTrue();
            clinic.awaitStatus("stopped");
            await("the last step", () -> clinic.sequence().equals(Set.of(1L)));
            // A will that was not voided would follow within a second; a late subscriber sees the last word.
            try (Subscriber late = new Subscriber(broker.uri())) {
                late.awaitStatus("stopped");
                await("its last proof of timing", () -> !late.on("/timing").isEmpty());
                assertThat(late.on("/timing").getFirst().payload().path("last").asBoolean())
                        .isTrue();
            }
            assertThat(clinic.on("/status").getLast().payload().path("state").asText())
                    .isEqualTo("stopped");
        }
    }

    @Test
    void shouldDeliverEverythingRecordedWhileTheBrokerWasDown() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            broker.kill();
            start(broker.uri(), 0);
            await("a first failure", () -> counters.get(Counter.BROKER_DOWN) >= 1);
            steps(150);
            broker.restart();
            ClinicStore store = new ClinicStore();
            try (AckingClinic clinic = new AckingClinic(broker.uri(), store)) {
                clinic.listen();
                await("all to be acknowledged", () -> log.waiting() == 0);
                assertThat(store.of(BOOT)).isEqualTo(numbers(1, 150));
            }
        }
    }

    @Test
    void shouldStopWhileABrokerLeavesItWaiting() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start(URI.create("tcp://127.0.0.1:" + silent.getLocalPort()), 0);
            silent.setSoTimeout(10_000);
            try (Socket line = silent.accept()) {
                assertThat(line.getInputStream().read())
                        .as("first byte of CONNECT")
                        .isEqualTo(0x10);
                assertThat(stop()).isTrue();
            }
        }
    }

    @Test
    void shouldShowLiveStateOnceASecond() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir);
                Subscriber clinic = new Subscriber(broker.uri())) {
            start(broker.uri(), 0);
            clinic.awaitStatus("online");
            for (int second = 1; second <= 3; second++) {
                int n = second;
                Objects.requireNonNull(ring.claim()).begin(n).walk(true, true);
                ring.publish();
                await("state " + n, () -> clinic.on("/state").size() == n);
            }
            assertThat(clinic.on("/state")).allMatch(message -> message.qos() == 0 && !message.retained());
            assertThat(log.lastSeq()).isZero();
        }
    }

    @Test
    void shouldNameTheRefusalOfABrokerThatForbidsPublishingAndGoOn() throws Exception {
        Path acl = dir.resolve("acl");
        Files.writeString(acl, "topic readwrite gait/v1/unit-2/up/state\ntopic read gait/v1/#\n");
        try (MosquittoBroker broker = MosquittoBroker.start(dir, "acl_file " + acl)) {
            MqttPort port = port(broker.uri());
            assertThat(port.publish(1, "gait/v1/unit-2/up/ev", new byte[] {'{', '}'}, EVENT))
                    .isTrue();
            await("the refusal", () -> port.pollRefused() == 1);
            assertThat(port.refusal()).contains("refuses gait/v1/unit-2/up/ev").contains("not authorised");
            assertThat(port.publish(2, "gait/v1/unit-2/up/state", new byte[] {'{', '}'}, EVENT))
                    .isTrue();
            await("the answer", () -> port.pollDelivered() == 2);
            assertThat(port.link()).isEqualTo(Link.UP);
            port.close();
        }
    }

    @Test
    void shouldNeverOweMoreAnswersThanTheBrokerAllows() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir, "max_inflight_messages 5")) {
            MqttPort port = port(broker.uri());
            broker.freeze();
            int taken = 0;
            for (int i = 0; i < 50; i++) {
                taken += port.publish(i, "gait/v1/unit-2/up/ev", new byte[] {'{', '}'}, EVENT) ? 1 : 0;
            }
            assertThat(taken).isBetween(1, 20);
            assertThat(port.link()).isEqualTo(Link.UP);
            port.drop();
        }
    }

    @Test
    void shouldSayWhyItCannotConnectAndLeaveNoThreadBehind() throws Exception {
        MqttPort port = new MqttPort(
                config(URI.create("tcp://127.0.0.1:" + MosquittoBroker.freePort()), 0), counters, WallClock.SYSTEM);
        for (int i = 0; i < 10; i++) {
            port.connect("gait/v1/unit-2/up/status", new byte[0], WANTED);
            await("the refusal", () -> port.link() == Link.DOWN);
            assertThat(port.problem()).isEqualTo("connection refused");
            port.drop();
        }
        await(
                "Paho's threads to end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(t ->
                                t.getName().startsWith("MQTT ") && t.getName().contains("entrain-unit-2")));
        assertThat(port.link()).isEqualTo(Link.DOWN);
    }

    private MqttPort port(URI broker) {
        MqttPort port = new MqttPort(config(broker, 0), counters, WallClock.SYSTEM);
        port.connect("gait/v1/unit-2/up/status", new byte[0], WANTED);
        await("a connection", () -> port.link() == Link.UP);
        return port;
    }

    private void start(URI broker, int willDelayS) {
        OutboundLoop started = loop(broker, willDelayS);
        loop = started;
        thread = Thread.ofPlatform().name("outbound").start(started);
    }

    /** Ends the outbound thread, if there is one, in good order; tells whether it ended in time. */
    private boolean stop() throws InterruptedException {
        if (loop == null || thread == null) {
            return true;
        }
        loop.stop();
        thread.join(10_000);
        return !thread.isAlive();
    }

    private OutboundLoop loop(URI broker, int willDelayS) {
        TelemetryConfig config = config(broker, willDelayS);
        Birth birth = new Birth(BOOT, "0.1.0", "25", "0".repeat(64), null, null, () -> null);
        return new OutboundLoop(
                config,
                birth,
                System::nanoTime,
                ring,
                log,
                inbound,
                new MqttPort(config, counters, WallClock.SYSTEM),
                random,
                counters);
    }

    private static TelemetryConfig config(URI broker, int willDelayS) {
        return new TelemetryConfig(true, broker, "unit-2", 60, willDelayS);
    }

    private void steps(int count) {
        for (int i = 1; i <= count; i++) {
            log.step(i);
        }
    }

    private static Set<Long> numbers(long first, long last) {
        Set<Long> numbers = new TreeSet<>();
        for (long i = first; i <= last; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
