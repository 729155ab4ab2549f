package dev.entrain.gait;

import dev.entrain.gait.GaitEvent.Kind;

/**
 * Finds contacts in one foot's pitch rate (positive in swing), sample by sample.
 *
 * <p>The cycle as the rate shows it (Mariani et al. 2013, foot-worn; Pappas et al. 2001): a negative push-off lobe, a
 * steep rise through zero, the positive swing lobe, a fall through zero when the leg brakes, a short negative lobe while
 * the forefoot comes down, rest.
 *
 * <ul>
 *   <li>Final contact: the rate has risen back to {@value #RELEASE} of the push-off peak.
 *   <li>Initial contact: in the landing lobe, see {@link LandingLobe}.
 *   <li>Mid-swing: the greatest pitch rate of the swing. Foot flat: the first {@value #FLAT_S} s without rotation.
 * </ul>
 *
 * Not thread-safe; realtime-safe.
 */
final class ContactDetector {
    private static final double RELEASE = 0.75;
    private static final double FLAT_S = 0.06;

    /** A foot still for this long rests, s; between a slow push-off and its swing the rate is small for 0.1 s. */
    private static final double REST_S = 0.15;

    /** The landing lobe has its trough within this time after the rate reversed, s. */
    private static final double LANDING_S = 0.13;

    /** Swing is entered at this fraction of the angle that is needed to accept it. */
    private static final double ENTER = 0.35;

    /** A rate that returns to this fraction of the swing's peak shows that the foot had not landed. */
    private static final double RESUME = 0.6;

    /** No foot stands for less between landing and the next swing, s: running stands 0.2 s. */
    private static final double LEAST_STANCE_S = 0.12;

    /** A foot that did not come to rest is not in a new swing before this, s: it trembles in the old one (tremor has 4 Hz). */
    private static final double RESTLESS_STANCE_S = 0.3;

    /** No swing lasts longer, s; slow paretic swings take about 1 s. */
    private static final double LONGEST_SWING_S = 2.5;

    /** A step without a swing lobe turns the foot, about whatever axis, by this share of the usual swing. */
    private static final double FLAT_STEP_PATH = 0.5;

    /** Of two jolts this far apart the later one may be 1/e as hard and still be taken for the touch, s. */
    private static final double JERK_FADE_S = 0.15;

    /** A walk goes on for this long after a contact, s (Mobilise-D: breaks in a walking bout are under 3 s). */
    private static final double WALK_S = 3.0;

    /** No foot is in the air for less, s. */
    private static final double LEAST_SWING_S = 0.15;

    /** A push-off belongs to a swing that begins within this time after its peak, s. */
    private static final double PUSH_TO_SWING_S = 0.5;

    /** Under this share of the usual swing peak the foot is flat. */
    private static final double FLAT_SHARE = 0.15;

    /** And always under this, rad/s. */
    private static final double FLAT_RADPS = 0.25;

    /** Without samples for longer, what the foot did is unknown, s. */
    private static final double BLIND_S = 0.3;

    private enum State {
        STANCE,
        SWING,
        LANDING
    }

    private final SwingScale scale;
    private final FootMoments moments;

    private State state = State.STANCE;
    private boolean started;
    private double lastS;
    private double lastRadps;
    private double contactS = Double.NEGATIVE_INFINITY;

    private boolean flatTold = true;
    private double stillS;
    private double stillFromS;

    private boolean pushArmed = true;
    private double pushRadps;
    private boolean rested;
    private double movedFromS;
    private double pathRad;
    private double pathPeakRadps;
    private double jerkRadps2;
    private double jerkS;
    private double pushS;
    private double releaseS = Double.NaN;

    private double swingFromS;
    private double angleRad;
    private double peakRadps;
    private double peakS;
    private boolean midSwingTold;
    private boolean pushed;
    private boolean leftTold;

    private final LandingLobe lobe = new LandingLobe();

    /**
     * @param scale what this walker's swings are like; learns from accepted ones
     * @param moments receives what is found
     */
    ContactDetector(SwingScale scale, FootMoments moments) {
        this.scale = scale;
        this.moments = moments;
    }

    /** Forgets the present stride, not the walker. */
    void reset() {
        started = false;
        clearStride();
        contactS = Double.NEGATIVE_INFINITY;
        flatTold = true;
    }

