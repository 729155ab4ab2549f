package dev.entrain.telemetry.mqtt;

import dev.entrain.identity.IdentityException;
import dev.entrain.identity.TlsContext;
import dev.entrain.identity.TlsFailure;
import dev.entrain.identity.TlsFiles;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.time.WallClock;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Goes the way to the broker step by step and says how far it got: name, line, TLS, MQTT. The last step speaks as the unit
 * itself, because a broker may take the name from the certificate; it goes on with the unit's session there and leaves it as
 * it is, but it would put a running agent off the line, so it is only for when none runs. Each step is bounded; all together
 * take at most {@value #MOST_S} s. Used by one thread.
 */
public final class BrokerProbe {
    /** Longest time of a probe, s. */
    public static final int MOST_S = 8;

    private static final int NAME_MS = 2_000;
    private static final int LINE_MS = 1_500;
    private static final int TLS_MS = 2_000;
    private static final int ANSWER_MS = 1_500;
    private static final int LISTEN_MS = 700;
    private static final int MOST_PROPERTY_BYTES = 65_536;

    /** CONNECT and DISCONNECT, MQTT 5.0 (OASIS 2019), 3.1 and 3.14. */
    private static final int CONNECT = 0x10;

    private static final byte[] DISCONNECT = {(byte) 0xE0, 0};
    private static final int CONNACK = 0x20;
    private static final int VERSION = 5;
    private static final int KEEP_ALIVE_S = 20;
    private static final int SESSION_EXPIRY = 0x11;

    private final TelemetryConfig config;
    private final WallClock wall;

    /** A step of the way. */
    public enum Step {
        /** The host's name gives an address. */
        NAME,
        /** The port takes a connection. */
        LINE,
        /** Both sides took each other's certificate, as far as TLS tells. */
        TLS,
        /** The broker lets the unit in. */
        MQTT
    }

    /**
     * How a step went.
     *
     * @param step which
     * @param good whether it worked; no step follows one that did not
     * @param text what was found, or why it did not work
     * @param brokerUntil where TLS worked: when the broker's certificate ends; else null
     */
    public record Outcome(
            Step step, boolean good, String text, @Nullable Instant brokerUntil) {
        Outcome(Step step, boolean good, String text) {
            this(step, good, text, null);
        }
    }

    /** Makes one; nothing is sent yet. */
    public BrokerProbe(TelemetryConfig config, WallClock wall) {
        this.config = config;
        this.wall = wall;
    }

    /**
     * Goes the way.
     *
     * @param speak whether to speak MQTT at its end: only while no agent runs
     */
    public List<Outcome> go(boolean speak) {
        List<Outcome> outcomes = new ArrayList<>();
        String host = config.broker().getHost();
        InetAddress address;
        try {
            address = resolve(host);
            outcomes.add(new Outcome(Step.NAME, true, host + " is " + address.getHostAddress()));
        } catch (IOException e) {
            outcomes.add(new Outcome(Step.NAME, false, host + ": " + words(e)));
            return outcomes;
        }
        try (Socket line = new Socket()) {
            line.connect(new InetSocketAddress(address, config.broker().getPort()), LINE_MS);
            outcomes.add(new Outcome(Step.LINE, true, "port " + config.broker().getPort() + " answers"));
        } catch (IOException e) {
            outcomes.add(new Outcome(
                    Step.LINE,
                    false,
                    address.getHostAddress() + " port " + config.broker().getPort() + ": " + words(e)));
            return outcomes;
        }
        TlsFiles files = config.tls();
        if (files == null) {
            plain(address, speak, outcomes);
        } else {
            secured(files, address, speak, outcomes);
        }
        return outcomes;
    }

    private String words(IOException e) {
        return FailureText.of(e, clockSet());
    }

    private boolean clockSet() {
        return WallClock.set(wall.now());
    }

    private void plain(InetAddress address, boolean speak, List<Outcome> to) {
        if (!speak) {
            return;
        }
        try (Socket line = new Socket()) {
            line.connect(new InetSocketAddress(address, config.broker().getPort()), LINE_MS);
            to.add(speak(line));
        } catch (IOException e) {
            to.add(new Outcome(Step.MQTT, false, words(e)));
        }
    }

    private void secured(TlsFiles files, InetAddress address, boolean speak, List<Outcome> to) {
        TlsContext context;
        try {
            context = TlsContext.of(files, config.unit());
        } catch (IdentityException e) {
            to.add(new Outcome(Step.TLS, false, String.valueOf(e.getMessage())));
            return;
        }
        // With the name, which the certificate must carry, and the address that was found.
        try (Socket line = context.sockets().createSocket()) {
            InetAddress named = InetAddress.getByAddress(config.broker().getHost(), address.getAddress());
            line.connect(new InetSocketAddress(named, config.broker().getPort()), LINE_MS);
            line.setSoTimeout(TLS_MS);
            SSLSocket secured = (SSLSocket) line;
            secured.startHandshake();
            X509Certificate broker = (X509Certificate) secured.getSession().getPeerCertificates()[0];
            Outcome taken = new Outcome(
                    Step.TLS,
                    true,
                    secured.getSession().getProtocol() + ", certificate of the clinic's authority",
                    broker.getNotAfter().toInstant());
            // In TLS 1.3 the broker looks at our certificate after we believe ourselves connected; a word to a broker
            // that
            // closes the line would make the kernel throw away why.
            listen(line);
            to.add(taken);
            if (speak) {
                to.add(speak(line));
            }
        } catch (IOException e) {
            String words = TlsFailure.words(e, clockSet());
            if (words == null && !(e instanceof SocketTimeoutException)) {
                words = context.refusal(config.broker(), clockSet());
            }
            to.add(new Outcome(Step.TLS, false, words == null ? words(e) : words));
        }
    }

    /** Waits for a word of a broker that is not spoken to: a refusal is thrown, silence is good. */
    @SuppressWarnings("EmptyCatch") // Silence is what is hoped for.
    private static void listen(Socket line) throws IOException {
        line.setSoTimeout(LISTEN_MS);
        try {
            if (line.getInputStream().read() < 0) {
                throw new EOFException();
            }
        } catch (SocketTimeoutException e) {
        }
    }

    /** Says CONNECT as the agent does, and DISCONNECT at once; what waits for the unit there goes on waiting. */
    private Outcome speak(Socket line) throws IOException {
        line.setSoTimeout(ANSWER_MS);
        line.getOutputStream().write(connect());
        line.getOutputStream().flush();
        DataInputStream in = new DataInputStream(line.getInputStream());
        int type = in.readUnsignedByte();
        if (type != CONNACK) {
            return new Outcome(Step.MQTT, false, "what answers there is no MQTT broker");
        }
        int length = length(in);
        if (length < 2 || length > MOST_PROPERTY_BYTES) {
            return new Outcome(Step.MQTT, false, "what answers there does not speak MQTT 5");
        }
        in.readUnsignedByte();
        int reason = in.readUnsignedByte();
        if (reason == 0) {
            line.getOutputStream().write(DISCONNECT);
            line.getOutputStream().flush();
            return new Outcome(Step.MQTT, true, "lets unit " + config.unit() + " in");
        }
        // MQTT 3.1.1 has codes of its own below 0x80 (table 3.1 there).
        String why = reason < 0x80 ? "it does not speak MQTT 5" : FailureText.ofReason(reason);
        return new Outcome(Step.MQTT, false, "refuses unit " + config.unit() + ": " + why);
    }

    private byte[] connect() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("MQTT");
        out.writeByte(VERSION);
        out.writeByte(0); // The session that is there goes on; no will.
        out.writeShort(KEEP_ALIVE_S);
        out.writeByte(5);
        out.writeByte(SESSION_EXPIRY);
        out.writeInt((int) MqttLine.SESSION_EXPIRY_S);
        byte[] client = MqttLine.client(config).getBytes(StandardCharsets.UTF_8);
        out.writeShort(client.length);
        out.write(client);
        byte[] all = new byte[body.size() + 2];
        all[0] = CONNECT;
        all[1] = (byte) body.size(); // Under 128: a unit's name is at most 64 long.
        System.arraycopy(body.toByteArray(), 0, all, 2, body.size());
        return all;
    }

    /** A variable byte integer, MQTT 5.0, 1.5.5: four bytes at most. */
    private static int length(DataInputStream in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        return -1;
    }

    /** The resolver has time-outs of its own that are far longer. */
    private static InetAddress resolve(String host) throws IOException {
        FutureTask<InetAddress> asked = new FutureTask<>(() -> InetAddress.getByName(host));
        Thread.ofPlatform().daemon().name("resolver").start(asked);
        try {
            return asked.get(NAME_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("the name server does not answer");
        } catch (ExecutionException e) {
            throw new UnknownHostException(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
