package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cBuses;
import dev.entrain.health.Counters;
import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.Hello;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.I2cConfig;
import dev.entrain.sensor.SensorPort;
import dev.entrain.sensor.SensorState;
import dev.entrain.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * A foot sensor that is a chip on an I2C bus. Its thread empties the chip's queue every 5 to 10 ms and gives each reading
 * the host time that the chip's own clock tells. Two of them may share a bus. A chip that is absent or vanishes is tried
 * again four times a second for ever.
 */
public final class I2cSensor implements SensorPort {
    private static final long CLOSE_MS = 2_000;

    private final I2cConfig config;
    private final I2cReader reader;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long rounds;

    /**
     * Makes a sensor; {@link #start} sets it to work.
     *
     * @param config which chip, where
     * @param buses where its bus is opened
     * @param ring receives samples; this sensor's thread is its only producer
     * @param counters receives faults of the bus, losses and refusals
     * @param time host clock
     */
    public I2cSensor(I2cConfig config, I2cBuses buses, SlotRing<ImuSample> ring, Counters counters, NanoClock time) {
        this.config = config;
        reader = new I2cReader(config, buses, ring, counters, time);
        thread = Thread.ofPlatform().daemon().name("sensor " + config.place()).unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public long rounds() {
        return rounds;
    }

    @Override
    public SensorState state() {
        return reader.state();
    }

    @Override
    public @Nullable String problem() {
        return reader.problem();
    }

    @Override
    public Foot foot() {
        return config.foot();
    }

    @Override
    public @Nullable Hello hello() {
        return reader.hello();
    }

    @Override
    public @Nullable DeviceStatus status() {
        return reader.status();
    }

    @Override
    public long timeUncertaintyNs() {
        return reader.intake().uncertaintyNs();
    }

    @Override
    public double skewPpm() {
        return reader.intake().skewPpm();
    }

    @Override
    public long reanchors() {
        return reader.intake().reanchors();
    }

    /** A chip has nothing to show itself with. */
    @Override
    public void identify(int durationMs) {
        Logger.info("{}: a bare chip can't blink", config.place());
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive() && !thread.join(Duration.ofMillis(CLOSE_MS))) {
                Logger.warn("{}: the bus does not let go within {} ms; unplug the sensor", config.place(), CLOSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long made = 0;
            while (!stopping) {
                rounds = ++made;
                LockSupport.parkNanos(reader.turn());
            }
        } finally {
            reader.close();
        }
    }
}
