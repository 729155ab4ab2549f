package dev.entrain.importing;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One trial in our units: readings, reference events, reference strides and what is known about the walker. */
public final class Trial {
    private final String name;
    private final double rateHz;
    private final boolean gravityRemoved;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<ImuSample> samples = new ArrayList<>();
    private final long[] lastNs = {Long.MIN_VALUE, Long.MIN_VALUE};
    private final List<Event> events = new ArrayList<>();
    private final List<Stride> strides = new ArrayList<>();

    /**
     * Starts one.
     *
     * @param name the trial's folder
     * @param rateHz nominal readings per second and foot
     * @param gravityRemoved whether the accelerations hold no gravity
     */
    Trial(String name, double rateHz, boolean gravityRemoved) {
        this.name = name;
        this.rateHz = rateHz;
        this.gravityRemoved = gravityRemoved;
        fact("clock", "same");
        fact("uturn", List.of());
    }

    /** A reference event; foot is L, R or - where it is not of one foot. */
    record Event(double timeS, char foot, String label) {}

    /** A reference stride; what start and end are stands under {@code stride_reference}. */
    record Stride(char foot, double startS, double endS, double lengthM) {}

    /** Adds a line of truth.json; a later value replaces an earlier one. */
    Trial fact(String key, Object value) {
        facts.put(key, value);
        return this;
    }

    /**
     * Adds a reading.
     *
     * @param foot who wears the sensor
     * @param seq running number of the reading at its sensor, counting what was lost
     * @param acc specific force or acceleration in m/s2, x, y, z
     * @param gyr angular rate in rad/s, x, y, z
     * @throws ImportException if its number does not go on within its foot
     */
    void add(Foot foot, long seq, double[] acc, double[] gyr) throws ImportException {
        add(foot, seq, seq / rateHz, acc, gyr);
    }

    /** Adds a reading whose time is not its number over the rate. */
    void add(Foot foot, long seq, double timeS, double[] acc, double[] gyr) throws ImportException {
        ImuSample sample = new ImuSample();
        sample.foot = foot;
        sample.seq = (int) seq;
        sample.timeNs = Math.round(timeS * 1e9);
        sample.axMps2 = acc[0];
        sample.ayMps2 = acc[1];
        sample.azMps2 = acc[2];
        sample.gxRadps = gyr[0];
        sample.gyRadps = gyr[1];
        sample.gzRadps = gyr[2];
        if (sample.timeNs <= lastNs[foot.ordinal()]) {
            throw new ImportException(name + ": foot " + foot.letter() + ", reading " + seq
                    + ": its time or number does not go on; the file may be damaged: download it again");
        }
        lastNs[foot.ordinal()] = sample.timeNs;
        samples.add(sample);
    }

    void add(Event event) {
        events.add(event);
    }

    void add(Stride stride) {
        strides.add(stride);
    }

    /** Returns the trial's folder. */
    public String name() {
        return name;
    }

    double rateHz() {
        return rateHz;
    }

    boolean gravityRemoved() {
        return gravityRemoved;
    }

    Map<String, Object> facts() {
        return facts;
    }

    /** Returns the readings in order of time, left before right. */
    List<ImuSample> samples() {
        samples.sort(
                Comparator.comparingLong((ImuSample sample) -> sample.timeNs).thenComparing(sample -> sample.foot));
        return samples;
    }

    /** Returns the events in order of time. */
    List<Event> events() {
        events.sort(Comparator.comparingDouble(Event::timeS).thenComparingInt(Event::foot));
        return events;
    }

    /** Returns the strides, left foot first, in order of time. */
    List<Stride> strides() {
        strides.sort(Comparator.comparingInt(Stride::foot).thenComparingDouble(Stride::startS));
        return strides;
    }
}
