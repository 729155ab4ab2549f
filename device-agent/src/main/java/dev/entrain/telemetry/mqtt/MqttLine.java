package dev.entrain.telemetry.mqtt;

import dev.entrain.health.Counters;
import dev.entrain.identity.IdentityException;
import dev.entrain.identity.TlsContext;
import dev.entrain.identity.TlsFiles;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.telemetry.TelemetryPort;
import dev.entrain.telemetry.TelemetryPort.Arrival;
import dev.entrain.telemetry.TelemetryPort.Delivery;
import dev.entrain.telemetry.TelemetryPort.Link;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * One connection, used once. The outbound thread calls it; Paho's threads call back, and leave only marks that the outbound
 * thread reads. Whatever a callback throws would end the connection or acknowledge a message unread, so none lets anything out.
 */
final class MqttLine implements MqttCallback {
    /** Messages the broker may owe an answer for; Mosquitto's default receive maximum. */
    private static final int WINDOW = 20;

    private static final int CONNECTION_TIMEOUT_S = 5;
    private static final int KEEP_ALIVE_S = 20;
    /** How long the broker keeps what waits for a unit that is away, s. */
    static final long SESSION_EXPIRY_S = 7 * 86_400L;

    private static final long FAREWELL_MS = 100;
    private static final int REFUSED = 0x80;

    /** Paho's own log goes to standard error and tells of each lost line what ours tells already. Held, or it would be collected. */
    private static final java.util.logging.Logger PAHO = java.util.logging.Logger.getLogger("org.eclipse.paho.mqttv5");

    private final TelemetryConfig config;
    private final Semaphore window = new Semaphore(0);
    private final ConcurrentLinkedQueue<Long> delivered = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> refused = new ConcurrentLinkedQueue<>();
    private final Downlink down;
    private final List<String> wanted;
    private final WallClock wall;
    private volatile Link link = Link.CONNECTING;
    private volatile String problem = "";
    private volatile String refusal = "";
    private volatile long mostBytes = Long.MAX_VALUE;
    private volatile @Nullable MqttAsyncClient client;
    private volatile @Nullable TlsContext tls;
    private @Nullable IMqttToken live;

    MqttLine(TelemetryConfig config, Counters counters, WallClock wall, List<String> wanted) {
        PAHO.setLevel(java.util.logging.Level.OFF);
        this.config = config;
        this.wall = wall;
        this.wanted = wanted;
        down = new Downlink(counters, NanoClock.SYSTEM);
    }

    /** Returns the name the unit gives its session at the broker. */
    static String client(TelemetryConfig config) {
        return "entrain-" + config.unit();
    }

    Link link() {
        return link;
    }

    String problem() {
        return problem;
    }

    String refusal() {
        return refusal;
    }

    long mostBytes() {
        return mostBytes;
    }

