package dev.entrain.check;

import dev.entrain.agent.WornSensors;
import dev.entrain.bus.I2cBuses;
import dev.entrain.health.Counters;
import dev.entrain.protocol.DeviceFault;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.Hello;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.SensorConfig;
import dev.entrain.sensor.SensorPort;
import dev.entrain.sensor.SensorState;
import dev.entrain.time.NanoClock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Opens the sensors as a walk would, listens for some seconds, closes them. Only while no agent runs. */
final class SensorTrial {
    /** Readings of so long are judged, s. */
    static final double LISTEN_S = 3;

    /** Longest trial, closing not counted, s: a line that opens at the second try and a sensor that must be asked twice. */
    private static final double MOST_S = 5;

    /** So long before the end lines that are not there are given up: the sensors get 2 s to come. */
    private static final long PATIENCE_NS = 3_000_000_000L;

    private static final long PAUSE_NS = 5_000_000L;

    private final List<SensorConfig> sensors;
    private final I2cBuses buses;
    private final NanoClock clock;

    SensorTrial(List<SensorConfig> sensors, I2cBuses buses, NanoClock clock) {
        this.sensors = List.copyOf(sensors);
        this.buses = buses;
        this.clock = clock;
    }

    /** Returns the figures of each sensor, in the order of the configuration. */
    List<SensorFigures> run() {
        Map<Foot, FootReadings> readings = new EnumMap<>(Foot.class);
        sensors.forEach(sensor -> readings.put(Objects.requireNonNull(sensor.foot()), new FootReadings()));
        try (WornSensors worn = new WornSensors(sensors, buses, new Counters(), clock)) {
            worn.start();
            long endNs = clock.nowNs() + Math.round(MOST_S * 1e9);
            long nowNs = clock.nowNs();
            while (nowNs - endNs < 0 && !heardEnough(worn, readings, endNs - nowNs < PATIENCE_NS)) {
                listen(worn, readings, nowNs);
                LockSupport.parkNanos(this, PAUSE_NS);
                nowNs = clock.nowNs();
            }
            List<SensorFigures> figures = new ArrayList<>();
            for (int i = 0; i < sensors.size(); i++) {
                SensorConfig sensor = sensors.get(i);
                figures.add(figures(
                        sensor,
                        worn.ports().get(i),
                        Objects.requireNonNull(readings.get(Objects.requireNonNull(sensor.foot())))));
            }
            return figures;
        }
    }

    /** A line that is not there, or an insole for the other foot, does not get better by waiting. */
    private static boolean heardEnough(WornSensors worn, Map<Foot, FootReadings> readings, boolean impatient) {
        return readings.entrySet().stream()
                .allMatch(foot -> foot.getValue().spanS() >= LISTEN_S
                        || (impatient && hopeless(worn.byFoot().get(foot.getKey()))));
    }

    private static boolean hopeless(@Nullable SensorPort port) {
        return port == null || port.state() == SensorState.ABSENT || port.state() == SensorState.WRONG_FOOT;
    }

    private static void listen(WornSensors worn, Map<Foot, FootReadings> readings, long nowNs) {
        ImuSample sample = worn.merge().peek(nowNs);
        while (sample != null) { // Ends: the rings are bounded and fill at the sensors' rate.
            FootReadings foot = readings.get(sample.foot);
            if (foot != null) {
                foot.take(sample);
            }
            worn.merge().release(sample);
            sample = worn.merge().peek(nowNs);
        }
    }

    private static SensorFigures figures(SensorConfig sensor, SensorPort port, FootReadings heard) {
        Hello hello = port.hello();
        DeviceStatus said = port.status();
        long uncertaintyNs = port.timeUncertaintyNs();
        return new SensorFigures(
                Objects.requireNonNull(sensor.foot()).word(),
                sensor.place(),
                port.state(),
                Objects.requireNonNullElse(port.problem(), ""),
                heard.rateHz(),
                hello == null ? Double.NaN : hello.rateHz(),
                heard.lossPct(),
                port.skewPpm(),
                uncertaintyNs == Long.MAX_VALUE ? Double.NaN : uncertaintyNs * 1e-6,
                port.reanchors(),
                said == null ? Double.NaN : said.temperatureC(),
                said == null ? -1 : said.batteryPercent(),
                said == null
                        ? List.of()
                        : DeviceFault.namesOf(said.faults()).stream()
                                .map(fault -> fault.toLowerCase(Locale.ROOT))
                                .toList(),
                hello == null ? "" : SensorFigures.identity(hello.serialNumber(), hello.firmware()),
                heard.rest(),
                Double.NaN);
    }
}
