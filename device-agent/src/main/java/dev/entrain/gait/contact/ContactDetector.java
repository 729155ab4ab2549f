package dev.entrain.gait.contact;

import dev.entrain.gait.GaitEvent.Kind;

/**
 * Finds contacts in one foot's pitch rate (positive in swing), sample by sample.
 *
 * <p>The cycle as the rate shows it (Mariani et al. 2013, foot-worn; Pappas et al. 2001): a negative push-off lobe, a
 * steep rise through zero, the positive swing lobe, a fall through zero when the leg brakes, a short negative lobe while
 * the forefoot comes down, rest.
 *
 * <ul>
 *   <li>Final contact: the push-off lets go, see {@link PushOff}. It is told when the rate passes zero if the push-off was
 *       large enough that a swing must follow, otherwise when the swing has proved to be one.
 *   <li>Initial contact: the foot meets the ground, see {@link Touchdown}.
 *   <li>Mid-swing: the greatest pitch rate of the swing. Foot flat: the foot is still, see {@link FootRest}.
 *   <li>Steps without a swing lobe: see {@link FlatStep}.
 * </ul>
 *
 * Not thread-safe; realtime-safe.
 */
public final class ContactDetector {
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

    /** A walk goes on for this long after a contact, s (Mobilise-D: breaks in a walking bout are under 3 s). */
    private static final double WALK_S = 3.0;

    /** A push-off belongs to a swing that begins within this time after its peak, s. */
    private static final double PUSH_TO_SWING_S = 0.5;

    /** Without samples for longer, what the foot did is unknown, s. */
    private static final double BLIND_S = 0.3;

    private enum State {
        STANCE,
        SWING,
        LANDING
    }

    private final SwingScale scale;
    private final FootMoments moments;
    private final FootRest rest = new FootRest();
    private final PushOff push = new PushOff();
    private final Touchdown touchdown = new Touchdown();
    private final FlatStep flatStep = new FlatStep();

    private State state = State.STANCE;
    private boolean started;
    private double lastS;
    private double lastRadps;
    private double contactS = Double.NEGATIVE_INFINITY;

    private boolean flatTold = true;
    private boolean leftTold;

    private double swingFromS;
    private double angleRad;
    private double peakRadps;
    private double peakS;
    private boolean midSwingTold;
    private boolean pushed;

    /**
     * @param scale what this walker's swings are like; learns from accepted ones
     * @param moments receives what is found
     */
    public ContactDetector(SwingScale scale, FootMoments moments) {
        this.scale = scale;
        this.moments = moments;
    }

    /** Forgets the present stride, not the walker. */
    public void reset() {
        started = false;
        clearStride();
        touchdown.clear();
        contactS = Double.NEGATIVE_INFINITY;
        flatTold = true;
    }

    /** Returns whether the foot is in the air or just landing. */
    public boolean inSwing() {
        return state != State.STANCE;
    }

