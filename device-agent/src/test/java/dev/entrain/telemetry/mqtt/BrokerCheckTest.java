package dev.entrain.telemetry.mqtt;

import static dev.entrain.check.Found.expect;
import static dev.entrain.check.Found.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.agent.RunningAgent;
import dev.entrain.check.BrokerCheck;
import dev.entrain.check.CertificateCheck;
import dev.entrain.check.Finding;
import dev.entrain.check.Verdict;
import dev.entrain.identity.ClinicAuthority;
import dev.entrain.identity.TlsFiles;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.time.WallClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a technician reads of a broker, at a real Mosquitto with the clinic's configuration and authority. */
@Timeout(60)
class BrokerCheckTest {
    private static final String UNIT = "unit-1";
    private static final String PAST = "20200101000000Z";
    private static final String PAST_END = "20210101000000Z";
    private static final String FUTURE = "20900101000000Z";
    private static final String FUTURE_END = "20910101000000Z";

    @TempDir
    static Path dir;

    private static ClinicAuthority authority;
    private static ClinicBroker broker;
    private static TlsFiles unit;
    private static TlsFiles ended;
    private static TlsFiles revoked;
    private static URI endedBroker;
    private static URI strangeBroker;

    @BeforeAll
    static void makeTheClinic() throws Exception {
        authority = new ClinicAuthority(dir.resolve("authority"));
        broker = new ClinicBroker(dir, authority, authority.service("issue-broker", "--host", "localhost"));
        unit = authority.unit(Files.createDirectory(dir.resolve("state")), UNIT);
        ended = authority.odd(dir.resolve("ended"), "units", "client", "unit-2", PAST, PAST_END);
        revoked = authority.unit(Files.createDirectory(dir.resolve("revoked")), "unit-3");
        authority.command("revoke", "unit-3");
        endedBroker =
                broker.listener(authority.odd(dir.resolve("b1"), "clinic", "server", "localhost", PAST, PAST_END));
        strangeBroker = broker.listener(
                new ClinicAuthority(dir.resolve("other")).service("issue-broker", "--host", "localhost"));
        broker.takeLists();
        broker.restart();
    }

    @AfterAll
    static void endTheBroker() {
        broker.close();
    }

    private static TelemetryConfig config(URI at, TlsFiles tls, String name) {
        return new TelemetryConfig(true, at, name, 60, 30, tls, 500);
    }

    private static List<Finding> look(URI at, TlsFiles tls, String name) {
        return new BrokerCheck(config(at, tls, name), WallClock.SYSTEM, null).look();
    }

    private static List<Finding> look(URI at) {
        return new BrokerCheck(new TelemetryConfig(true, at, UNIT, 60, 30), WallClock.SYSTEM, null).look();
    }

    @Test
    void shouldGoTheWholeWayToAGoodBroker() {
        List<Finding> findings = look(broker.units(), unit, UNIT);
        assertThat(findings).extracting(Finding::item).containsExactly("address", "name", "port", "TLS", "MQTT");
        assertThat(findings).allMatch(finding -> finding.verdict() == Verdict.OK);
    }

    @Test
    void shouldNotSpeakInTheNameOfAUnitWhoseAgentRuns() throws Exception {
        RunningAgent agent = new RunningAgent(
                new ObjectMapper().readTree("{\"broker\": {\"connected\": false, \"problem\": \"no answer in time\"}}"),
                0);
        List<Finding> findings = new BrokerCheck(config(broker.units(), unit, UNIT), WallClock.SYSTEM, agent).look();
        assertThat(findings).extracting(Finding::item).containsExactly("address", "name", "port", "TLS", "agent");
        expect(in(findings, "broker", "agent"), Verdict.FAIL, "not connected: no answer in time", "tries again");
    }

    @Test
    void shouldNameTheNextStepForAWrongHostAndARefusedPort() throws Exception {
        expect(
                in(look(URI.create("tcp://broker.invalid:1883")), "broker", "name"),
                Verdict.FAIL,
                "broker.invalid: host name not known",
                "[telemetry] broker");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        expect(
                in(look(URI.create("tcp://127.0.0.1:" + port)), "broker", "port"),
                Verdict.FAIL,
                "connection refused",
                "Is the broker running");
    }

