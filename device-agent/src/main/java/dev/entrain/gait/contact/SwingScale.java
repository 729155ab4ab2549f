package dev.entrain.gait.contact;

/**
 * How large this walker's swings are of late: the measure that all thresholds are fractions of.
 *
 * <p>Follows each accepted swing, and sinks while none is accepted, so that a walker who slows from 6 to 2 rad/s is still
 * seen. Floors keep a standing person from becoming a walker. Not thread-safe; realtime-safe.
 */
public final class SwingScale {
    /** A swing never peaks lower, rad/s: paretic swings peak at 1.7 (100 deg/s), standing shifts under 1. */
    private static final double LEAST_PEAK_RADPS = 0.9;

    /** A swing never turns the foot by less, rad (9 degrees). */
    private static final double LEAST_ANGLE_RAD = 0.15;

    /** A swing is accepted from this fraction of the recent ones: turning and first steps are a third of full
     * ones. */
    private static final double ACCEPT = 0.25;

    /** How much the newest swing counts. */
    private static final double NEWEST = 0.3;

    /** Time constant of sinking, s, from the time a next swing is overdue. */
    private static final double SINK_S = 2.0;

    /** A next swing is overdue this long after the last, s: the stride time of slow walking. */
    private static final double OVERDUE_S = 1.5;

    /** A swing lasts about this long before there was one, s. */
    private static final double FIRST_SWING_S = 0.4;

    private double swingS = FIRST_SWING_S;
    private double peakRadps;
    private double angleRad;
    private double landingRadps;
    private double lastS = Double.NEGATIVE_INFINITY;

    /** Forgets the walker. */
    public void reset() {
        swingS = FIRST_SWING_S;
        peakRadps = 0;
        angleRad = 0;
        landingRadps = 0;
        lastS = Double.NEGATIVE_INFINITY;
    }

    /** Starts from a first impression: peak rate and angle of the largest lobe seen so far. */
    public void start(double timeS, double peakRadps, double angleRad) {
        this.peakRadps = peakRadps;
        this.angleRad = angleRad;
        lastS = timeS;
    }

    /** Learns from an accepted swing; {@code landingRadps} is the depth of the reversal at heel strike, positive. */
    public void learn(double timeS, double peakRadps, double angleRad, double landingRadps) {
        double sunk = sunk(timeS);
        this.peakRadps = this.peakRadps == 0 ? peakRadps : mix(sunk * this.peakRadps, peakRadps);
        this.angleRad = this.angleRad == 0 ? angleRad : mix(sunk * this.angleRad, angleRad);
        this.landingRadps = this.landingRadps == 0 ? landingRadps : mix(this.landingRadps, landingRadps);
        lastS = timeS;
    }

    /** An accepted swing took so long from final to initial contact, s. */
    void lasted(double seconds) {
        swingS = mix(swingS, seconds);
    }

    /** Returns how long a swing usually takes, s. */
    double usualSwingS() {
        return swingS;
    }

    /** Returns the peak rate from which a swing is accepted now, rad/s. */
    public double acceptRadps(double timeS) {
        return Math.max(LEAST_PEAK_RADPS, ACCEPT * sunk(timeS) * peakRadps);
    }

    /** Returns the angle from which a swing is accepted now, rad. */
    public double acceptRad(double timeS) {
        return Math.max(LEAST_ANGLE_RAD, ACCEPT * sunk(timeS) * angleRad);
    }

    /** Returns the usual depth of the reversal at heel strike, rad/s; 0 while unknown. */
    public double landingRadps() {
        return landingRadps;
    }

    /** Returns the usual peak rate, rad/s, at least the floor. */
    public double usualRadps(double timeS) {
        return Math.max(LEAST_PEAK_RADPS, sunk(timeS) * peakRadps);
    }

    /** Returns the usual swing angle, rad, at least the floor. */
    public double usualRad() {
        return Math.max(LEAST_ANGLE_RAD, angleRad);
    }

    private double sunk(double timeS) {
        double overdueS = timeS - lastS - OVERDUE_S;
        return overdueS > 0 ? Math.exp(-overdueS / SINK_S) : 1;
    }

    private static double mix(double old, double newest) {
        return old + NEWEST * (newest - old);
    }
}
