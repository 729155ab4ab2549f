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
 *   <li>Final contact: the push-off lets go, see {@link PushOff}; {@link Leaving} tells it. That is when the rate passes zero if the push-off was
 *       large enough that a swing must follow, otherwise when the swing has proved to be one.
 *   <li>Initial contact: the foot meets the ground, see {@link Touchdown}.
 *   <li>Mid-swing: the greatest pitch rate of the swing. Foot flat: the foot is still, see {@link FootRest}.
 *   <li>Steps without a swing lobe: see {@link FlatStep}; whose turn it is: see {@link Alternation}; first steps: see
 *       {@link DoubtfulStep}.
 *   <li>A contact that turns out to have been none: see {@link SecondLook}.
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

    /** A push-off belongs to a swing that begins within this time after its peak, s. */
    private static final double PUSH_TO_SWING_S = 0.5;

    /** Without samples for longer, what the foot did is unknown, s. */
    private static final double BLIND_S = 0.3;

    /** A swing is full from this share of the usual angle and landing lobe. */
    private static final double FULL = 0.6;

    private enum State {
        STANCE,
        SWING,
        LANDING
    }

    private final SwingScale scale;
    private final FootMoments moments;
    private final FootSteps own;
    private final FootSteps other;
    private final Alternation turns;
    private final FootRest rest = new FootRest();
    private final PushOff push = new PushOff();
    private final Touchdown touchdown = new Touchdown();
    private final FlatStep flatStep = new FlatStep();
    private final DoubtfulStep doubtful = new DoubtfulStep();
    private final SecondLook secondLook = new SecondLook();
    private final Leaving leaving;

    private State state = State.STANCE;
    private boolean started;
    private double lastS;
    private double lastRadps;
    private double contactS = Double.NEGATIVE_INFINITY;

    private boolean flatTold = true;
    private double swingLeftS;

    private double swingFromS;
    private double angleRad;
    private double peakRadps;
    private double peakS;
    private boolean midSwingTold;
    private boolean pushed;

    /**
     * @param scale what this walker's swings are like; learns from accepted ones
     * @param own told of this foot's steps
     * @param other the other foot's steps; never written here
     * @param moments receives what is found
     */
    public ContactDetector(SwingScale scale, FootSteps own, FootSteps other, FootMoments moments) {
        this.scale = scale;
        this.own = own;
        this.other = other;
        turns = new Alternation(other);
        this.moments = moments;
        leaving = new Leaving(moments);
    }

    /** Forgets the present stride, not the walker. */
    public void reset() {
        started = false;
        clearStride();
        touchdown.clear();
        flatStep.forget();
        contactS = Double.NEGATIVE_INFINITY;
        flatTold = true;
        leaving.touched();
        doubtful.clear();
        secondLook.clear();
        own.clear();
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
        own.seen(timeS);
        if (started && timeS > lastS) {
            flatStep.add(timeS, turnRadps, rateRadps - lastRadps, ax, ay, az, timeS - lastS);
        }
        if (started && timeS - lastS > BLIND_S) {
            if (state != State.STANCE) {
                revokeSwing();
            }
            clearStride();
            flatStep.clear();
            doubtful.clear();
            started = false;
        }
        if (!started) {
            started = true;
            lastS = timeS;
            lastRadps = rateRadps;
            // A foot that is in the air already left at an unknown time.
            swingFromS = timeS;
            return;
        }
        double dtS = timeS - lastS;
        switch (state) {
            case STANCE -> stance(timeS, rateRadps, turnRadps, dtS);
            case SWING -> swing(timeS, rateRadps, turnRadps, dtS);
            case LANDING -> landing(timeS, rateRadps, turnRadps, dtS);
        }
        lastS = timeS;
        lastRadps = rateRadps;
    }

    private void stance(double timeS, double rateRadps, double turnRadps, double dtS) {
        rest.add(timeS, turnRadps, dtS, scale.usualRadps(timeS));
        watchRest(timeS);
        if (doubtful.isFollowed(other, timeS)) {
            stepFlat(doubtful.leftS(), doubtful.touchS());
        }
        push.add(lastS, lastRadps, timeS, rateRadps, scale.landingRadps());
        if (rateRadps <= 0) {
            angleRad = 0;
            peakRadps = 0;
            return;
        }
        if (lastRadps <= 0) {
            swingFromS = zeroCrossing(timeS, rateRadps);
            if (flatTold && mayLeave(timeS) && pushedOff() && pushShare() >= PushOff.CERTAIN) {
                leaving.tell(push.leftS(swingFromS), Sureness.ofLeaving(pushShare()));
            }
        }
        angleRad += rateRadps * dtS;
        if (rateRadps > peakRadps) {
            peakRadps = rateRadps;
            peakS = timeS;
        }
        if (angleRad >= ENTER * scale.acceptRad(timeS) && peakRadps >= scale.acceptRadps(timeS) && mayLeave(timeS)) {
            beginSwing(timeS);
        }
    }

    /**
     * A foot that came to rest may leave again soon. One that did not may still be trembling in the air, and then the other
     * foot has not touched since.
     */
    private boolean mayLeave(double timeS) {
        if (flatTold) {
            return swingFromS - contactS >= LEAST_STANCE_S;
        }
        return turns.isTurn(contactS, timeS) && swingFromS - contactS >= RESTLESS_STANCE_S;
    }

    private boolean pushedOff() {
        return push.precedes(swingFromS, PUSH_TO_SWING_S);
    }

    private double pushShare() {
        return push.angleRad() / scale.usualRad();
    }

    private void beginSwing(double timeS) {
        state = State.SWING;
        rest.clear();
        midSwingTold = false;
        pushed = pushedOff();
        double leftS = pushed ? push.leftS(swingFromS) : swingFromS;
        if (!other.areKnown(timeS) && doubtful.precedes(swingFromS)) {
            // Of the other foot nothing is known yet; a walk that follows at once began with that step.
            stepFlat(doubtful.leftS(), doubtful.touchS());
        }
        leaving.tell(leftS, pushed ? Sureness.ofLeaving(pushShare()) : Sureness.NO_PUSH);
        own.leaves(leftS);
        swingLeftS = leftS;
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
        } else if (rest.isRest() || timeS - swingFromS > LONGEST_SWING_S) {
            revokeSwing();
            watchRest(timeS);
            clearStride();
        } else if (rateRadps <= 0) {
            if (angleRad >= scale.acceptRad(timeS)) {
                state = State.LANDING;
                touchdown.start(zeroCrossing(timeS, rateRadps), peakS);
                touchdown.add(timeS, rateRadps);
                moments.onSwingEnd(touchdown.reversalS());
            } else {
                revokeSwing();
                clearStride();
            }
        }
    }

    private void revokeSwing() {
        state = State.STANCE;
        own.stays();
        moments.onSwingEndRevoked();
    }

    private void landing(double timeS, double rateRadps, double turnRadps, double dtS) {
        rest.add(timeS, turnRadps, dtS, scale.usualRadps(timeS));
        if (secondLook.waits(touchdown.reversalS(), timeS)) {
            if (rest.isFlat()) {
                land(timeS, Math.max(flatStep.touchS(), touchdown.reversalS()), -touchdown.troughRadps());
            } else if (touchdown.mayDeepen(timeS)) {
                touchdown.add(timeS, rateRadps);
            }
            return;
        }
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
        double size = angleRad / scale.usualRad();
        boolean full = pushed && size >= FULL && landingRadps >= FULL * scale.landingRadps();
        if (!full && !turns.isTurn(contactS, timeS)) {
            doubtful.hold(swingLeftS, touchS);
            flatStep.landed(timeS);
            push.landed();
            clearStride();
            revokeSwing();
            return;
        }
        double usualRadps = scale.landingRadps();
        double confidence = Sureness.ofTouch(size, usualRadps > 0 ? landingRadps / usualRadps : 0.5);
        scale.learn(timeS, peakRadps, angleRad, landingRadps);
        secondLook.landed(touchdown.reversalS(), touchS);
        push.landed();
        scale.lasted(Math.min(LONGEST_SWING_S, touchS - swingLeftS));
        own.touched(swingLeftS, touchS);
        touch(touchS, confidence);
        clearStride();
    }

    private void touch(double touchS, double confidence) {
        secondLook.told(flatStep.joltMps3());
        flatStep.landed(lastS);
        doubtful.clear();
        contactS = touchS;
        leaving.touched();
        flatTold = false;
        moments.onMoment(Kind.INITIAL_CONTACT, touchS, confidence);
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
        boolean resting = rest.isRest();
        if (resting || flatStep.isCalm()) {
            judgeFlatStep(timeS);
        }
        if (resting) {
            leaving.rest(timeS);
            flatStep.rest(timeS);
            push.rest();
        }
        if (rest.isFlat() && !flatTold) {
            lookAgain(timeS);
            flatTold = true;
            moments.onMoment(Kind.FOOT_FLAT, rest.sinceS(), 0.8);
        }
    }

    /**
     * The foot has come to rest at last. If it went on moving after the contact that was told, and then struck the ground
     * harder, while the other foot did not leave, it had only hesitated in the air or grazed the ground.
     */
    private void lookAgain(double timeS) {
        double touchS = flatStep.touchS();
        if (secondLook.revises(contactS, flatStep, timeS) && !other.leftBetween(contactS, touchS)) {
            moments.onContactRevised(contactS, touchS, 0.5);
            secondLook.hesitated();
            own.corrected(touchS);
            contactS = touchS;
        }
    }

    /**
     * A foot has moved without a swing lobe. In a walk it was a step if it is this foot's turn; a first step from standing
     * waits for the other foot to follow, for a standing person moves the feet for other reasons too.
     */
    private void judgeFlatStep(double timeS) {
        if (!flatStep.moved(scale.usualRad())) {
            return;
        }
        boolean large = flatStep.isLarge(scale.usualRad(), scale.acceptRadps(timeS));
        boolean felt = flatStep.isFelt();
        double touchS = flatStep.touchS();
        if (leaving.isNotBefore(touchS)) {
            return; // What has just been calm for a moment is the push-off; the step is still to come.
        }
        double leftS = flatStep.leftS(push.releaseS(), scale.usualSwingS());
        if (turns.isStep(contactS, touchS, timeS, large, felt, leaving.isTold())) {
            stepFlat(leftS, touchS);
        } else if (large && felt && !turns.isWalk(contactS, timeS)) {
            doubtful.hold(leftS, touchS);
        }
    }

    private void stepFlat(double leftS, double touchS) {
        leaving.tell(leftS, Sureness.FLAT_STEP);
        own.touched(leftS, touchS);
        touch(touchS, Sureness.FLAT_STEP);
    }

    private double zeroCrossing(double timeS, double rateRadps) {
        return Crossing.timeS(lastS, lastRadps, timeS, rateRadps, 0);
    }
}
