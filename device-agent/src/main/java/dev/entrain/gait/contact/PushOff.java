package dev.entrain.gait.contact;

/**
 * The negative lobe of the pitch rate with which a foot pushes off, and when the foot let go.
 *
 * <p>While the toes bear on the ground the foot turns about them and the rate stays low; when they let go it rises steeply,
 * through zero into the swing. The trough itself may be long, or double where heel and toes roll off one after the other,
 * so the release is the last time before the swing that the rate left 0.8 of its peak. The foot leaves a little later, 0.4
 * of the way from the release to the zero crossing but no more than 25 ms: a slow foot may linger between the two. On
 * straight strides of the walkers that were developed on (435 final contacts of Voisard et al. 2024, J NeuroEng Rehabil
 * 21:104, and 57 of motion capture by Zeni et al. 2008, Gait Posture 27:710) this spreads by 12.7 and 4.6 ms, the first
 * release from 0.75 by 15.0 and 4.8 ms, the zero crossing by 15.4 and 4.6 ms. Releases from 0.75 to 0.85 and shares from
 * 0.2 to 0.5 do about as well.
 *
 * <p>Not thread-safe; realtime-safe.
 */
final class PushOff {
    private static final double RELEASE = 0.8;
    private static final double LATER = 0.4;
    private static final double MOST_LATER_S = 0.025;

    /** A push-off leads into a swing if it turned the foot by this share of a usual swing: over a stride they nearly cancel. */
    static final double CERTAIN = 0.5;

    /** The landing lobe is over when the rate is back above this share of the usual landing trough. */
    private static final double LANDED = 0.3;

    private boolean armed = true;
    private double peakRadps;
    private double peakS;
    private double angleRad;
    private double releaseS = Double.NaN;

    /** Forgets the lobe. */
    void clear() {
        peakRadps = 0;
        angleRad = 0;
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
        angleRad += Math.max(0, -rateRadps) * (timeS - lastS);
        if (rateRadps < peakRadps) {
            peakRadps = rateRadps;
            peakS = timeS;
        }
        if (rateRadps <= RELEASE * peakRadps) {
            releaseS = Double.NaN;
        } else if (Double.isNaN(releaseS)) {
            releaseS = Crossing.timeS(lastS, lastRadps, timeS, rateRadps, RELEASE * peakRadps);
        }
    }

    /** Returns whether there was a push-off that has let go and peaked no more than {@code withinS} before a time. */
    boolean precedes(double timeS, double withinS) {
        return peakRadps < 0 && !Double.isNaN(releaseS) && timeS - peakS <= withinS;
    }

    /** Returns the angle by which it turned the foot, rad. */
    double angleRad() {
        return angleRad;
    }

    /** Returns when the foot left the ground, s, given when the rate passed zero into the swing. */
    double leftS(double swingFromS) {
        return releaseS + Math.min(MOST_LATER_S, LATER * (swingFromS - releaseS));
    }

    /** Returns when the foot let go, s; NaN if it has not. */
    double releaseS() {
        return releaseS;
    }
}
