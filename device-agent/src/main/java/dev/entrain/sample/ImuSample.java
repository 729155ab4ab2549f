package dev.entrain.sample;

/**
 * One reading of a foot-worn accelerometer and gyroscope, in sensor axes of unknown mounting.
 *
 * <p>A mutable view that rings and readers reuse: whoever receives one may read it until the call returns. Not
 * thread-safe; realtime-safe.
 */
public final class ImuSample {
    /** The foot that wears the sensor. */
    public Foot foot = Foot.LEFT;

    /** Time of the reading, CLOCK_MONOTONIC of the host (or nanoseconds of the recording), from the sensor's own clock. */
    public long timeNs;

    /** Running number of the reading at its sensor; a step of more than one is a loss. Wraps with int. */
    public int seq;

    /** Specific force along x, m/s2. */
    public double axMps2;

    /** Specific force along y, m/s2. */
    public double ayMps2;

    /** Specific force along z, m/s2. */
    public double azMps2;

    /** Angular rate about x, rad/s. */
    public double gxRadps;

    /** Angular rate about y, rad/s. */
    public double gyRadps;

    /** Angular rate about z, rad/s. */
    public double gzRadps;

    /** Copies every field of another view into this one. */
    public void copyFrom(ImuSample other) {
        foot = other.foot;
        timeNs = other.timeNs;
        seq = other.seq;
        axMps2 = other.axMps2;
        ayMps2 = other.ayMps2;
        azMps2 = other.azMps2;
        gxRadps = other.gxRadps;
        gyRadps = other.gyRadps;
        gzRadps = other.gzRadps;
    }

    /**
     * Rounds the reading to the grid of the recording format (1 us, 1e-4 m/s2, 1e-5 rad/s: far below what a sensor
     * resolves), so that what is recorded is exactly what the control core saw and a replay repeats it.
     *
     * @param originNs second zero of the recording, ns
     */
    public void roundToGrid(long originNs) {
        timeNs = originNs + Math.floorDiv(timeNs - originNs + 500, 1000L) * 1000L;
        axMps2 = Math.rint(axMps2 * 1e4) / 1e4;
        ayMps2 = Math.rint(ayMps2 * 1e4) / 1e4;
        azMps2 = Math.rint(azMps2 * 1e4) / 1e4;
        gxRadps = Math.rint(gxRadps * 1e5) / 1e5;
        gyRadps = Math.rint(gyRadps * 1e5) / 1e5;
        gzRadps = Math.rint(gzRadps * 1e5) / 1e5;
    }
}