    /**
     * Consumes one sample.
     *
     * @param timeS its time, s
     * @param rateRadps pitch rate, positive in swing, rad/s
     * @param turnRadps size of the whole angular rate, rad/s
     * @param ax specific force along x, with or without gravity, m/s2
     * @param ay the same along y
     * @param az the same along z
     */
    public void add(double timeS, double rateRadps, double turnRadps, double ax, double ay, double az) {
        touchdown.feel(timeS, ax, ay, az);
        if (started && timeS - lastS > BLIND_S) {
            if (state != State.STANCE) {
                moments.onSwingEndRevoked();
            }
            clearStride();
            flatStep.clear();
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
        flatStep.add(timeS, turnRadps, rateRadps - lastRadps, dtS);
        rest.add(timeS, turnRadps, dtS, scale.usualRadps(timeS));
        watchRest(timeS);
        push.add(lastS, lastRadps, timeS, rateRadps, scale.landingRadps());
        if (rateRadps <= 0) {
            angleRad = 0;
            peakRadps = 0;
            return;
        }
        if (lastRadps <= 0) {
            swingFromS = zeroCrossing(timeS, rateRadps);
            if (flatTold && stoodLongEnough() && pushedOff() && pushShare() >= PushOff.CERTAIN) {
                tellLeft(push.leftS(swingFromS), Sureness.ofLeaving(pushShare()));
            }
        }
        angleRad += rateRadps * dtS;
        if (rateRadps > peakRadps) {
            peakRadps = rateRadps;
            peakS = timeS;
        }
        if (angleRad >= ENTER * scale.acceptRad(timeS) && peakRadps >= scale.acceptRadps(timeS) && stoodLongEnough()) {
            beginSwing();
        }
    }

    private boolean stoodLongEnough() {
        return swingFromS - contactS >= (flatTold ? LEAST_STANCE_S : RESTLESS_STANCE_S);
    }

    private boolean pushedOff() {
        return push.precedes(swingFromS, PUSH_TO_SWING_S);
    }

    private double pushShare() {
        return push.angleRad() / scale.usualRad();
    }

    private void beginSwing() {
        state = State.SWING;
        rest.clear();
        midSwingTold = false;
        pushed = pushedOff();
        double leftS = pushed ? push.leftS(swingFromS) : swingFromS;
        tellLeft(leftS, pushed ? Sureness.ofLeaving(pushShare()) : Sureness.NO_PUSH);
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
        rest.add(timeS, turnRadps, dtS, scale.usualRadps(timeS));
        if (rest.isRest() && angleRad >= scale.acceptRad(timeS)) {
            // Put down flat: the rate faded without ever reversing.
            land(timeS, rest.sinceS(), 0);
        } else if (timeS - swingFromS > LONGEST_SWING_S) {
            moments.onSwingEndRevoked();
            clearStride();
        } else if (rateRadps <= 0) {
            if (angleRad >= scale.acceptRad(timeS)) {
                state = State.LANDING;
                touchdown.start(zeroCrossing(timeS, rateRadps), peakS);
                touchdown.add(timeS, rateRadps);
                moments.onSwingEnd(touchdown.reversalS());
            } else {
                moments.onSwingEndRevoked();
                clearStride();
            }
        }
    }

    private void landing(double timeS, double rateRadps) {
        boolean mayDeepen = touchdown.mayDeepen(timeS);
        if (mayDeepen && rateRadps > RESUME * peakRadps) {
            state = State.SWING;
            moments.onSwingEndRevoked();
            return;
        }
        if (mayDeepen) {
            touchdown.add(timeS, rateRadps);
        }
        if (!mayDeepen || touchdown.isKnown(timeS, rateRadps, scale.landingRadps())) {
            land(timeS, touchdown.touchS(scale.landingRadps()), -touchdown.troughRadps());
        }
    }

    private void land(double timeS, double touchS, double landingRadps) {
        if (!midSwingTold) {
            tellMidSwing();
        }
        double usualRadps = scale.landingRadps();
        double confidence =
                Sureness.ofTouch(angleRad / scale.usualRad(), usualRadps > 0 ? landingRadps / usualRadps : 0.5);
        scale.learn(timeS, peakRadps, angleRad, landingRadps);
        push.landed();
        touch(touchS, confidence);
    }

    private void touch(double touchS, double confidence) {
        clearStride();
        flatStep.clear();
        contactS = touchS;
        leftTold = false;
        flatTold = false;
        moments.onMoment(Kind.INITIAL_CONTACT, touchS, confidence);
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
        push.clear();
        rest.clear();
    }

    private void watchRest(double timeS) {
        if (!rest.isFlat()) {
            return;
        }
        if (rest.isRest()) {
            // Only within a walk: a standing person moves the feet for other reasons.
            boolean walking = timeS - contactS <= WALK_S;
            if (walking && flatStep.happened(scale.usualRad(), scale.acceptRadps(timeS))) {
                double touchS = flatStep.touchS();
                boolean released = touchS - push.releaseS() >= FlatStep.LEAST_S;
                tellLeft(released ? push.releaseS() : flatStep.fromS(), Sureness.FLAT_STEP);
                touch(touchS, Sureness.FLAT_STEP);
            }
            flatStep.rest(timeS);
            push.rest();
        }
        if (!flatTold) {
            flatTold = true;
            moments.onMoment(Kind.FOOT_FLAT, rest.sinceS(), 0.8);
        }
    }

    private double zeroCrossing(double timeS, double rateRadps) {
        return Crossing.timeS(lastS, lastRadps, timeS, rateRadps, 0);
    }
}
