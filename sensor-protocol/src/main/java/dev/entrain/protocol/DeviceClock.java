package dev.entrain.protocol;

/**
 * Maps a device's tick counter to CLOCK_MONOTONIC of the host.
 *
 * <p>Messages arrive late by an unknown, changing delay: the device batches, a USB-serial chip holds bytes back for up to
 * 16 ms, the host stalls. Delays are never negative, so the least-delayed arrivals bound the relation of the two clocks;
 * {@link DelayFit} draws offset and skew under them. What one-way traffic cannot tell is the delay that every message
 * has: times are late by that constant, usually under 2 ms. {@link #observePong} bounds it.
 *
 * <p>Times that {@link #observe} returns rise strictly with the ticks and are smooth: a better fit is reached by running
 * up to 2 % faster or slower than it (up to 50 % in the first 2 s after an anchor, or while more than 20 ms away), never by
 * a jump.
 * Only a re-anchor may jump, and only forward.
 *
 * <p>The counter may wrap as often as it likes between readings that are in sequence. A device that restarts, or a
 * counter that jumps, is noticed by its readings coming before they were made, or 50 ms late for 2 s on end; the clock is
 * then anchored anew and {@link #reanchors()} counts it. Not thread-safe; realtime-safe: allocates nothing.
 */
public final class DeviceClock {
    /** Largest believed skew of a device whose counter runs by a crystal, which stays within a tenth of it. */
    public static final double CRYSTAL_SKEW = 500e-6;

    /** Largest believed skew of a motion sensor that counts by an oscillator of its own without a crystal. */
    public static final double ON_CHIP_SKEW = 0.1;

    private static final double MAX_TICKS_PER_SECOND = 1L << 32;
    private static final double ACQUIRE_NS = 2e9;
    private static final double ACQUIRE_SLEW = 0.5;
    private static final double ACQUIRE_TAU_NS = 50e6;
    private static final double SLEW = 0.02;
    private static final double TAU_NS = 250e6;
    private static final double FAR_NS = 20e6;

    /** A reading this far before its time can only be a counter that jumped; well over any timing error. */
    private static final double EARLY_NS = 30e6;

    /** The same while the offset is still being found: the first readings may have waited in a buffer. */
    private static final double EARLY_ACQUIRING_NS = 5e9;

    /** Least delay that, kept up for {@link #LATE_FOR_NS}, means that the counter jumped back. */
    private static final double LATE_NS = 50e6;

    private static final long LATE_FOR_NS = 2_000_000_000L;
    private static final int LATE_ARRIVALS = 20;

    private final double nsPerTick;
    private final long mask;
    private final double rangeNs;
    private final double maxSkew;
    private final DelayFit fit;

    private boolean anchored;
    private boolean gapExpected;
    private long lastRaw;
    private long ticks;
    private long anchorNs;
    private double xNs;
    private double correctionNs;
    private long lastOutNs;
    private long lateSinceNs;
    private long lateArrivalNs;
    private int lateArrivals;
    private long reanchors;
    private double leastDelayBoundNs = Double.POSITIVE_INFINITY;

    /** Makes a clock that knows nothing yet, of a device with a crystal; see the other. */
    public DeviceClock(double ticksPerSecond, int tickBits) {
        this(ticksPerSecond, tickBits, CRYSTAL_SKEW);
    }

    /**
     * Makes a clock that knows nothing yet.
     *
     * @param ticksPerSecond nominal rate of the counter, over 0, at most 2^32
     * @param tickBits width of the counter, 16 to 63 bits
     * @param maxSkew largest believed skew between device and host, over 0, at most {@link #ON_CHIP_SKEW}
     * @throws IllegalArgumentException if an argument is out of range
     */
    public DeviceClock(double ticksPerSecond, int tickBits, double maxSkew) {
        if (!(maxSkew > 0) || maxSkew > ON_CHIP_SKEW) {
            throw new IllegalArgumentException("skew must be over 0 and at most " + ON_CHIP_SKEW + ", not " + maxSkew);
        }
        if (!(ticksPerSecond > 0) || ticksPerSecond > MAX_TICKS_PER_SECOND) {
            throw new IllegalArgumentException(
                    "ticks per second must be over 0 and at most 2^32, not " + ticksPerSecond);
        }
        if (tickBits < 16 || tickBits > 63) {
            throw new IllegalArgumentException("tick counter must have 16 to 63 bits, not " + tickBits);
        }
        this.maxSkew = maxSkew;
        fit = new DelayFit(maxSkew);
        nsPerTick = 1e9 / ticksPerSecond;
        mask = (1L << tickBits) - 1;
        rangeNs = (mask + 1.0) * nsPerTick;
    }

    /**
     * Takes a reading in, in the order of the device. Readings of one message share their arrival.
     *
     * @param rawTicks counter when the reading was made; bits over the counter's width are ignored
     * @param arrivalNs host time when the message's last byte was read
     * @return host time of the reading, ns, more than the one before unless the ticks are the same
     */
    public long observe(long rawTicks, long arrivalNs) {
        long raw = rawTicks & mask;
        if (!anchored) {
            anchored = true;
            return anchor(raw, arrivalNs, arrivalNs);
        }
        long step = (raw - lastRaw) & mask;
        if (gapExpected) {
            gapExpected = false;
            step += wrapsMissed(step, arrivalNs) * (mask + 1);
        }
        double stepNs = step * nsPerTick;
        double nextNs = (ticks + step) * nsPerTick;
        double delayNs = (arrivalNs - anchorNs) - nextNs;
        double overLineNs = delayNs - fit.at(nextNs);
        if (jumpedAhead(overLineNs, nextNs, stepNs) || keptLate(overLineNs, arrivalNs)) {
            reanchors++;
            return anchor(raw, arrivalNs, Math.max(arrivalNs, lastOutNs + 1));
        }
        lastRaw = raw;
        ticks += step;
        xNs = nextNs;
        fit.add(nextNs, delayNs, arrivalNs);
        if (step == 0) {
            return lastOutNs;
        }
        slew(stepNs);
        lastOutNs = Math.max(lastOutNs + 1, anchorNs + Math.round(xNs + correctionNs));
        return lastOutNs;
    }