    /** Returns whether the foot is in the air or just landing. */
    boolean inSwing() {
        return state != State.STANCE;
    }

    /**
     * Consumes one sample.
     *
     * @param timeS its time, s
     * @param rateRadps pitch rate, positive in swing, rad/s
     * @param turnRadps size of the whole angular rate, rad/s
     */
    void add(double timeS, double rateRadps, double turnRadps) {
        if (started && timeS - lastS > BLIND_S) {
            if (state != State.STANCE) {
                moments.onSwingEndRevoked();
            }
            clearStride();
            started = false;
        }
        if (!started) {
            started = true;
            lastS = timeS;
            lastRadps = rateRadps;
            return;
        }
        double dtS = timeS - lastS;
        switch (state) {
            case STANCE -> stance(timeS, rateRadps, turnRadps, dtS);
            case SWING -> swing(timeS, rateRadps, turnRadps, dtS);
            case LANDING -> landing(timeS, rateRadps);
        }
        lastS = timeS;
        lastRadps = rateRadps;
    }

    private void stance(double timeS, double rateRadps, double turnRadps, double dtS) {
        pathRad += turnRadps * dtS;
        pathPeakRadps = Math.max(pathPeakRadps, turnRadps);
        double jerk = Math.abs(rateRadps - lastRadps) / dtS;
        if (jerk > jerkRadps2 * Math.exp((jerkS - timeS) / JERK_FADE_S)) {
            jerkRadps2 = jerk;
            jerkS = timeS;
        }
        watchFlat(timeS, turnRadps, dtS);
        watchPush(timeS, rateRadps);
        if (rateRadps <= 0) {
            angleRad = 0;
            peakRadps = 0;
            return;
        }
        if (lastRadps <= 0) {
            swingFromS = crossing(timeS, rateRadps, 0);
        }
        angleRad += rateRadps * dtS;
        if (rateRadps > peakRadps) {
            peakRadps = rateRadps;
            peakS = timeS;
        }
        if (angleRad >= ENTER * scale.acceptRad(timeS)
                && peakRadps >= scale.acceptRadps(timeS)
                && swingFromS - contactS >= (flatTold ? LEAST_STANCE_S : RESTLESS_STANCE_S)) {
            beginSwing();
        }
    }

    private void beginSwing() {
        state = State.SWING;
        stillS = 0;
        midSwingTold = false;
        pushed = pushRadps < 0 && swingFromS - pushS <= PUSH_TO_SWING_S && !Double.isNaN(releaseS);
        double leftS = pushed ? releaseS : swingFromS;
        tellLeft(leftS, pushed ? 0.9 : 0.5);
        moments.onSwingStart(leftS);
    }

    private void swing(double timeS, double rateRadps, double turnRadps, double dtS) {
        angleRad += Math.max(0, rateRadps) * dtS;
        if (rateRadps > peakRadps) {
            peakRadps = rateRadps;
            peakS = timeS;
        } else if (!midSwingTold && rateRadps < 0.8 * peakRadps && angleRad >= scale.acceptRad(timeS)) {
            tellMidSwing();
        }
        boolean rests = isStill(timeS, turnRadps, dtS) && stillS >= REST_S;
        if (rests && angleRad >= scale.acceptRad(timeS)) {
            // Put down flat: the rate faded without ever reversing.
            land(timeS, stillFromS, 0);
        } else if (timeS - swingFromS > LONGEST_SWING_S) {
            moments.onSwingEndRevoked();
            clearStride();
        } else if (rateRadps <= 0) {
            if (angleRad >= scale.acceptRad(timeS)) {
                state = State.LANDING;
                lobe.start(crossing(timeS, rateRadps, 0));
                lobe.add(timeS, rateRadps);
                moments.onSwingEnd(lobe.reversalS());
            } else {
                moments.onSwingEndRevoked();
                clearStride();
            }
        }
    }

    private void landing(double timeS, double rateRadps) {
        boolean inTime = timeS - lobe.reversalS() <= LANDING_S;
        if (inTime && rateRadps > RESUME * peakRadps) {
            state = State.SWING;
            moments.onSwingEndRevoked();
            return;
        }
        if (inTime) {
            lobe.add(timeS, rateRadps);
        }
        // A trough as deep as usual that the rate has left by half is the trough; otherwise it may still deepen.
        double trough = lobe.troughRadps();
        boolean usual = scale.landingRadps() > 0 && -trough >= 0.5 * scale.landingRadps();
        if (!inTime || (usual && rateRadps > 0.5 * trough)) {
            land(timeS, lobe.touchS(), -trough);
        }
    }