    @Test
    void shouldNameTheNextStepForEachKindOfWrongCertificate() {
        expect(
                in(look(strangeBroker, unit, UNIT), "broker", "TLS"),
                Verdict.FAIL,
                "not from the authority",
                "another broker");
        expect(in(look(endedBroker, unit, UNIT), "broker", "TLS"), Verdict.FAIL, "has ended", "the clinic renews it");
        expect(
                in(look(broker.otherName(), unit, UNIT), "broker", "TLS"),
                Verdict.FAIL,
                "for another host",
                "[telemetry] broker");
        expect(in(look(broker.units(), ended, "unit-2"), "broker", "TLS"), Verdict.FAIL, "has ended", "identity show");
        expect(in(look(broker.units(), revoked, "unit-3"), "broker", "TLS"), Verdict.FAIL, "revoked", "ask the clinic");
        expect(
                in(look(broker.units(), unit, "unit-9"), "broker", "TLS"),
                Verdict.FAIL,
                "is for 'unit-1'",
                "[telemetry] unit");
    }

    @Test
    void shouldTellAProgramThatIsNoBroker() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
            Thread web = Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < 2; i++) {
                    try (java.net.Socket line = socket.accept()) {
                        line.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request\r\n\r\n"
                                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                        line.getOutputStream().flush();
                    } catch (java.io.IOException e) {
                        return;
                    }
                }
            });
            expect(
                    in(look(URI.create("tcp://127.0.0.1:" + socket.getLocalPort())), "broker", "MQTT"),
                    Verdict.FAIL,
                    "no MQTT broker",
                    "is the port");
            web.join(5_000);
        }
    }

    @Test
    void shouldWarnOfALineThatIsNotEncrypted() {
        expect(
                in(look(URI.create("tcp://192.0.2.1.invalid:1883")), "broker", "address"),
                Verdict.WARN,
                "not encrypted",
                "ssl://");
    }

    @Test
    void shouldTellTheCertificatesDates() throws Exception {
        TelemetryConfig good = config(broker.units(), unit, UNIT);
        expect(
                in(new CertificateCheck(good, WallClock.SYSTEM).look(), "certificate", "unit"),
                Verdict.OK,
                "unit-1, until",
                "");
        Instant late = Instant.now().plus(Duration.ofDays(710));
        expect(
                in(new CertificateCheck(good, () -> late).look(), "certificate", "unit"),
                Verdict.WARN,
                "in 1",
                "entrain identity renew");
        expect(
                in(new CertificateCheck(good, () -> Instant.EPOCH).look(), "certificate", "unit"),
                Verdict.FAIL,
                "valid only from",
                "clock");
        expect(
                in(
                        new CertificateCheck(config(broker.units(), ended, "unit-2"), WallClock.SYSTEM).look(),
                        "certificate",
                        "unit"),
                Verdict.FAIL,
                "ended on 2021-01-01",
                "entrain identity renew");
        TlsFiles future = authority.odd(dir.resolve("future"), "units", "client", "unit-4", FUTURE, FUTURE_END);
        CertificateCheck check = new CertificateCheck(config(broker.units(), future, "unit-4"), WallClock.SYSTEM);
        expect(in(check.look(), "certificate", "unit"), Verdict.FAIL, "valid only from 2090", "clock");
        Files.setPosixFilePermissions(future.key(), PosixFilePermissions.fromString("rw-r--r--"));
        expect(in(check.look(), "certificate", "unit"), Verdict.FAIL, "others may read", "");
    }

    @Test
    void shouldTellOfCertificateFilesThatAreNotThere() {
        TlsFiles none = new TlsFiles(unit.authority(), dir.resolve("none.pem"), unit.key());
        Finding finding = in(
                new CertificateCheck(config(broker.units(), none, UNIT), WallClock.SYSTEM).look(),
                "certificate",
                "unit");
        expect(finding, Verdict.FAIL, "none.pem", "");
        assertThat(finding.nextStep()).isNotEmpty();
    }
}
