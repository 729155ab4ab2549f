package dev.entrain.protocol;

/** One reading of an insole, SI units, sensor axes. A mutable view that its decoder reuses. */
public final class Reading {
    /** Most pressure cells an insole may have. */
    public static final int MAX_PRESSURE_CELLS = 16;

    /** Running number of the reading at the device, 32 bit, wraps; a step of more than one is a loss. */
    public int seq;

    /** Device time of the reading in ticks; raw counter of {@link #tickBits} bits, wraps. */
    public long deviceTicks;

    /** Width of the raw tick counter, 16 to 48 bits. */
    public int tickBits;

    /** Ticks per second as the device states them, over 0. */
    public double ticksPerSecond;

    /** CLOCK_MONOTONIC when the last byte of the message was read, ns. */
    public long arrivalNs;

    /** Specific force, m/s2. */
    public double axMps2;

    /** Specific force, m/s2. */
    public double ayMps2;

    /** Specific force, m/s2. */
    public double azMps2;

    /** Angular rate, rad/s. */
    public double gxRadps;

    /** Angular rate, rad/s. */
    public double gyRadps;

    /** Angular rate, rad/s. */
    public double gzRadps;

    /** Number of valid entries of {@link #pressure}, 0 to {@link #MAX_PRESSURE_CELLS}. */
    public int pressureCells;

    /** Load of each cell as a fraction of its full scale, 0 to 1. */
    public final float[] pressure = new float[MAX_PRESSURE_CELLS];
}
