package dev.entrain.agent;

import dev.entrain.bus.I2cBuses;
import dev.entrain.health.Counters;
import dev.entrain.pipeline.SampleMerge;
import dev.entrain.protocol.Hello;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.I2cConfig;
import dev.entrain.sensor.LineConfig;
import dev.entrain.sensor.LineSensor;
import dev.entrain.sensor.SensorConfig;
import dev.entrain.sensor.SensorPort;
import dev.entrain.sensor.serial.SerialLine;
import dev.entrain.time.NanoClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The sensors of both feet, each with its reader thread and ring. */
public final class WornSensors implements AutoCloseable {
    /** Samples a ring holds: 2.5 s at 400 Hz, far more than the control loop is ever behind. */
    private static final int RING_SLOTS = 1024;

    private final List<SensorPort> ports = new ArrayList<>();
    private final Map<Foot, SensorPort> byFoot = new EnumMap<>(Foot.class);
    private final SampleMerge merge;

    /**
     * Makes the sensors; {@link #start} opens them.
     *
     * @param configs one or two, each with a foot of its own
     * @param buses where chips on I2C are reached
     * @param counters receives what the lines count
     * @param clock host clock
     */
    public WornSensors(List<SensorConfig> configs, I2cBuses buses, Counters counters, NanoClock clock) {
        List<SlotRing<ImuSample>> rings =
                List.of(new SlotRing<>(RING_SLOTS, ImuSample::new), new SlotRing<>(RING_SLOTS, ImuSample::new));
        for (SensorConfig config : configs) {
            Foot foot = Objects.requireNonNull(config.foot(), "two sensors in one ring would have two producers");
            SlotRing<ImuSample> ring = rings.get(foot.ordinal());
            SensorPort port = switch (config) {
                case LineConfig line ->
                    new LineSensor(line, new SerialLine(line.port(), line.baud()), ring, counters, clock);
                case I2cConfig chip -> throw new UnsupportedOperationException(chip.place());
            };
            ports.add(port);
            byFoot.put(foot, port);
        }
        merge = new SampleMerge(rings.get(0), rings.get(1));
    }

    /** Starts the reader threads; a line that is not there is waited for. */
    public void start() {
        ports.forEach(SensorPort::start);
    }

    /** Returns the samples of both feet in order of time, for one consuming thread. */
    public SampleMerge merge() {
        return merge;
    }

    /** Returns the ports. */
    public List<SensorPort> ports() {
        return List.copyOf(ports);
    }

    /** Returns the port of each foot that has one. */
    public Map<Foot, SensorPort> byFoot() {
        return Collections.unmodifiableMap(byFoot);
    }

    /** Any thread: returns whether an insole says that it is not there. */
    public boolean emulated() {
        for (SensorPort port : ports) {
            Hello hello = port.hello();
            if (hello != null && hello.emulated()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        ports.forEach(SensorPort::close);
    }
}