    /**
     * Says that readings are missing before the next one (a gap in the sequence, a line opened anew), so that whole turns
     * of a narrow counter may have gone by and have to be told by the arrival.
     */
    public void expectGap() {
        gapExpected = true;
    }

    /**
     * Takes the answer to a time-sync ping in. It is not batched, and its round trip bounds the delay that one-way
     * messages hide. Ignored before the first reading and when it lies over a second off.
     *
     * @param pong the answer
     * @param pingSentNs host time just before the ping was written
     */
    public void observePong(Pong pong, long pingSentNs) {
        if (!anchored || pong.arrivalNs() < pingSentNs) {
            return;
        }
        double sentNs = nearLast(pong.sentTicks());
        double delayNs = (pong.arrivalNs() - anchorNs) - sentNs;
        if (Math.abs(delayNs - fit.at(sentNs)) > 1e9) {
            return;
        }
        fit.add(sentNs, delayNs, pong.arrivalNs());
        double receivedNs = nearLast(pong.receivedTicks());
        double lineNs = receivedNs + fit.at(receivedNs) + fit.errorNs(receivedNs);
        leastDelayBoundNs = Math.min(leastDelayBoundNs, lineNs - (pingSentNs - anchorNs));
    }

    /**
     * Returns how far the last returned time may be from the reading's true time plus the least delay of the line, ns;
     * meant to hold 95 % of the time. {@link Long#MAX_VALUE} before the first reading.
     */
    public long uncertaintyNs() {
        if (!anchored) {
            return Long.MAX_VALUE;
        }
        return (long) (fit.errorNs(xNs) + Math.abs(fit.at(xNs) - correctionNs));
    }

    /**
     * Returns the most that the least delay of the line can be, ns, from the best round trip since the last anchor; or
     * {@link Long#MAX_VALUE} if no pong told.
     */
    public long leastDelayBoundNs() {
        return Double.isInfinite(leastDelayBoundNs) ? Long.MAX_VALUE : (long) Math.max(0, leastDelayBoundNs);
    }

    /** Returns by how much the device's seconds are shorter than the host's: over 0 for a fast device; within the believed. */
    public double skewPpm() {
        return -fit.skew() * 1e6;
    }

    /** Returns how often the counter was found to have jumped or restarted. */
    public long reanchors() {
        return reanchors;
    }

    private long anchor(long raw, long arrivalNs, long outNs) {
        fit.reset();
        lastRaw = raw;
        ticks = 0;
        xNs = 0;
        anchorNs = arrivalNs;
        correctionNs = outNs - arrivalNs;
        lateArrivals = 0;
        leastDelayBoundNs = Double.POSITIVE_INFINITY;
        fit.add(0, 0, arrivalNs);
        lastOutNs = outNs;
        return outNs;
    }

    private long wrapsMissed(long step, long arrivalNs) {
        double nextNs = (ticks + step) * nsPerTick;
        double lateNs = (arrivalNs - anchorNs) - nextNs - fit.at(nextNs);
        // A reading is rather late than early, so the turn is chosen with more room on that side.
        return Math.max(0, (long) Math.floor(lateNs / rangeNs + 0.25));
    }

    private boolean jumpedAhead(double overLineNs, double nextNs, double stepNs) {
        double limitNs = nextNs < ACQUIRE_NS ? EARLY_ACQUIRING_NS : EARLY_NS;
        // A long silence lets a skew that was not known well add up.
        return overLineNs < -(limitNs + maxSkew * Math.min(stepNs, 3600e9));
    }

    private boolean keptLate(double overLineNs, long arrivalNs) {
        if (overLineNs < LATE_NS) {
            lateArrivals = 0;
            return false;
        }
        if (lateArrivals == 0) {
            lateSinceNs = arrivalNs;
        }
        if (lateArrivals == 0 || arrivalNs != lateArrivalNs) {
            lateArrivals++;
            lateArrivalNs = arrivalNs;
        }
        return lateArrivals >= LATE_ARRIVALS && arrivalNs - lateSinceNs >= LATE_FOR_NS;
    }

    private void slew(double stepNs) {
        // The line goes its way meanwhile, which is no error.
        correctionNs += fit.skew() * stepNs;
        double errorNs = fit.at(xNs) - correctionNs;
        boolean acquiring = xNs < ACQUIRE_NS || Math.abs(errorNs) > FAR_NS;
        double most = (acquiring ? ACQUIRE_SLEW : SLEW) * stepNs;
        double wanted = errorNs * Math.min(1, stepNs / (acquiring ? ACQUIRE_TAU_NS : TAU_NS));
        correctionNs += Math.clamp(wanted, -most, most);
    }

    /** Device time of ticks near the last reading's, before or after it, ns since the anchor. */
    private double nearLast(long rawTicks) {
        long ahead = (rawTicks - lastRaw) & mask;
        long signed = ahead > mask >>> 1 ? ahead - mask - 1 : ahead;
        return (ticks + signed) * nsPerTick;
    }
}
