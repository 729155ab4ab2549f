package dev.entrain.telemetry.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo's broker takes anybody, so nobody but this machine may reach it. */
@Timeout(30)
class DemoBrokerTest {
    private static final Path TEMPLATE = Path.of("..", "deploy", "broker", "mosquitto-demo.conf.in");

    @TempDir
    Path dir;

    @Test
    void shouldServeThisMachineOnly() throws Exception {
        int port = MosquittoBroker.freePort();
        Path config = dir.resolve("mosquitto.conf");
        Files.writeString(
                config,
                Files.readString(TEMPLATE)
                        .replace("@TCP_PORT@", Integer.toString(port))
                        .replace("@USER@", System.getProperty("user.name")));
        assertThat(config).content().doesNotContain("@");
        try (MosquittoBroker broker = MosquittoBroker.startWith(config, port);
                Subscriber unit = new Subscriber(URI.create("tcp://127.0.0.1:" + broker.port()))) {
            assertThat(unit.received).isEmpty();
            assertRefused(port);
        }
    }

    /** 127.0.0.2 is this machine too, so it stands for every address the broker must not listen on. */
    private static void assertRefused(int port) throws IOException {
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(other, port), 2000))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