    /** Begins to connect; returns at once. */
    void open(String willTopic, byte[] will) {
        try {
            TlsFiles files = config.tls();
            TlsContext context = files == null ? null : TlsContext.of(files, config.unit());
            tls = context;
            MqttAsyncClient fresh =
                    new MqttAsyncClient(LineSockets.uri(config), client(config), new MemoryPersistence());
            client = fresh;
            fresh.setCallback(this);
            fresh.setManualAcks(true);
            MqttConnectionOptions options = options(willTopic, will);
            options.setSocketFactory(new LineSockets(context == null ? null : context.sockets()));
            fresh.connect(options, null, new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    connected(token);
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    fail(why(cause));
                }
            });
        } catch (MqttException | IdentityException | RuntimeException e) {
            fail(text(e));
        }
    }

    boolean publish(long ticket, String topic, byte[] payload, Delivery delivery) {
        MqttAsyncClient to = client;
        if (to == null || link != Link.UP) {
            return false;
        }
        return delivery == Delivery.LIVE
                ? publishLive(to, topic, payload)
                : publishKept(to, ticket, topic, payload, delivery == Delivery.RETAINED);
    }

    long pollDelivered() {
        Long ticket = delivered.poll();
        return ticket == null ? TelemetryPort.NONE : ticket;
    }

    long pollRefused() {
        Long ticket = refused.poll();
        return ticket == null ? TelemetryPort.NONE : ticket;
    }

    @Nullable
    Arrival pollArrived() {
        return down.poll();
    }

    void done(Arrival arrival) {
        complete(Downlink.id(arrival), Downlink.qos(arrival));
    }

    /** Ends the connection: with a farewell the broker forgets the will, without one it publishes it. */
    void end(boolean farewell) {
        MqttAsyncClient ended = client;
        client = null;
        link = Link.DOWN;
        if (ended == null) {
            return;
        }
        try {
            ended.disconnectForcibly(0, FAREWELL_MS, farewell);
        } catch (MqttException | RuntimeException e) {
            Logger.trace("telemetry: the connection was already gone ({})", e.getMessage());
        }
        try {
            ended.close(true);
        } catch (MqttException | RuntimeException e) {
            Logger.trace("telemetry: the client was already closed ({})", e.getMessage());
        }
    }

    /** One live message at a time: while the last still waits for the socket, newer ones are let go. */
    private boolean publishLive(MqttAsyncClient to, String topic, byte[] payload) {
        if (live != null && !live.isComplete()) {
            return false;
        }
        try {
            live = to.publish(topic, payload, 0, false);
            return true;
        } catch (MqttException | RuntimeException e) {
            return notTaken(e);
        }
    }

    private boolean publishKept(MqttAsyncClient to, long ticket, String topic, byte[] payload, boolean retained) {
        if (!window.tryAcquire()) {
            return false;
        }
        try {
            to.publish(topic, payload, 1, retained, null, new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    answered(ticket, topic, token);
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    // Not "not delivered" but "unknown": the message is sent again on the next connection.
                    fail(text(cause));
                }
            });
            return true;
        } catch (MqttException | RuntimeException e) {
            window.release();
            return notTaken(e);
        }
    }

    /** A full window of Paho's own clears by itself; anything else ends the connection. */
    private boolean notTaken(Exception e) {
        boolean windowFull =
                e instanceof MqttException m && m.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT;
        if (!windowFull) {
            fail(text(e));
        }
        return false;
    }

    private void connected(IMqttToken token) {
        try {
            MqttProperties properties = token.getResponseProperties();
            Integer receiveMaximum = properties == null ? null : properties.getReceiveMaximum();
            Long packetBytes = properties == null ? null : properties.getMaximumPacketSize();
            mostBytes = packetBytes == null ? Long.MAX_VALUE : packetBytes;
            window.release(receiveMaximum == null ? WINDOW : Math.min(WINDOW, receiveMaximum));
            subscribe();
        } catch (Throwable e) {
            fail(text(e));
        }
    }

    /** The link is up only with the broker's answer: what is published before could be acknowledged to nobody. */
    private void subscribe() throws MqttException {
        MqttAsyncClient to = client;
        if (to == null) {
            return;
        }
        MqttSubscription[] all =
                wanted.stream().map(topic -> new MqttSubscription(topic, 1)).toArray(MqttSubscription[]::new);
        to.subscribe(
                all,
                null,
                new MqttActionListener() {
                    @Override
                    public void onSuccess(IMqttToken token) {
                        subscribed(token);
                    }

                    @Override
                    public void onFailure(IMqttToken token, Throwable cause) {
                        fail(text(cause));
                    }
                },
                new MqttProperties());
    }

    private void subscribed(IMqttToken token) {
        try {
            int[] codes = token.getReasonCodes();
            for (int i = 0; codes != null && i < codes.length && i < wanted.size(); i++) {
                if (codes[i] >= REFUSED) {
                    refuse("lets it not hear " + wanted.get(i) + " (" + FailureText.ofReason(codes[i]) + ")");
                }
            }
            if (link == Link.CONNECTING) {
                link = Link.UP;
            }
            TlsContext taken = tls;
            if (taken != null) {
                taken.proved();
            }
        } catch (IOException e) {
            Logger.warn("telemetry: the certificate that was replaced cannot be deleted ({})", e.getMessage());
        } catch (Throwable e) {
            fail(text(e));
        }
    }

    private String text(@Nullable Throwable failure) {
        return FailureText.of(failure, WallClock.set(wall.now()));
    }

    /** A line that broke before the broker's first answer: with TLS that is most likely what it thinks of the certificate. */
    private String why(Throwable cause) {
        TlsContext context = tls;
        String asked = context != null && link == Link.CONNECTING && FailureText.brokeOff(cause)
                ? context.refusal(config.broker(), WallClock.set(wall.now()))
                : null;
        return asked == null ? text(cause) : asked;
    }

    /** {@code onSuccess} only means that an answer came: a refusal by the broker is one too, and its reason code says so. */
    private void answered(long ticket, String topic, IMqttToken token) {
        try {
            int[] codes = token.getReasonCodes();
            int worst = 0;
            for (int code : codes == null ? new int[0] : codes) {
                worst = Math.max(worst, code);
            }
            if (worst >= REFUSED) {
                refuse("refuses " + topic + " (" + FailureText.ofReason(worst) + ")");
                refused.add(ticket);
            } else {
                delivered.add(ticket);
            }
            window.release();
        } catch (Throwable e) {
            fail(text(e));
        }
    }

    /** The first refusal is the one told. */
    private synchronized void refuse(String words) {
        if (refusal.isEmpty()) {
            refusal = words;
        }
    }

    /** The first reason is the one that tells; what follows are its consequences. */
    private synchronized void fail(String reason) {
        if (problem.isEmpty()) {
            problem = reason;
        }
        link = Link.DOWN;
    }

    private MqttConnectionOptions options(String willTopic, byte[] will) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION_EXPIRY_S);
        options.setKeepAliveInterval(KEEP_ALIVE_S);
        options.setConnectionTimeout(CONNECTION_TIMEOUT_S);
        options.setExecutorServiceTimeout(1);
        options.setReceiveMaximum(Downlink.RECEIVE_MAXIMUM);
        options.setMaximumPacketSize(Downlink.MOST_PACKET_BYTES);
        MqttMessage message = new MqttMessage(will);
        message.setQos(1);
        message.setRetained(true);
        options.setWill(willTopic, message);
        MqttProperties properties = new MqttProperties();
        properties.setWillDelayInterval((long) config.willDelayS());
        options.setWillMessageProperties(properties);
        return options;
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        MqttException cause = response.getException();
        fail(cause == null ? FailureText.ofReason(response.getReturnCode()) : why(cause));
    }

    @Override
    public void mqttErrorOccurred(MqttException e) {
        fail(why(e));
    }

    /** Acknowledged by {@link #done}, when it was handled: whatever is thrown here Paho would swallow, and acknowledge. */
    @Override
    public void messageArrived(String topic, MqttMessage message) {
        try {
            if (!down.add(topic, message)) {
                complete(message.getId(), message.getQos());
            }
        } catch (Throwable e) {
            fail(text(e));
        }
    }

    private void complete(int id, int qos) {
        MqttAsyncClient from = client;
        if (from == null || qos == 0) {
            return;
        }
        try {
            from.messageArrivedComplete(id, qos);
        } catch (MqttException | RuntimeException e) {
            fail(text(e));
        }
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // The listener of each message is told, with its ticket.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // The listener of connect is told, with the broker's properties.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // No extended authentication is used.
    }
}
