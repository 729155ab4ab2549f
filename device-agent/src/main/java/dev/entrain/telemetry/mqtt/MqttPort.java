package dev.entrain.telemetry.mqtt;

import dev.entrain.health.Counters;
import dev.entrain.telemetry.TelemetryConfig;
import dev.entrain.telemetry.TelemetryPort;
import dev.entrain.time.WallClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The broker over MQTT 5. Every connection has a fresh Paho client without Paho's own persistence or reconnecting: in its
 * automatic mode Paho 1.2.5 leaves messages stuck for good, and a client that is used twice resends what the broker of the
 * new connection cannot understand.
 */
public final class MqttPort implements TelemetryPort {
    private final TelemetryConfig config;
    private final Counters counters;
    private final WallClock wall;
    private @Nullable MqttLine line;

    /**
     * Makes a port that is not connected; counts what it drops of the messages for the unit.
     *
     * @param wall civil time, to tell a bad certificate from a clock that was never set
     */
    public MqttPort(TelemetryConfig config, Counters counters, WallClock wall) {
        this.config = config;
        this.counters = counters;
        this.wall = wall;
    }

    @Override
    public void connect(String willTopic, byte[] will, List<String> wanted) {
        drop();
        MqttLine fresh = new MqttLine(config, counters, wall, List.copyOf(wanted));
        line = fresh;
        fresh.open(willTopic, will);
    }

    @Override
    public Link link() {
        return line == null ? Link.DOWN : line.link();
    }

    @Override
    public String problem() {
        return line == null ? "" : line.problem();
    }

    @Override
    public String refusal() {
        return line == null ? "" : line.refusal();
    }

    @Override
    public long mostBytes() {
        return line == null ? Long.MAX_VALUE : line.mostBytes();
    }

    @Override
    public boolean publish(long ticket, String topic, byte[] payload, Delivery delivery) {
        return line != null && line.publish(ticket, topic, payload, delivery);
    }

    @Override
    public long pollDelivered() {
        return line == null ? NONE : line.pollDelivered();
    }

    @Override
    public long pollRefused() {
        return line == null ? NONE : line.pollRefused();
    }

    @Override
    public @Nullable Arrival pollArrived() {
        return line == null ? null : line.pollArrived();
    }

    @Override
    public void done(Arrival arrival) {
        if (line != null) {
            line.done(arrival);
        }
    }

    @Override
    public void drop() {
        if (line != null) {
            line.end(false);
        }
    }

    @Override
    public void close() {
        if (line != null) {
            line.end(true);
        }
    }
}
