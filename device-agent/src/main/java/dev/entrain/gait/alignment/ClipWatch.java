package dev.entrain.gait.alignment;

/**
 * Notices a gyroscope at the end of its range, whatever the range: the greatest reading an axis ever gave comes several
 * times in a row, to the last bit. Not thread-safe; realtime-safe.
 */
public final class ClipWatch {
    /** Slower rates end no gyroscope's range, rad/s: the smallest on the market is 125 deg/s. */
    private static final double LEAST_RADPS = 2.1;

    private double greatest = LEAST_RADPS;
    private double lastX;
    private double lastY;
    private double lastZ;
    private boolean clips;
    private boolean everClipped;

    /** Consumes one raw angular rate, rad/s; returns whether an axis is at the end of its range. */
    public boolean add(double gx, double gy, double gz) {
        // A reading that comes twice as a whole was held, not clipped.
        boolean held = gx == lastX && gy == lastY && gz == lastZ;
        boolean stuck = !held && (isStuck(gx, lastX) || isStuck(gy, lastY) || isStuck(gz, lastZ));
        greatest = Math.max(greatest, Math.max(Math.abs(gx), Math.max(Math.abs(gy), Math.abs(gz))));
        lastX = gx;
        lastY = gy;
        lastZ = gz;
        clips = stuck;
        everClipped |= stuck;
        return clips;
    }

    private boolean isStuck(double value, double last) {
        return value == last && Math.abs(value) >= greatest;
    }

    /** Returns whether it ever was at the end of its range. */
    public boolean everClipped() {
        return everClipped;
    }
}
