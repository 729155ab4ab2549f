package dev.entrain.sensor;

import dev.entrain.protocol.DeviceStatus;
import dev.entrain.protocol.Hello;
import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * A foot sensor with a reader thread of its own that fills a ring of samples. All methods but {@link #start} and {@link
 * #close} may be called from any thread and are realtime-safe.
 */
public interface SensorPort extends AutoCloseable {
    /** Starts the reader thread. A line that is not there is waited for; this does not fail. */
    void start();

    /** Returns how the line is. */
    SensorState state();

    /** Returns why no readings come and what to do, a sentence for a technician, or null while there is nothing to say. */
    @Nullable
    String problem();

    /** Returns the foot whose samples are written, or null while nobody has said. */
    @Nullable
    Foot foot();

    /** Returns who the sensor said it is since its line was opened last, or null. */
    @Nullable
    Hello hello();

    /** Returns how the sensor said it is, lately, or null. */
    @Nullable
    DeviceStatus status();

    /** Returns how far the last sample's time may be off, about 95 %, ns; {@link Long#MAX_VALUE} before the first. */
    long timeUncertaintyNs();

    /** Returns by how much the sensor's clock runs fast, in millionths. */
    double skewPpm();

    /** Returns how often a sensor's clock was found to have restarted or jumped. */
    long reanchors();

    /** Returns how many rounds the reader's loop has made: it moves while the sensor is absent, too, or the loop hangs. */
    long rounds();

    /** Asks the sensor to show itself for some time, if its dialect can. */
    void identify(int durationMs);

    /** Stops the sensor and the thread; returns within 2 s. */
    @Override
    void close();
}
