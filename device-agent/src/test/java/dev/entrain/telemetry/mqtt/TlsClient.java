package dev.entrain.telemetry.mqtt;

import dev.entrain.identity.IdentityException;
import dev.entrain.identity.TlsContext;
import dev.entrain.identity.TlsFiles;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Anybody with a certificate, doing what it likes. */
final class TlsClient implements MqttCallback, AutoCloseable {
    private static final long LIMIT_MS = 10_000;

    /** Topics and payloads as they came. */
    final List<String> received = new CopyOnWriteArrayList<>();

    private final MqttAsyncClient client;

    TlsClient(URI broker, TlsFiles files, String name, String clientId) throws MqttException, IdentityException {
        client = new MqttAsyncClient(broker.toString(), clientId, new MemoryPersistence());
        client.setCallback(this);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(5);
        options.setSocketFactory(TlsContext.of(files, name).sockets());
        client.connect(options).waitForCompletion(LIMIT_MS);
    }

    boolean connected() {
        return client.isConnected();
    }

    void subscribe(String topic) throws MqttException {
        client.subscribe(topic, 1).waitForCompletion(LIMIT_MS);
    }

    /** Returns the reason code of the answer. */
    int publish(String topic, String payload, boolean retained) throws MqttException {
        IMqttToken token = client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, retained);
        token.waitForCompletion(LIMIT_MS);
        return token.getReasonCodes()[0];
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        received.add(topic + " " + new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 100, true);
        client.close(true);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        // The test looks at connected().
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // What is lost shows in what was received.
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // Publishing waits for its token.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // The constructor waits for it.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // No extended authentication.
    }
}
