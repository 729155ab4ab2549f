package dev.entrain.telemetry.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
    void shouldServeUnitsAndThePageOnThisMachineOnly() throws Exception {
        int tcpPort = MosquittoBroker.freePort();
        int wsPort = MosquittoBroker.freePort();
        Path config = dir.resolve("mosquitto.conf");
        Files.writeString(
                config,
                Files.readString(TEMPLATE)
                        .replace("@TCP_PORT@", Integer.toString(tcpPort))
                        .replace("@WS_PORT@", Integer.toString(wsPort))
                        .replace("@USER@", System.getProperty("user.name")));
        assertThat(config).content().doesNotContain("@TCP", "@WS");
        try (MosquittoBroker broker = MosquittoBroker.startWith(config, wsPort);
                Subscriber unit = new Subscriber(URI.create("tcp://127.0.0.1:" + tcpPort))) {
            assertThat(unit.received).isEmpty();
            assertThat(upgrade(broker.port())).startsWith("HTTP/1.1 101");
            assertRefused(tcpPort);
            assertRefused(wsPort);
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

    private static String upgrade(int port) throws IOException {
        String request = String.join(
                "\r\n",
                "GET /mqtt HTTP/1.1",
                "Host: 127.0.0.1",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "Sec-WebSocket-Protocol: mqtt",
                "",
                "");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(12);
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }
}
