package dev.entrain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.identity.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryConfigTest {
    @Test
    void shouldTakeABrokerAndAUnit() {
        TelemetryConfig config = new TelemetryConfig(true, URI.create("tcp://127.0.0.1:1883"), "unit-7f3a", 60, 30);
        assertThat(new Topics(config.unit()).records(Carriage.EVENTS)).isEqualTo("gait/v1/unit-7f3a/up/ev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1883", "tcp://127.0.0.1", "ssl://host", "tcp:host", "http://host:1883"})
    void shouldSayHowToWriteABroker(String broker) {
        assertThatThrownBy(() -> {
                    URI uri = broker.startsWith("127") ? URI.create("//" + broker) : URI.create(broker);
                    new TelemetryConfig(true, uri, "u", 60, 30);
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write ssl://HOST:PORT, or tcp://HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Unit", "a/b", "+", "#", "a b"})
    void shouldRefuseAUnitThatIsNoTopicLevel(String unit) {
        assertThatThrownBy(() -> new TelemetryConfig(true, URI.create("tcp://h:1"), unit, 60, 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a-z, 0-9 and -");
    }

    @Test
    void shouldWantTheFilesOfTlsWithSslAndOnlyThen() {
        TlsFiles tls = new TlsFiles(Path.of("ca"), Path.of("certificate"), Path.of("key"));
        assertThat(new TelemetryConfig(true, URI.create("ssl://h:1"), "u", 60, 30, tls, 500).tls())
                .isEqualTo(tls);
        assertThatThrownBy(() -> new TelemetryConfig(true, URI.create("ssl://h:1"), "u", 60, 30))
                .hasMessageContaining("add all three");
        assertThatThrownBy(() -> new TelemetryConfig(true, URI.create("tcp://h:1"), "u", 60, 30, tls, 500))
                .hasMessageContaining("write ssl:// or remove them");
    }

    @Test
    void shouldBoundTheWillDelay() {
        assertThatThrownBy(() -> new TelemetryConfig(true, URI.create("tcp://h:1"), "u", 60, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 3600");
    }

    @Test
    void shouldBoundTheRateOfCatchingUp() {
        for (int rate : new int[] {49, 100_001}) {
            assertThatThrownBy(() -> new TelemetryConfig(true, URI.create("tcp://h:1"), "u", 60, 30, null, rate))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("50 to 100000");
        }
    }

    @Test
    void shouldBoundHowOftenTimingIsReported() {
        for (int seconds : new int[] {4, 3601}) {
            assertThatThrownBy(() -> new TelemetryConfig(true, URI.create("tcp://h:1"), "u", seconds, 30))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("5 to 3600");
        }
    }
}
