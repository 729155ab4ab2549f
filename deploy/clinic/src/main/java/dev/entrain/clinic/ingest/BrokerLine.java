package dev.entrain.clinic.ingest;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
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

/**
 * One connection to the broker, used once. Its owner's thread calls it, and {@link #complete} the writer's; Paho's threads
 * call back. Whatever a callback throws would end the connection or acknowledge a message unread, so none lets anything out.
 *
 * <p>The session ends with the connection: a receiver that is gone must not collect messages that another could store. What
 * it had not stored, units send again.
 */
final class BrokerLine implements MqttCallback {
    /** Messages of QoS 1 the broker may owe an answer for, if it allows as many; Mosquitto's default is 20. */
    private static final int WINDOW = 500;

    /** Messages of QoS 0 that Paho may not have written yet. */
    private static final int UNWRITTEN = 500;

    /** Messages the broker may have on the way to us without our answer; so many wait in memory at most, twice. */
    static final int RECEIVE_MAXIMUM = 512;

    private static final int CONNECTION_TIMEOUT_S = 5;
    private static final int KEEP_ALIVE_S = 15;
    private static final long FAREWELL_MS = 100;
    private static final int REFUSED = 0x80;

    /** Where the connection stands. */
    enum State {
        /** Not yet. */
        CONNECTING,
        /** It carries. */
        UP,
        /** For good. */
        DOWN
    }

    /** Takes messages, on a thread of Paho's; must return soon. */
    @FunctionalInterface
    interface Taker {
        /** One message; whoever has dealt with it calls {@link BrokerLine#complete}. */
        void onMessage(BrokerLine line, String topic, MqttMessage message);
    }

    /** Paho's own log goes to standard error and tells of each lost line what ours tells already. Held, or it would be collected. */
    private static final java.util.logging.Logger PAHO = java.util.logging.Logger.getLogger("org.eclipse.paho.mqttv5");

    private final BrokerConfig config;
    private final String clientId;
    private final Taker taker;
    private final Runnable onChange;
    private final Semaphore window = new Semaphore(0);
    private final Semaphore unwritten = new Semaphore(UNWRITTEN);
    private volatile boolean somebodyWaits;
    private volatile State state = State.CONNECTING;
    private volatile String problem = "";
    private volatile @Nullable MqttAsyncClient client;

    /** Takes who hears messages, and who is told, on any thread, that there may be something to do. */
    BrokerLine(BrokerConfig config, String clientId, Taker taker, Runnable onChange) {
        PAHO.setLevel(java.util.logging.Level.OFF);
        this.config = config;
        this.clientId = clientId;
        this.taker = taker;
        this.onChange = onChange;
    }

    State state() {
        return state;
    }

    String problem() {
        return problem;
    }

    /** Begins to connect; returns at once. */
    void open() {
        try {
            MqttAsyncClient fresh = new MqttAsyncClient(LineSockets.uri(config), clientId, new MemoryPersistence());
            client = fresh;
            fresh.setCallback(this);
            fresh.setManualAcks(true);
            fresh.connect(options(), null, listener(this::connected));
        } catch (MqttException | IOException | RuntimeException e) {
            fail(FailureText.of(e));
        }
    }

    /**
     * Begins to subscribe; a refusal ends the connection.
     *
     * @param onSubscribed told once the broker has agreed
     */
    void subscribe(List<MqttSubscription> filters, Runnable onSubscribed) {
        MqttAsyncClient to = client;
        if (to == null || filters.isEmpty()) {
            return;
        }
        try {
            to.subscribe(
                    filters.toArray(MqttSubscription[]::new),
                    null,
                    listener(token -> {
                        if (agreed(token, "the subscription")) {
                            onSubscribed.run();
                        }
                    }),
                    new MqttProperties());
        } catch (MqttException | RuntimeException e) {
            fail(FailureText.of(e));
        }
    }

    /** Begins to unsubscribe. */
    void unsubscribe(List<String> filters) {
        MqttAsyncClient to = client;
        if (to == null || filters.isEmpty()) {
            return;
        }
        try {
            to.unsubscribe(filters.toArray(String[]::new), null, listener(token -> {}), new MqttProperties());
        } catch (MqttException | RuntimeException e) {
            fail(FailureText.of(e));
        }
    }

    /**
     * Publishes with QoS 1. A refusal ends the connection, and nobody is told that it was taken.
     *
     * @param onTaken told once the broker took it, on a thread of Paho's
     * @return false if nothing can be sent now; ask again after the next change
     */
    boolean publish(String topic, MqttMessage message, Runnable onTaken) {
        message.setQos(1);
        return publish(topic, message, window, onTaken);
    }

