package dev.entrain.telemetry.mqtt;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.telemetry.Inbound;
import dev.entrain.telemetry.TelemetryPort;
import dev.entrain.telemetry.TelemetryPort.Arrival;
import dev.entrain.time.NanoClock;
import java.util.concurrent.ArrayBlockingQueue;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * What came on one connection and waits for the outbound thread: a bounded queue that Paho's thread fills. Only what was sent
 * with QoS 0 can find it full. Thread-safe.
 */
final class Downlink {
    /** Messages the broker may send before it hears that earlier ones are done with. */
    static final int RECEIVE_MAXIMUM = 16;

    /** Largest packet the broker may send: a payload with its topic and properties. It drops what is larger. */
    static final long MOST_PACKET_BYTES = TelemetryPort.MOST_DOWN_BYTES + 2048L;

    /** Messages that may wait. */
    private static final int MOST_WAITING = 4 * RECEIVE_MAXIMUM;

    private static final int QOS_SHIFT = 16;

    private final Counters counters;
    private final NanoClock clock;
    private final ArrayBlockingQueue<Arrival> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

    Downlink(Counters counters, NanoClock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /** Keeps a message; returns false if it is to be acknowledged at once, because nobody will ever read it. */
    boolean add(String topic, MqttMessage message) {
        byte[] payload = message.getPayload();
        if (payload.length > TelemetryPort.MOST_DOWN_BYTES) {
            counters.increment(Counter.DOWNLINK_DROPPED);
            return false;
        }
        MqttProperties properties = message.getProperties();
        Long expiryS = properties == null ? null : properties.getMessageExpiryInterval();
        // What was promised always has room: dropped, it would hold its place in the broker's window until the line is
        // anew.
        boolean room = message.getQos() > 0 || waiting.remainingCapacity() > RECEIVE_MAXIMUM;
        boolean kept = room
                && waiting.offer(new Arrival(
                        topic,
                        payload,
                        expiryS == null ? Inbound.NEVER : expiryS,
                        message.isRetained(),
                        clock.nowNs(),
                        (long) message.getQos() << QOS_SHIFT | message.getId()));
        if (!kept) {
            counters.increment(Counter.DOWNLINK_DROPPED);
        }
        return kept || message.getQos() > 0;
    }

    @Nullable
    Arrival poll() {
        return waiting.poll();
    }

    static int id(Arrival arrival) {
        return (int) (arrival.receipt() & (1 << QOS_SHIFT) - 1);
    }

    static int qos(Arrival arrival) {
        return (int) (arrival.receipt() >> QOS_SHIFT);
    }
}
