package dev.entrain.gait.alignment;

/** Running mean and variance of an angular rate. Not thread-safe; realtime-safe. */
final class SteadyRate {
    private final double windowS;
    private double x;
    private double y;
    private double z;
    private double variance;

    /** @param windowS time constant of both, s */
    SteadyRate(double windowS) {
        this.windowS = windowS;
    }

    /** Consumes a rate, rad/s, that lasted {@code dtS}. */
    void add(double gx, double gy, double gz, double dtS) {
        double share = dtS / (windowS + dtS);
        double dx = gx - x;
        double dy = gy - y;
        double dz = gz - z;
        x += share * dx;
        y += share * dy;
        z += share * dz;
        variance = (1 - share) * (variance + share * (dx * dx + dy * dy + dz * dz));
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    double z() {
        return z;
    }

    /** Returns the variance over all three axes, (rad/s)2. */
    double variance() {
        return variance;
    }

    /** Returns the square of the mean's size, (rad/s)2. */
    double square() {
        return x * x + y * y + z * z;
    }
}
