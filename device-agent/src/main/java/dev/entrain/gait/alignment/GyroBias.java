package dev.entrain.gait.alignment;

/**
 * Learns what the gyroscope says when nothing turns.
 *
 * <p>The sensor rests when its rates hardly vary for a while; what they then say on average is the bias. Variation, not
 * size, is judged, so that a large bias is found too. Not thread-safe; realtime-safe.
 */
public final class GyroBias {
    /** Time constant of the running mean and variance, s: the shortest foot flat of walking lasts about 0.2 s. */
    private static final double WINDOW_S = 0.15;

    /** Rates that vary by less (root of the variance over three axes) are rest, rad/s: a few times sensor noise. */
    private static final double REST_RADPS = 0.04;

    /** Time the rates must have been steady, s. */
    private static final double STEADY_S = 0.3;

    /** No sensor on the market has a larger bias at room temperature, rad/s; a steady turn does. */
    private static final double LARGEST_RADPS = 0.2;

    /** Time constant with which the bias follows, s of rest: a foot that tips slowly for a moment moves it little. */
    private static final double FOLLOW_S = 1.0;

    private double meanX;
    private double meanY;
    private double meanZ;
    private double variance;
    private double steadyS;
    private double restedS;
    private double x;
    private double y;
    private double z;

    /** Consumes one raw angular rate (rad/s) that came {@code dtS} seconds after the last. */
    public void add(double gx, double gy, double gz, double dtS) {
        double share = dtS / (WINDOW_S + dtS);
        double dx = gx - meanX;
        double dy = gy - meanY;
        double dz = gz - meanZ;
        meanX += share * dx;
        meanY += share * dy;
        meanZ += share * dz;
        variance = (1 - share) * (variance + share * (dx * dx + dy * dy + dz * dz));
        boolean steady = variance < REST_RADPS * REST_RADPS
                && meanX * meanX + meanY * meanY + meanZ * meanZ < LARGEST_RADPS * LARGEST_RADPS;
        steadyS = steady ? steadyS + dtS : 0;
        if (steadyS < STEADY_S) {
            return;
        }
        restedS += dtS;
        // The first rest is believed at once; later ones are averaged in.
        double follow = dtS / (Math.min(FOLLOW_S, restedS) + dtS);
        x += follow * (meanX - x);
        y += follow * (meanY - y);
        z += follow * (meanZ - z);
    }

    /** Returns the bias about x, rad/s. */
    public double x() {
        return x;
    }

    /** Returns the bias about y, rad/s. */
    public double y() {
        return y;
    }

    /** Returns the bias about z, rad/s. */
    public double z() {
        return z;
    }
}
