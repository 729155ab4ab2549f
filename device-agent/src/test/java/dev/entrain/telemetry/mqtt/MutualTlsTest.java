package dev.entrain.telemetry.mqtt;

import static dev.entrain.telemetry.TelemetryPort.Delivery.EVENT;
import static dev.entrain.telemetry.TelemetryPort.Delivery.RETAINED;
import static dev.entrain.telemetry.mqtt.Subscriber.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.health.Counters;
import dev.entrain.identity.ClinicAuthority;
import dev.entrain.identity.IdentityFolder;
import dev.entrain.identity.TlsFiles;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.telemetry.TelemetryPort;
import dev.entrain.telemetry.TelemetryPort.Link;
import dev.entrain.time.WallClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A unit, the clinic and strangers at a real Mosquitto with the clinic's configuration and authority. */
@Timeout(60)
class MutualTlsTest {
    private static final String PAST = "20200101000000Z";
    private static final String PAST_END = "20210101000000Z";
    private static final String FUTURE = "20900101000000Z";
    private static final String FUTURE_END = "20910101000000Z";
    private static final String UNIT = "unit-1";
    private static final int NOT_AUTHORISED = 0x87;

    /** A broker that no unit may trust, and what a technician is to read. */
    private record Wrong(String what, URI at, String words) {}

    @TempDir
    static Path dir;

    private static ClinicAuthority authority;
    private static ClinicBroker broker;
    private static TlsFiles receiver;
    private static List<Wrong> wrongBrokers;

    private MqttPort port;
    private Path stateDir;
    private TlsFiles unit;

    @BeforeAll
    static void makeTheClinic() throws Exception {
        authority = new ClinicAuthority(dir.resolve("authority"));
        receiver = authority.service("issue-receiver");
        broker = new ClinicBroker(dir, authority, authority.service("issue-broker", "--host", "localhost"));
        ClinicAuthority other = new ClinicAuthority(dir.resolve("other-authority"));
        wrongBrokers = List.of(
                new Wrong("another host", broker.otherName(), "matching IP address 127.0.0.1"),
                new Wrong(
                        "ended",
                        broker.listener(
                                authority.odd(dir.resolve("b1"), "clinic", "server", "localhost", PAST, PAST_END)),
                        "the broker's certificate has ended"),
                new Wrong(
                        "not yet valid",
                        broker.listener(
                                authority.odd(dir.resolve("b2"), "clinic", "server", "localhost", FUTURE, FUTURE_END)),
                        "this unit's clock is most likely behind"),
                new Wrong(
                        "another authority",
                        broker.listener(other.service("issue-broker", "--host", "localhost")),
                        "not from the authority in [telemetry] ca"),
                new Wrong(
                        "a unit that poses as the broker",
                        broker.listener(authority.odd(dir.resolve("b3"), "units", "client", "localhost", PAST, FUTURE)),
                        "is no broker's"));
        broker.restart();
    }

    @AfterAll
    static void endTheBroker() {
        broker.close();
    }

    @BeforeEach
    void makeTheUnit() throws Exception {
        stateDir = Files.createTempDirectory(dir, "state");
        String name = UNIT + "-" + stateDir.getFileName().toString().replace("state", "");
        unit = authority.unit(stateDir, name);
        port = port(broker.units(), unit, name);
    }

