package dev.entrain.clinic.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A receiver's line to a real Mosquitto over mutual TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerLineTest {
    private Path folder = Path.of("");

    private int port;
    private TlsFiles ours = new TlsFiles(folder, folder, folder);
    private TlsFiles stranger = ours;
    private @Nullable Process broker;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        for (String name : List.of("broker", "receiver", "stranger")) {
            certificate(name);
        }
        ours = files("receiver");
        stranger = files("stranger");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path rules = Files.writeString(folder.resolve("acl"), "topic readwrite allowed\n");
        rules.toFile().setReadable(true, false);
        Path config = Files.write(
                folder.resolve("mosquitto.conf"),
                List.of(
                        "user root",
                        "listener " + port + " 127.0.0.1",
                        "allow_anonymous true",
                        "persistence false",
                        "acl_file " + rules,
                        "cafile " + folder.resolve("receiver.pem"),
                        "certfile " + folder.resolve("broker.pem"),
                        "keyfile " + folder.resolve("broker.key"),
                        "require_certificate true"));
        broker = new ProcessBuilder("sh", "-c", "PATH=$PATH:/usr/sbin:/usr/local/sbin exec mosquitto -c " + config)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        await("the broker", () -> {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return probe.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    @AfterAll
    void end() {
        if (broker != null) {
            broker.destroyForcibly();
        }
    }

    @Test
    void shouldCountNoRefusedPublicationAsTaken() {
        AtomicBoolean taken = new AtomicBoolean();
        BrokerLine line = line("localhost", ours);
        assertThat(line.problem()).isEmpty();
        assertThat(line.publish("allowed", message(), () -> taken.set(true))).isTrue();
        await("the broker to take it", taken::get);
        taken.set(false);
        assertThat(line.publish("forbidden", message(), () -> taken.set(true))).isTrue();
        await("the refusal", () -> line.state() == BrokerLine.State.DOWN);
        assertThat(line.problem()).contains("refuses forbidden");
        line.end(true);
        assertThat(taken).isFalse();
    }

    @Test
    void shouldRefuseABrokerOfAnotherNameAndBeRefusedUnknownAndLeaveNoThread() {
        BrokerLine otherName = line("127.0.0.1", ours);
        assertThat(otherName.state()).isEqualTo(BrokerLine.State.DOWN);
        assertThat(otherName.problem()).contains("127.0.0.1");
        otherName.end(false);
        BrokerLine unknown = line("localhost", stranger);
        await("the refusal", () -> unknown.state() == BrokerLine.State.DOWN);
        unknown.end(false);
        await(
                "Paho's threads to end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(t ->
                                t.getName().startsWith("MQTT ") && t.getName().contains("line-test-")));
    }

    private BrokerLine line(String host, TlsFiles files) {
        BrokerConfig config = new BrokerConfig(URI.create("ssl://" + host + ":" + port), files, BrokerConfig.GROUP);
        BrokerLine line = new BrokerLine(
                config,
                "line-test-" + System.nanoTime(),
                (from, topic, message) -> from.complete(message.getId(), message.getQos()),
                () -> {});
        line.open();
        await("an end of connecting", () -> line.state() != BrokerLine.State.CONNECTING);
        return line;
    }

    private static MqttMessage message() {
        return new MqttMessage("{}".getBytes(UTF_8));
    }

    private static void await(String what, BooleanSupplier condition) {
        for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    private TlsFiles files(String name) {
        return new TlsFiles(folder.resolve("broker.pem"), folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    }

    private void certificate(String name) throws Exception {
        String[] command =
                ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=" + name
                                + " -addext subjectAltName=DNS:localhost -keyout " + name + ".key -out " + name
                                + ".pem")
                        .split(" ");
        Process made = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
    }
}