    /**
     * Publishes with QoS 0: for what is said again anyway, and must not wait for the broker's answers.
     *
     * @param onWritten told once it was written, on a thread of Paho's
     * @return false if nothing can be sent now; ask again after the next change
     */
    boolean publishUnconfirmed(String topic, MqttMessage message, Runnable onWritten) {
        message.setQos(0);
        return publish(topic, message, unwritten, onWritten);
    }

    private boolean publish(String topic, MqttMessage message, Semaphore room, Runnable onTaken) {
        MqttAsyncClient to = client;
        if (to == null || state != State.UP) {
            return false;
        }
        if (!room.tryAcquire()) {
            somebodyWaits = true;
            return false;
        }
        try {
            to.publish(topic, message, null, listener(token -> {
                room.release();
                if (agreed(token, topic)) {
                    onTaken.run();
                }
                if (somebodyWaits) {
                    somebodyWaits = false;
                    onChange.run();
                }
            }));
            return true;
        } catch (MqttException | RuntimeException e) {
            room.release();
            if (!(e instanceof MqttException m && m.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT)) {
                fail(FailureText.of(e));
            }
            return false;
        }
    }

    /** Tells the broker that a message was dealt with; on a connection that is gone, nothing. */
    void complete(int id, int qos) {
        MqttAsyncClient to = client;
        if (to == null || qos == 0 || state == State.DOWN) {
            return;
        }
        try {
            to.messageArrivedComplete(id, qos);
        } catch (MqttException | RuntimeException e) {
            fail(FailureText.of(e));
        }
    }

    /** Ends the connection. */
    void end(boolean farewell) {
        MqttAsyncClient ended = client;
        client = null;
        state = State.DOWN;
        if (ended == null) {
            return;
        }
        try {
            ended.disconnectForcibly(0, FAREWELL_MS, farewell);
        } catch (MqttException | RuntimeException e) {
            org.tinylog.Logger.trace("broker: the connection was already gone ({})", e.getMessage());
        }
        try {
            ended.close(true);
        } catch (MqttException | RuntimeException e) {
            org.tinylog.Logger.trace("broker: the client was already closed ({})", e.getMessage());
        }
    }

    private MqttConnectionOptions options() throws IOException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        options.setReceiveMaximum(RECEIVE_MAXIMUM);
        options.setKeepAliveInterval(KEEP_ALIVE_S);
        options.setConnectionTimeout(CONNECTION_TIMEOUT_S);
        options.setExecutorServiceTimeout(1);
        TlsFiles files = config.tls();
        options.setSocketFactory(new LineSockets(files == null ? null : TlsSockets.of(files)));
        return options;
    }

    private void connected(IMqttToken token) {
        MqttProperties properties = token.getResponseProperties();
        Integer receiveMaximum = properties == null ? null : properties.getReceiveMaximum();
        window.release(receiveMaximum == null ? WINDOW : Math.min(WINDOW, receiveMaximum));
        if (state == State.CONNECTING) {
            state = State.UP;
        }
        onChange.run();
    }

    /** Success only means that an answer came: a refusal is one too. */
    private boolean agreed(IMqttToken token, String what) {
        int[] codes = token.getReasonCodes();
        OptionalInt refusal = codes == null
                ? OptionalInt.empty()
                : Arrays.stream(codes).filter(code -> code >= REFUSED).findFirst();
        refusal.ifPresent(code -> fail("it refuses " + what + ": " + FailureText.ofReason(code)));
        return refusal.isEmpty();
    }

    private MqttActionListener listener(Consumer<IMqttToken> onAnswer) {
        return new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                try {
                    onAnswer.accept(token);
                } catch (Throwable e) {
                    fail(FailureText.of(e));
                }
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                fail(FailureText.of(cause));
            }
        };
    }

    /** The first reason is the one that tells; what follows are its consequences. */
    synchronized void fail(String reason) {
        if (problem.isEmpty()) {
            problem = reason;
        }
        state = State.DOWN;
        onChange.run();
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        fail(FailureText.of(response));
    }

    @Override
    public void mqttErrorOccurred(MqttException e) {
        fail(FailureText.of(e));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        try {
            taker.onMessage(this, topic, message);
        } catch (Throwable e) {
            fail(FailureText.of(e));
        }
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // The listener of each message is told.
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