    @AfterEach
    void shouldLeaveNoThreadBehind() {
        port.close();
        await(
                "Paho's threads to end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(t ->
                                t.getName().startsWith("MQTT ") && t.getName().contains("entrain-")));
    }

    @Test
    void shouldDeliverToAReceiverByMutualTls() throws Exception {
        try (TlsClient clinic = receiver("receiver-a")) {
            clinic.subscribe("$share/receivers/gait/v1/+/up/#");
            arrive(port);
            String topic = "gait/v1/" + name() + "/up/ev";
            assertThat(port.publish(1, topic, bytes("{}"), EVENT)).isTrue();
            await("delivery", () -> clinic.received.contains(topic + " {}"));
            await("the broker's answer", () -> port.pollDelivered() == 1);
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldRefuseAWrongBrokerAndSayWhy() {
        return wrongBrokers.stream()
                .map(wrong ->
                        DynamicTest.dynamicTest(wrong.what, () -> assertRefused(wrong.at, unit, name(), wrong.words)));
    }

    @Test
    void shouldNotSpeakOldTlsWithABroker() throws Exception {
        int at = MosquittoBroker.freePort();
        TlsFiles own = authority.service("issue-broker", "--host", "localhost");
        Process old = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-tls1_2",
                        "-quiet",
                        "-accept",
                        "127.0.0.1:" + at,
                        "-cert",
                        own.certificate().toString(),
                        "-key",
                        own.key().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            MosquittoBroker.awaitListening(old, at);
            assertRefused(URI.create("ssl://localhost:" + at), unit, name(), "does not speak TLS 1.3");
        } finally {
            old.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldBeRefusedWithACertificateThatEnded() throws Exception {
        TlsFiles files = authority.odd(stateDir.resolve("x"), "units", "client", "unit-9", PAST, PAST_END);
        assertRefused(broker.units(), files, "unit-9", "this unit's certificate has ended");
    }

    @Test
    void shouldBeRefusedWithACertificateThatNobodySigned() throws Exception {
        TlsFiles files = authority.selfSigned(stateDir.resolve("x"), "unit-9");
        assertRefused(broker.units(), files, "unit-9", "the broker does not know the authority");
    }

    @Test
    void shouldBeRefusedWithACertificateOfAnotherAuthority() throws Exception {
        ClinicAuthority other = new ClinicAuthority(stateDir.resolve("other"));
        TlsFiles files = other.unit(Files.createDirectory(stateDir.resolve("x")), "unit-9");
        TlsFiles mixed = new TlsFiles(authority.ca(), files.certificate(), files.key());
        assertRefused(broker.units(), mixed, "unit-9", "the broker does not know the authority");
    }

    @Test
    void shouldKeepUnitsOffTheClinicsListenerAndTheClinicOffTheUnits() throws Exception {
        assertRefused(broker.clinic(), unit, name(), "the broker does not know the authority");
        assertRefused(broker.units(), receiver, "clinic-receiver", "the broker does not know the authority");
    }

    @Test
    void shouldRefuseClientsWithoutACertificateOrWithOldTls() throws Exception {
        // A client of no authority's and one of TLS 1.2; neither checks the broker, both shall fail at the broker.
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            SSLSocketFactory sockets = Strangers.trustingAnybody();
            try (SSLSocket socket =
                    (SSLSocket) sockets.createSocket("localhost", broker.units().getPort())) {
                socket.setSoTimeout(5_000);
                socket.setEnabledProtocols(new String[] {protocol});
                assertThatThrownBy(() -> {
                            socket.startHandshake();
                            socket.getInputStream().read();
                        })
                        .as(protocol)
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining(protocol.equals("TLSv1.3") ? "certificate_required" : "protocol_version");
            }
        }
    }

    @Test
    void shouldRefuseARevokedUnitFromItsNextConnectionOn() throws Exception {
        arrive(port);
        authority.command("revoke", name());
        broker.takeLists();
        String topic = "gait/v1/" + name() + "/up/ev";
        // Mosquitto does not cut who is connected: deploy/broker/install restarts it for that.
        assertThat(port.publish(1, topic, bytes("{}"), EVENT)).isTrue();
        await("still taken", () -> port.pollDelivered() == 1);
        port.drop();
        assertRefused(broker.units(), unit, name(), "the clinic revoked this unit's certificate");
    }

    @Test
    void shouldConnectAfterARefusalOnceItsFilesAreRight() throws Exception {
        Path aside = unit.authority().resolveSibling("aside.pem");
        Path ca = Files.copy(authority.ca(), aside.resolveSibling(name() + "-ca.pem"));
        MqttPort tried = port(broker.units(), new TlsFiles(ca, unit.certificate(), unit.key()), name());
        Files.move(ca, aside);
        tried.connect("gait/v1/" + name() + "/up/status", new byte[0], List.of("gait/v1/" + name() + "/down/ack"));
        await("the refusal", () -> tried.link() == Link.DOWN);
        assertThat(tried.problem()).contains(ca.toString()).contains("no such file");
        Files.move(aside, ca);
        arrive(tried);
        tried.close();
    }

    @Test
    void shouldRefuseAnotherUnitsTopics() throws Exception {
        TlsFiles thief = authority.unit(Files.createDirectory(stateDir.resolve("thief")), "thief-" + name());
        String victim = "gait/v1/" + name();
        try (TlsClient clinic = receiver("receiver-b");
                TlsClient other = new TlsClient(broker.units(), thief, "thief-" + name(), "thief")) {
            clinic.subscribe("gait/v1/+/up/#");
            other.subscribe("gait/v1/#");
            other.subscribe(victim + "/down/#");
            assertThat(other.publish(victim + "/up/ev", "{}", false)).isEqualTo(NOT_AUTHORISED);
            assertThat(other.publish(victim + "/up/birth", "{}", true)).isEqualTo(NOT_AUTHORISED);
            assertThat(other.publish(victim + "/down/rx", "{}", true)).isEqualTo(NOT_AUTHORISED);
            assertThat(other.publish("gait/v1/thief-" + name() + "/down/rx", "{}", true))
                    .as("orders to itself")
                    .isEqualTo(NOT_AUTHORISED);
            assertThat(clinic.publish(victim + "/down/cmd", "{\"v\":3}", false)).isLessThan(0x80);
            // The last message allowed shows that all before it have come or never will.
            String last = "gait/v1/thief-" + name() + "/up/ev";
            assertThat(other.publish(last, "last", false)).isLessThan(0x80);
            await("the last message", () -> clinic.received.contains(last + " last"));
            assertThat(clinic.received).containsExactly(last + " last");
            assertThat(other.received).isEmpty();
        }
        try (TlsClient late = receiver("receiver-c")) {
            late.subscribe(victim + "/#");
            assertThat(late.publish(victim + "/down/cmd", "{}", false)).isLessThan(0x80);
            assertThat(late.received).as("nothing was retained").isEmpty();
        }
    }

    @Test
    void shouldTellAUnitThatItsTopicIsRefused() {
        arrive(port);
        assertThat(port.publish(1, "gait/v1/another/up/ev", bytes("{}"), RETAINED))
                .isTrue();
        await("the refusal", () -> !port.refusal().isEmpty());
        assertThat(port.refusal()).contains("refuses gait/v1/another/up/ev").contains("not authorised");
        assertThat(port.pollDelivered()).isEqualTo(TelemetryPort.NONE);
    }

    @Test
    void shouldNotLetAUnitTakeAnothersConnection() throws Exception {
        arrive(port);
        TlsFiles thief = authority.unit(Files.createDirectory(stateDir.resolve("thief")), "taker-" + name());
        for (String clientId : List.of(name(), "entrain-" + name())) {
            try (TlsClient other = new TlsClient(broker.units(), thief, "taker-" + name(), clientId)) {
                assertThat(other.publish("gait/v1/taker-" + name() + "/up/ev", "{}", false))
                        .isLessThan(0x80);
                assertThat(port.link()).isEqualTo(Link.UP);
            }
        }
    }

    @Test
    void shouldGiveReceiversAndViewersNoMoreThanTheirPart() throws Exception {
        TlsFiles viewing = authority.service("issue-viewer");
        try (TlsClient clinic = receiver("receiver-d");
                TlsClient viewer = new TlsClient(broker.clinic(), viewing, "clinic-viewer", "viewer-1")) {
            viewer.subscribe("gait/v1/+/up/#");
            String up = "gait/v1/" + name() + "/up/ev";
            String down = "gait/v1/" + name() + "/down/ack";
            assertThat(clinic.publish(up, "{}", false)).isEqualTo(NOT_AUTHORISED);
            assertThat(clinic.publish("$SYS/broker/x", "{}", false)).isEqualTo(NOT_AUTHORISED);
            assertThat(viewer.publish(up, "{}", false)).isEqualTo(NOT_AUTHORISED);
            assertThat(viewer.publish(down, "{}", false)).isEqualTo(NOT_AUTHORISED);
            arrive(port);
            assertThat(port.publish(1, up, bytes("seen"), EVENT)).isTrue();
            await("what the viewer sees", () -> viewer.received.contains(up + " seen"));
        }
    }

    @Test
    void shouldTakeARenewedCertificateAtTheNextConnectionAndThenForgetTheOld() throws Exception {
        arrive(port);
        String oldSerial = serial();
        Path identity = stateDir.resolve("identity");
        authority.renew(stateDir, name());
        assertThat(port.link()).as("undisturbed").isEqualTo(Link.UP);
        assertThat(identity.resolve("1/key.pem"))
                .as("kept until the new one is taken")
                .exists();
        assertThat(serial()).isNotEqualTo(oldSerial);
        port.drop();
        arrive(port);
        await("the old key deleted", () -> !Files.exists(identity.resolve("1")));
        assertThat(identity.resolve("current").toRealPath()).endsWith(Path.of("2"));
        // Shown, not only there: the old one revoked disturbs nothing.
        authority.command("revoke", oldSerial);
        broker.takeLists();
        port.drop();
        arrive(port);
    }

    @Test
    void shouldGoBackWhileTheNewCertificateIsNotTaken() throws Exception {
        arrive(port);
        authority.renew(stateDir, name());
        authority.command("revoke", serial());
        broker.takeLists();
        port.drop();
        assertRefused(broker.units(), unit, name(), "revoked");
        new IdentityFolder(stateDir).back();
        arrive(port);
        assertThat(stateDir.resolve("identity/2")).doesNotExist();
    }

    private String serial() throws Exception {
        return ClinicAuthority.openssl(
                        stateDir,
                        "x509 -noout -serial -in".split(" "),
                        unit.certificate().toString())
                .out()
                .strip()
                .replace("serial=", "");
    }

    private String name() {
        return UNIT + "-" + stateDir.getFileName().toString().replace("state", "");
    }

    private TlsClient receiver(String clientId) throws Exception {
        return new TlsClient(broker.clinic(), receiver, "clinic-receiver", clientId);
    }

    private void arrive(MqttPort arriving) {
        arriving.connect("gait/v1/" + name() + "/up/status", new byte[0], List.of("gait/v1/" + name() + "/down/ack"));
        await(
                "a connection",
                () -> arriving.link() == Link.UP || !arriving.problem().isEmpty());
        assertThat(arriving.problem()).isEmpty();
    }

    private static void assertRefused(URI at, TlsFiles files, String name, String words) throws Exception {
        MqttPort refused = port(at, files, name);
        refused.connect("gait/v1/" + name + "/up/status", new byte[0], List.of("gait/v1/" + name + "/down/ack"));
        await("the refusal", () -> refused.link() == Link.DOWN);
        assertThat(refused.problem()).contains(words);
        assertThat(refused.problem()).doesNotContain("PRIVATE KEY").hasSizeLessThan(400);
        refused.close();
    }

    private static MqttPort port(URI at, TlsFiles files, String name) {
        return new MqttPort(new TelemetryConfig(true, at, name, 60, 0, files, 500), new Counters(), WallClock.SYSTEM);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
