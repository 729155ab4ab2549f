package dev.entrain.gait.contact;

/**
 * The negative lobe of the pitch rate with which a foot pushes off, and the moment at which it lets go: the rate has risen
 * back to {@value #RELEASE} of its peak. Not thread-safe; realtime-safe.
 */
final class PushOff {
    private static final double RELEASE = 0.75;

    /** The landing lobe is over when the rate is back above this share of the usual landing trough. */
    private static final double LANDED = 0.3;

    private boolean armed = true;
    private double peakRadps;
    private double peakS;
    private double releaseS = Double.NaN;

    /** Forgets the lobe. */
    void clear() {
        peakRadps = 0;
        releaseS = Double.NaN;
    }

    /** The foot rests: whatever comes next may be a push-off. */
    void rest() {
        clear();
        armed = true;
    }

    /** The foot landed: the landing lobe has to pass first, or its trough would be taken for a push-off. */
    void landed() {
        clear();
        armed = false;
    }

    /**
     * Consumes a sample of stance.
     *
     * @param landingRadps usual depth of the landing lobe, rad/s, positive
     */
    void add(double lastS, double lastRadps, double timeS, double rateRadps, double landingRadps) {
        if (!armed) {
            armed = rateRadps > -LANDED * landingRadps;
            return;
        }
        if (rateRadps < peakRadps) {
            peakRadps = rateRadps;
            peakS = timeS;
            releaseS = Double.NaN;
        } else if (Double.isNaN(releaseS) && rateRadps > RELEASE * peakRadps) {
            releaseS = Crossing.timeS(lastS, lastRadps, timeS, rateRadps, RELEASE * peakRadps);
        }
    }

    /** Returns whether there was a push-off that has let go and peaked no more than {@code withinS} before a time. */
    boolean precedes(double timeS, double withinS) {
        return peakRadps < 0 && !Double.isNaN(releaseS) && timeS - peakS <= withinS;
    }

    /** Returns when the foot let go, s; NaN if it has not. */
    double releaseS() {
        return releaseS;
    }
}
