package dev.entrain.gait.alignment;

/**
 * The angular rate without the ringing of a heel strike, which is as fast as a swing but turns the foot by nothing. Two
 * first-order low-passes in a row. Not thread-safe; realtime-safe.
 */
public final class SmoothRate {
    /** Time constant of each stage, s: ringing has periods of 20 to 50 ms, the shortest lobe of a stride lasts 100 ms. */
    private static final double STAGE_S = 0.02;

    private double firstX;
    private double firstY;
    private double firstZ;
    private double x;
    private double y;
    private double z;

    /** Starts from rest. */
    public void reset() {
        firstX = 0;
        firstY = 0;
        firstZ = 0;
        x = 0;
        y = 0;
        z = 0;
    }

    /** Consumes one angular rate, rad/s, that came {@code dtS} seconds after the last. */
    public void add(double gx, double gy, double gz, double dtS) {
        double share = dtS / (STAGE_S + dtS);
        firstX += share * (gx - firstX);
        firstY += share * (gy - firstY);
        firstZ += share * (gz - firstZ);
        x += share * (firstX - x);
        y += share * (firstY - y);
        z += share * (firstZ - z);
    }

    /** Returns the smoothed rate about x, rad/s. */
    public double x() {
        return x;
    }

    /** Returns the smoothed rate about y, rad/s. */
    public double y() {
        return y;
    }

    /** Returns the smoothed rate about z, rad/s. */
    public double z() {
        return z;
    }
}
