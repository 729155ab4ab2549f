package dev.entrain.gait.alignment;

/**
 * Learns what the gyroscope says when nothing turns, and follows it when it drifts with temperature.
 *
 * <p>Three things tell it, weighed by how much each can be trusted (a scalar Kalman filter for the two level axes and one
 * for the axis that stands upright, which gravity does not see):
 *
 * <ul>
 *   <li>rest: the rates hardly vary for a while, and their mean is the bias. Variation, not size, is judged, so that a
 *       large bias is found too;
 *   <li>strides: between two stances the foot may turn as it likes, but gravity must come out where it is. What the level
 *       is off by, over the time of the stride, is bias ({@link #level});
 *   <li>foot flat: the steadiest moment of a stance (zero angular rate update, Skog et al. 2010). A foot that is flat still
 *       rolls by some deg/s, always the same way, so this helps only as long as nothing better is known.
 * </ul>
 *
 * Not thread-safe; realtime-safe.
 */
public final class GyroBias {
    /** Time constant of the running mean and variance in which rest is looked for, s. */
    private static final double REST_WINDOW_S = 0.15;

    /** The same for foot flat, s: a quarter of the shortest foot flat of walking, about 0.2 s. */
    private static final double FLAT_WINDOW_S = 0.05;

    /** Rates that vary by less (root of the variance over three axes) are rest, rad/s: a few times sensor noise. */
    private static final double REST_RADPS = 0.04;

    /** The same for foot flat, rad/s. */
    private static final double FLAT_RADPS = 0.06;

    /** Time the rates must have been steady, s. */
    private static final double STEADY_S = 0.3;

    /** No sensor on the market has a larger bias at room temperature, rad/s; a steady turn does. */
    private static final double LARGEST_RADPS = 0.2;

    /** Time constant with which the bias follows, s of rest: a foot that tips slowly for a moment moves it little. */
    private static final double FOLLOW_S = 1.0;

    /** Zero-rate level of consumer gyroscopes as delivered, rad/s: 3 deg/s (BMI160, ICM-20948 and LSM6DSO data sheets). */
    private static final double UNKNOWN_RADPS = 0.052;

    /** What a rest leaves unknown, rad/s. */
    private static final double RESTED_RADPS = 0.003;

    /** Growth of the variance, (rad/s)2 per s: 0.5 deg/s in a minute, a sensor that warms up in a shoe. */
    private static final double DRIFT = 0.0087 * 0.0087 / 60;

    /** How fast a foot rolls while it is flat, rad/s: 4 deg/s, measured on walkers with known bias. */
    private static final double ROLL_RADPS = 0.07;

    /** The part of it that is the same in every stance and no average takes away, rad/s. */
    private static final double SAME_ROLL_RADPS = 0.035;

    /** Innovations beyond this many standard deviations are something else than bias and count as much as this. */
    private static final double MOST_SDS = 2;

    private final SteadyRate rest = new SteadyRate(REST_WINDOW_S);
    private final SteadyRate flat = new SteadyRate(FLAT_WINDOW_S);
    private double steadyS;
    private double restedS;
    private double least = Double.POSITIVE_INFINITY;
    private double flatX;
    private double flatY;
    private double flatZ;
    private double upX;
    private double upY;
    private double upZ;
    private double levelVariance = UNKNOWN_RADPS * UNKNOWN_RADPS;
    private double turnVariance = levelVariance;
    private double x;
    private double y;
    private double z;

    /** Consumes one raw angular rate (rad/s) that came {@code dtS} seconds after the last. */
    public void add(double gx, double gy, double gz, double dtS) {
        levelVariance += DRIFT * dtS;
        turnVariance += DRIFT * dtS;
        rest.add(gx, gy, gz, dtS);
        flat.add(gx, gy, gz, dtS);
        boolean steady = isSteady(rest, REST_RADPS);
        steadyS = steady ? steadyS + dtS : 0;
        if (steadyS >= STEADY_S) {
            rested(dtS);
        } else {
            lookForFlat();
        }
    }

    private static boolean isSteady(SteadyRate rate, double mostRadps) {
        return rate.variance() < mostRadps * mostRadps && rate.square() < LARGEST_RADPS * LARGEST_RADPS;
    }

    private void rested(double dtS) {
        least = Double.POSITIVE_INFINITY;
        restedS += dtS;
        // The first rest is believed at once; later ones are averaged in.
        double follow = dtS / (Math.min(FOLLOW_S, restedS) + dtS);
        x += follow * (rest.x() - x);
        y += follow * (rest.y() - y);
        z += follow * (rest.z() - z);
        double known = RESTED_RADPS * RESTED_RADPS;
        levelVariance += follow * (Math.min(levelVariance, known) - levelVariance);
        turnVariance += follow * (Math.min(turnVariance, known) - turnVariance);
    }

    /** One estimate from each stance: its steadiest moment, taken when it is over. */
    private void lookForFlat() {
        if (isSteady(flat, FLAT_RADPS)) {
            if (flat.variance() < least) {
                least = flat.variance();
                flatX = flat.x();
                flatY = flat.y();
                flatZ = flat.z();
            }
            return;
        }
        if (least < Double.POSITIVE_INFINITY) {
            least = Double.POSITIVE_INFINITY;
            stood(flatX - x, flatY - y, flatZ - z);
        }
    }

    private void stood(double dx, double dy, double dz) {
        double about = dx * upX + dy * upY + dz * upZ;
        double size = Math.sqrt(dx * dx + dy * dy + dz * dz);
        double noise = ROLL_RADPS * ROLL_RADPS;
        double level = flatGain(levelVariance) * bound(size, levelVariance + noise);
        double turn = flatGain(turnVariance) * bound(size, turnVariance + noise);
        x += level * (dx - about * upX) + turn * about * upX;
        y += level * (dy - about * upY) + turn * about * upY;
        z += level * (dz - about * upZ) + turn * about * upZ;
        levelVariance *= 1 - flatGain(levelVariance);
        turnVariance *= 1 - flatGain(turnVariance);
    }

    private static double flatGain(double variance) {
        return Math.max(0, variance - SAME_ROLL_RADPS * SAME_ROLL_RADPS) / (variance + ROLL_RADPS * ROLL_RADPS);
    }

    /** Returns the share of an innovation that counts. */
    private static double bound(double size, double variance) {
        double most = MOST_SDS * Math.sqrt(variance);
        return size > most ? most / size : 1;
    }

    /**
     * Hears by what rate a stride's level came out wrong.
     *
     * @param ux up in sensor axes with the foot flat, a unit vector
     * @param dx the level part of the rate that is left, rad/s in sensor axes
     * @param variance of it, (rad/s)2
     */
    public void level(double ux, double uy, double uz, double dx, double dy, double dz, double variance) {
        upX = ux;
        upY = uy;
        upZ = uz;
        double gain = levelVariance / (levelVariance + variance);
        double by = gain * bound(Math.sqrt(dx * dx + dy * dy + dz * dz), levelVariance + variance);
        x += by * dx;
        y += by * dy;
        z += by * dz;
        levelVariance *= 1 - gain;
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

    /** Returns the standard deviation that the bias is believed to have about any axis, rad/s. */
    public double sdRadps() {
        return Math.sqrt(Math.max(levelVariance, turnVariance));
    }
}
