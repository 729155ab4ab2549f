package dev.entrain.sensor;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.protocol.DeviceClock;
import dev.entrain.protocol.Pong;
import dev.entrain.protocol.Reading;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import org.jspecify.annotations.Nullable;

/** Turns readings into samples in a ring: host time, gaps, counts. Used by the reader thread; realtime-safe. */
public final class SampleIntake {
    /** A longer step of the running number is a restart, not a loss; ten minutes at 1 kHz. */
    private static final int LONGEST_GAP = 600_000;

    private final SlotRing<ImuSample> ring;
    private final Counters counters;
    private final double maxSkew;
    private @Nullable DeviceClock clock;
    private double ticksPerSecond;
    private int tickBits;
    private boolean numbered;
    private int lastSeq;
    private boolean timed;
    private long lastTimeNs;
    private long earlierReanchors;

    private volatile long uncertaintyNs = Long.MAX_VALUE;
    private volatile double skewPpm;
    private volatile long reanchors;

    /**
     * Makes an intake.
     *
     * @param ring receives the samples
     * @param counters receives losses and refusals
     * @param maxSkew largest believed skew of the sensor's clock, as {@link DeviceClock} takes it
     */
    public SampleIntake(SlotRing<ImuSample> ring, Counters counters, double maxSkew) {
        this.maxSkew = maxSkew;
        this.ring = ring;
        this.counters = counters;
    }

    /** The line was opened anew: readings may be missing before the next. */
    public void expectGap() {
        if (clock != null) {
            clock.expectGap();
        }
    }

    /** Another sensor is on the line: its clock and its numbers have nothing to do with the last one's. */
    public void forget() {
        clock = null;
        numbered = false;
    }

    /** Takes a reading of a foot in. */
    public void take(Reading reading, Foot foot) {
        DeviceClock fit = clockFor(reading);
        int step = reading.seq - lastSeq;
        if (numbered && step == 0) {
            return;
        }
        boolean known = numbered && step > 0 && step <= LONGEST_GAP;
        if (known && step > 1) {
            counters.add(Counter.SAMPLES_LOST, step - 1);
        }
        if (numbered && step != 1) {
            fit.expectGap();
        }
        numbered = true;
        lastSeq = reading.seq;
        long timeNs = fit.observe(reading.deviceTicks, reading.arrivalNs);
        uncertaintyNs = fit.uncertaintyNs();
        skewPpm = fit.skewPpm();
        reanchors = earlierReanchors + fit.reanchors();
        // Two readings of one instant would be a division by zero to whoever integrates them.
        if (timed && timeNs - lastTimeNs <= 0) {
            return;
        }
        timed = true;
        lastTimeNs = timeNs;
        ImuSample slot = ring.claim();
        if (slot == null) {
            counters.increment(Counter.SAMPLES_REFUSED);
            return;
        }
        slot.foot = foot;
        slot.timeNs = timeNs;
        slot.seq = reading.seq;
        slot.axMps2 = reading.axMps2;
        slot.ayMps2 = reading.ayMps2;
        slot.azMps2 = reading.azMps2;
        slot.gxRadps = reading.gxRadps;
        slot.gyRadps = reading.gyRadps;
        slot.gzRadps = reading.gzRadps;
        ring.publish();
    }

    void takePong(Pong pong, long pingSentNs) {
        if (clock != null) {
            clock.observePong(pong, pingSentNs);
        }
    }

    /** Any thread: as {@link SensorPort#timeUncertaintyNs}. */
    public long uncertaintyNs() {
        return uncertaintyNs;
    }

    /** Any thread: as {@link SensorPort#skewPpm}. */
    public double skewPpm() {
        return skewPpm;
    }

    /** Any thread: as {@link SensorPort#reanchors}. */
    public long reanchors() {
        return reanchors;
    }

    private DeviceClock clockFor(Reading reading) {
        DeviceClock fit = clock;
        if (fit == null || reading.ticksPerSecond != ticksPerSecond || reading.tickBits != tickBits) {
            earlierReanchors = reanchors;
            ticksPerSecond = reading.ticksPerSecond;
            tickBits = reading.tickBits;
            fit = new DeviceClock(ticksPerSecond, tickBits, maxSkew);
            clock = fit;
        }
        return fit;
    }
}