    private void land(double timeS, double touchS, double landingRadps) {
        if (!midSwingTold) {
            tellMidSwing();
        }
        double size = Math.min(1, angleRad / scale.usualRad());
        scale.learn(timeS, peakRadps, angleRad, landingRadps);
        clearStride();
        contactS = touchS;
        leftTold = false;
        flatTold = false;
        rested = false;
        pushArmed = false;
        moments.onMoment(Kind.INITIAL_CONTACT, touchS, 0.5 * size + (pushed ? 0.5 : 0.2));
    }

    /** Tells a final contact once between two initial contacts: a swing that came to nothing may be followed by a real one. */
    private void tellLeft(double timeS, double confidence) {
        if (!leftTold) {
            leftTold = true;
            moments.onMoment(Kind.FINAL_CONTACT, timeS, confidence);
        }
    }

    private void tellMidSwing() {
        midSwingTold = true;
        moments.onMoment(Kind.MID_SWING, peakS, pushed ? 0.9 : 0.5);
    }

    private void clearStride() {
        state = State.STANCE;
        angleRad = 0;
        peakRadps = 0;
        pushRadps = 0;
        releaseS = Double.NaN;
        stillS = 0;
    }

    private void watchFlat(double timeS, double turnRadps, double dtS) {
        if (!isStill(timeS, turnRadps, dtS)) {
            return;
        }
        if (stillS >= REST_S) {
            if (steppedFlat(timeS)) {
                stepFlat();
            }
            rested = true;
            pathRad = 0;
            pathPeakRadps = 0;
            jerkRadps2 = 0;
            movedFromS = timeS;
            pushRadps = 0;
            releaseS = Double.NaN;
            pushArmed = true;
        }
        if (!flatTold) {
            flatTold = true;
            moments.onMoment(Kind.FOOT_FLAT, stillFromS, 0.8);
        }
    }

    /**
     * Tells whether the foot moved from rest to rest without a swing lobe, as in turning on the spot. Only within a walk: a
     * standing person moves the feet for other reasons.
     */
    private boolean steppedFlat(double timeS) {
        return rested
                && timeS - contactS <= WALK_S
                && pathRad >= FLAT_STEP_PATH * scale.usualRad()
                && pathPeakRadps >= scale.acceptRadps(timeS)
                && jerkS - movedFromS >= LEAST_SWING_S;
    }

    private void stepFlat() {
        double touchS = jerkS;
        tellLeft(touchS - releaseS >= LEAST_SWING_S ? releaseS : movedFromS, 0.3);
        clearStride();
        contactS = touchS;
        leftTold = false;
        flatTold = false;
        rested = false;
        moments.onMoment(Kind.INITIAL_CONTACT, touchS, 0.3);
    }

    private boolean isStill(double timeS, double turnRadps, double dtS) {
        double limit = Math.max(FLAT_RADPS, FLAT_SHARE * scale.usualRadps(timeS));
        if (turnRadps >= limit) {
            stillS = 0;
            return false;
        }
        if (stillS == 0) {
            stillFromS = timeS;
        }
        stillS += dtS;
        return stillS >= FLAT_S;
    }

    private void watchPush(double timeS, double rateRadps) {
        if (!pushArmed) {
            // The landing lobe has to pass before a push-off can begin, or its trough would be taken for one.
            pushArmed = rateRadps > -0.3 * scale.landingRadps();
            return;
        }
        if (rateRadps < pushRadps) {
            pushRadps = rateRadps;
            pushS = timeS;
            releaseS = Double.NaN;
        } else if (Double.isNaN(releaseS) && rateRadps > RELEASE * pushRadps) {
            releaseS = crossing(timeS, rateRadps, RELEASE * pushRadps);
        }
    }

    /** Returns when the rate passed a level between the last sample and this one, s. */
    private double crossing(double timeS, double rateRadps, double levelRadps) {
        double rise = rateRadps - lastRadps;
        double share = rise == 0 ? 1 : (levelRadps - lastRadps) / rise;
        return lastS + Math.min(1, Math.max(0, share)) * (timeS - lastS);
    }
}
