package dev.entrain.telemetry.mqtt;

import static dev.entrain.telemetry.TelemetryPort.Delivery.EVENT;
import static dev.entrain.telemetry.mqtt.Subscriber.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.MemoryOutbox;
import dev.entrain.journal.WalkRecord;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.telemetry.Birth;
import dev.entrain.telemetry.MadeUpTiming;
import dev.entrain.telemetry.OutboundLoop;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.telemetry.TelemetryPort.Link;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The outbound loop and the MQTT port against a real Mosquitto. */
@Timeout(60)
class MqttPortTest {
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final long MS = 1_000_000L;

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private final SlotRing<WalkRecord> ring = new SlotRing<>(1024, WalkRecord::new);
    private final MemoryOutbox outbox = new MemoryOutbox(BOOT, 0, 4096, counters);
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
                assertThat(late.received).allMatch(message -> message.topic().startsWith("gait/v1/unit-1/up/"));
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
            step(1);
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
            for (int i = 1; i <= 150; i++) {
                step(i);
            }
            broker.restart();
            try (Subscriber clinic = new Subscriber(broker.uri())) {
                clinic.awaitStatus("online");
                await("all steps", () -> clinic.sequence().equals(numbers(1, 150)));
                assertThat(clinic.on("/ev")).allMatch(message -> message.qos() == 1);
            }
        }
    }

    @Test
    void shouldDeliverEverythingThroughAKilledBroker() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir)) {
            OutboundLoop driven = loop(broker.uri(), 0);
            try (Subscriber clinic = new Subscriber(broker.uri())) {
                drive(driven, () -> clinic.on("/birth").size() == 1);
                for (int i = 1; i <= 40; i++) {
                    step(i);
                }
                drive(
                        driven,
                        () -> outbox.settledSeq() == 40 && clinic.sequence().size() == 40);
                broker.freeze();
                for (int i = 41; i <= 60; i++) {
                    step(i);
                }
                long before = counters.get(Counter.MESSAGES);
                drive(driven, () -> counters.get(Counter.MESSAGES) > before);
                broker.kill();
                for (int i = 61; i <= 80; i++) {
                    step(i);
                }
                drive(driven, () -> counters.get(Counter.BROKER_DOWN) >= 1);
                assertThat(outbox.settledSeq()).isEqualTo(40);
                assertThat(clinic.sequence()).hasSize(40);
            }
            // The loop only moves when driven: the clinic is back before the unit is, as its own receiver would be.
            broker.restart();
            try (Subscriber clinic = new Subscriber(broker.uri())) {
                drive(
                        driven,
                        () -> outbox.settledSeq() == 80 && clinic.sequence().size() == 40);
                assertThat(clinic.sequence()).containsExactlyElementsOf(numbers(41, 80));
            }
            driven.stop();
            driven.run();
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
                Objects.requireNonNull(ring.claim()).setState(n, true, true, 110, 112, 1_000 * MS);
                ring.publish();
                await("state " + n, () -> clinic.on("/state").size() == n);
            }
            assertThat(clinic.on("/state")).allMatch(message -> message.qos() == 0 && !message.retained());
            assertThat(outbox.lastSeq()).isZero();
        }
    }

    @Test
    void shouldNameTheRefusalOfABrokerThatForbidsPublishing() throws Exception {
        Path acl = dir.resolve("acl");
        Files.writeString(acl, "topic read gait/v1/#\n");
        try (MosquittoBroker broker = MosquittoBroker.start(dir, "acl_file " + acl)) {
            MqttPort port = new MqttPort(config(broker.uri(), 0));
            port.connect("gait/v1/unit-1/up/status", new byte[0]);
            await("a connection", () -> port.link() == Link.UP);
            assertThat(port.publish(1, "gait/v1/unit-1/up/ev", new byte[] {'{', '}'}, EVENT))
                    .isTrue();
            await("the refusal", () -> port.link() == Link.DOWN);
            assertThat(port.problem()).contains("refuses gait/v1/unit-1/up/ev").contains("not authorised");
            assertThat(port.pollDelivered()).isEqualTo(MqttPort.NONE);
            port.close();
        }
    }

    @Test
    void shouldNeverOweMoreAnswersThanTheBrokerAllows() throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.start(dir, "max_inflight_messages 5")) {
            MqttPort port = new MqttPort(config(broker.uri(), 0));
            port.connect("gait/v1/unit-1/up/status", new byte[0]);
            await("a connection", () -> port.link() == Link.UP);
            broker.freeze();
            int taken = 0;
            for (int i = 0; i < 50; i++) {
                taken += port.publish(i, "gait/v1/unit-1/up/ev", new byte[] {'{', '}'}, EVENT) ? 1 : 0;
            }
            assertThat(taken).isBetween(1, 20);
            assertThat(port.link()).isEqualTo(Link.UP);
            port.drop();
        }
    }

    @Test
    void shouldSayWhyItCannotConnectAndLeaveNoThreadBehind() throws Exception {
        MqttPort port = new MqttPort(config(URI.create("tcp://127.0.0.1:" + MosquittoBroker.freePort()), 0));
        for (int i = 0; i < 10; i++) {
            port.connect("gait/v1/unit-1/up/status", new byte[0]);
            await("the refusal", () -> port.link() == Link.DOWN);
            assertThat(port.problem()).isEqualTo("connection refused");
            port.drop();
        }
        await(
                "Paho's threads to end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(t ->
                                t.getName().startsWith("MQTT ") && t.getName().contains("entrain-unit-1")));
        assertThat(port.link()).isEqualTo(Link.DOWN);
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
        Birth birth = new Birth(BOOT, "0.1.0", "25", "0".repeat(64), null);
        return new OutboundLoop(
                config,
                birth,
                System::nanoTime,
                List.of(ring),
                new MadeUpTiming(),
                outbox,
                new MqttPort(config),
                random,
                counters);
    }

    private static TelemetryConfig config(URI broker, int willDelayS) {
        return new TelemetryConfig(true, broker, "unit-1", 60, willDelayS);
    }

    /** Moves the loop until something is true. */
    private static void drive(OutboundLoop driven, BooleanSupplier done) {
        await("the driven loop", () -> {
            driven.doWork(System.nanoTime());
            return done.getAsBoolean();
        });
    }

    private void step(long timeNs) {
        Objects.requireNonNull(ring.claim()).setStep(Foot.LEFT, timeNs, timeNs, 500 * MS, 120, 1);
        ring.publish();
    }

    private static Set<Long> numbers(long first, long last) {
        Set<Long> numbers = new TreeSet<>();
        for (long i = first; i <= last; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
