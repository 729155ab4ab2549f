package dev.entrain.telemetry.mqtt;

import static dev.entrain.telemetry.mqtt.Subscriber.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counters;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.telemetry.TelemetryPort.Delivery;
import dev.entrain.telemetry.TelemetryPort.Link;
import dev.entrain.telemetry.Topics;
import dev.entrain.time.WallClock;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes over the wire, and answers that Mosquitto cannot be made to give: a broker of a few bytes. */
@Timeout(30)
class BareBrokerTest {
    private static final int SESSION_EXPIRY = 0x11;
    private static final int RECEIVE_MAXIMUM = 0x21;
    private static final int TOPIC_ALIAS_MAXIMUM = 0x22;
    private static final int MAXIMUM_PACKET_SIZE = 0x27;

    private final ServerSocket server = open();
    private final Counters counters = new Counters();
    private final MqttPort port = new MqttPort(
            new TelemetryConfig(true, URI.create("tcp://127.0.0.1:" + server.getLocalPort()), "unit-3", 60, 0),
            counters,
            WallClock.SYSTEM);
    private @Nullable Socket line;

    @BeforeEach
    void connect() throws IOException {
        server.setSoTimeout(10_000);
        port.connect("gait/v1/unit-3/up/status", new byte[0], new Topics("unit-3").wanted());
        line = server.accept();
        line.setSoTimeout(10_000);
    }

    @AfterEach
    void end() throws IOException {
        port.drop();
        server.close();
        if (line != null) {
            line.close();
        }
    }

    @Test
    void shouldConnectAsItsDesignSays() throws IOException {
        ByteBuffer connect = packet(0x10);
        connect.position(7);
        int flags = connect.get();
        assertThat(flags & 0x02).as("clean start").isZero();
        assertThat(flags & 0x3C).as("a will, retained, QoS 1").isEqualTo(0x2C);
        assertThat(connect.getShort()).as("keep alive, s").isBetween((short) 15, (short) 30);
        Map<Integer, Long> properties = properties(connect);
        assertThat(properties)
                .containsEntry(SESSION_EXPIRY, 7 * 86_400L)
                .containsEntry(RECEIVE_MAXIMUM, 16L)
                .containsEntry(MAXIMUM_PACKET_SIZE, 65_536L + 2048)
                .doesNotContainKey(TOPIC_ALIAS_MAXIMUM);
    }

    @Test
    void shouldNotBeUpBeforeTheSubscriptionsAreAnswered() throws IOException {
        packet(0x10);
        say(0x20, 0, 0, 0);
        ByteBuffer subscribe = packet(0x82);
        assertThat(port.link()).isEqualTo(Link.CONNECTING);
        say(0x90, subscribe.get(0), subscribe.get(1), 0, 1, 1, 1, 1);
        await("the link", () -> port.link() == Link.UP);
        assertThat(port.refusal()).isEmpty();
    }

    @Test
    void shouldTellWhichSubscriptionWasRefusedAndGoOn() throws IOException {
        packet(0x10);
        say(0x20, 0, 0, 0);
        ByteBuffer subscribe = packet(0x82);
        say(0x90, subscribe.get(0), subscribe.get(1), 0, 1, 0x87, 1, 1);
        await("the link", () -> port.link() == Link.UP);
        assertThat(port.refusal()).contains("down/rx").contains("not authorised");
    }

    @Test
    void shouldKeepToWhatTheBrokerCanTake() throws IOException {
        packet(0x10);
        // Receive maximum 2, maximum packet size 1000.
        say(0x20, 0, 0, 8, RECEIVE_MAXIMUM, 0, 2, MAXIMUM_PACKET_SIZE, 0, 0, 3, 0xE8);
        ByteBuffer subscribe = packet(0x82);
        say(0x90, subscribe.get(0), subscribe.get(1), 0, 1, 1, 1, 1);
        await("the link", () -> port.link() == Link.UP);
        assertThat(port.mostBytes()).isEqualTo(1000);
        int taken = 0;
        for (int i = 0; i < 10; i++) {
            taken += port.publish(i, "gait/v1/unit-3/up/ev", new byte[] {'{', '}'}, Delivery.EVENT) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(2);
    }

    @Test
    void shouldEndWhenTheBrokerEndsTheConnection() throws IOException {
        packet(0x10);
        say(0x20, 0, 0, 0);
        ByteBuffer subscribe = packet(0x82);
        say(0x90, subscribe.get(0), subscribe.get(1), 0, 1, 1, 1, 1);
        await("the link", () -> port.link() == Link.UP);
        say(0xE0, 0x95, 0);
        await("the end", () -> port.link() == Link.DOWN);
        assertThat(port.problem()).contains("larger than it takes");
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException("no free port on this machine", e);
        }
    }

    private Socket line() {
        if (line == null) {
            throw new IllegalStateException("nobody connected");
        }
        return line;
    }

    /** Reads the next packet, which must be of this type; returns what is behind its length. */
    private ByteBuffer packet(int type) throws IOException {
        DataInputStream in = new DataInputStream(line().getInputStream());
        assertThat(in.read()).isEqualTo(type);
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.read();
            if (next < 0) {
                throw new EOFException("the unit closed the line");
            }
            length |= (next & 0x7F) << shift;
            shift += 7;
        } while ((next & 0x80) != 0 && shift < 28);
        byte[] rest = new byte[length];
        in.readFully(rest);
        return ByteBuffer.wrap(rest);
    }

    private void say(int type, int... rest) throws IOException {
        byte[] bytes = new byte[2 + rest.length];
        bytes[0] = (byte) type;
        bytes[1] = (byte) rest.length;
        for (int i = 0; i < rest.length; i++) {
            bytes[2 + i] = (byte) rest[i];
        }
        OutputStream out = line().getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private static Map<Integer, Long> properties(ByteBuffer connect) {
        int end = connect.get() + connect.position();
        Map<Integer, Long> properties = new TreeMap<>();
        while (connect.position() < end) {
            int id = connect.get();
            long value = switch (id) {
                case SESSION_EXPIRY, MAXIMUM_PACKET_SIZE -> connect.getInt();
                case RECEIVE_MAXIMUM, TOPIC_ALIAS_MAXIMUM -> connect.getShort();
                case 0x17, 0x19 -> connect.get();
                default -> throw new AssertionError("property " + id + " was not expected");
            };
            properties.put(id, value);
        }
        return properties;
    }
}
