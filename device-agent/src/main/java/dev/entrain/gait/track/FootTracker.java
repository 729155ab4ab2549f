package dev.entrain.gait.track;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootAlignment.State;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.alignment.ClipWatch;
import dev.entrain.gait.alignment.GyroBias;
import dev.entrain.gait.alignment.MountingWatch;
import dev.entrain.gait.alignment.MountingWatch.Verdict;
import dev.entrain.gait.alignment.SampleHistory;
import dev.entrain.gait.alignment.SideCheck;
import dev.entrain.gait.alignment.SmoothRate;
import dev.entrain.gait.alignment.SwingAxis;
import dev.entrain.gait.alignment.SwingSign;
import dev.entrain.gait.contact.ContactDetector;
import dev.entrain.gait.contact.FootMoments;
import dev.entrain.gait.contact.FootSteps;
import dev.entrain.gait.contact.SwingScale;
import dev.entrain.gait.freeze.FreezeDetector;
import dev.entrain.gait.predict.ContactPredictor;
import dev.entrain.gait.predict.ContactPredictor.Source;
import dev.entrain.gait.predict.PhaseTracker;
import dev.entrain.gait.stride.Strapdown;
import dev.entrain.gait.stride.StrideIntegrator;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/**
 * Everything about one foot: finds how its sensor sits, then contacts, phase, predictions and strides.
 *
 * <p>Until the swing axis and its sign are known nothing is told. As soon as they are, the last seconds are gone through
 * again, so that the first steps are told too, late but honestly marked with the time of the decision. Not thread-safe;
 * realtime-safe.
 */
final class FootTracker implements FootMoments {
    /** Readings kept for the first steps: {@link #LOOK_BACK_S} at 400 Hz. */
    private static final int HISTORY = 1600;

    /** Older readings say nothing about the walk that has begun, s: two slow strides. */
    private static final double LOOK_BACK_S = 4.0;

    /** Between two attempts at finding the axis, s: each goes through the history once or twice. */
    private static final double ATTEMPT_S = 0.1;

    /** Votes that decide the sign first: half a clear stride, which one push-off and swing after standing exceed. */
    private static final double DECIDE = 0.8;

    /** Votes against the present sign that overturn it: more than one odd step can give. */
    private static final double OVERTURN = -1.0;

    /** The axis is refreshed when the foot is flat, and at the latest after this time, s. */
    private static final double REFRESH_S = 3.0;

    /** A longer time between samples says nothing about the rate in between, s. */
    private static final double LONGEST_STEP_S = 0.1;

    /** Readings that come this much too early are not late ones but a clock set anew, s. */
    private static final double CLOCK_JUMP_S = 1.0;

    /** No foot is jolted harder, m/s2: sensors end at 200 g. One such number would stay in every mean for good. */
    private static final double MOST_MPS2 = 4000;

    /** No foot turns faster, rad/s: gyroscopes end at 4000 deg/s. */
    private static final double MOST_RADPS = 200;

    private final Foot foot;
    private final WalkTeller walk;
    private final FreezeDetector freeze;
    private final SwingAxis axis = new SwingAxis();
    private final SwingSign sign = new SwingSign();
    private final GyroBias bias = new GyroBias();
    private final ClipWatch clips = new ClipWatch();
    private final MountingWatch watch = new MountingWatch();
    private final AlignmentReport report;
    private final SmoothRate smooth = new SmoothRate();
    private final SmoothRate replaySmooth = new SmoothRate();
    private final SampleHistory history = new SampleHistory(HISTORY);
    private final SwingScale scale = new SwingScale();
    private final ContactDetector contacts;
    private final ContactPredictor predictor = new ContactPredictor();
    private final PhaseTracker phase = new PhaseTracker(predictor);
    private final StrideIntegrator strides = new StrideIntegrator();
    private final GaitEvent event = new GaitEvent();
    private final ContactPrediction prediction = new ContactPrediction();
    private final FootPhase footPhase = new FootPhase();
    private final StrideEstimate stride = new StrideEstimate();

    private GaitSink sink = SilentSink.SINK;
    private long originNs;
    private double nowS;
    private double otherNowS;
    private boolean started;
    private boolean mounted;
    private boolean foundBefore;
    private State state = State.SEARCHING;
    private double swapped = Double.NaN;
    private double attemptS = Double.NEGATIVE_INFINITY;
    private double refreshS;
    private double contactS = Double.NaN;
    private double earlierContactS = Double.NaN;
    private double leaveS = Double.NaN;
    private double earlierLeaveS = Double.NaN;
    private double newContactS = Double.NaN;

    /**
     * @param foot the foot
     * @param own receives this foot's steps
     * @param other the other foot's steps
     * @param freeze of both feet; hears how this one turns and when it touches
     * @param walk is told what concerns both feet
     */
    FootTracker(Foot foot, FootSteps own, FootSteps other, FreezeDetector freeze, WalkTeller walk) {
        this.foot = foot;
        this.freeze = freeze;
        this.walk = walk;
        contacts = new ContactDetector(scale, own, other, this);
        report = new AlignmentReport(foot);
    }

    /**
     * Consumes one reading of this foot.
     *
     * @return time of the newest contact decided with this reading, s; NaN if none was
     */
    double add(ImuSample sample, long originNs, GaitSink sink) {
        this.sink = sink;
        this.originNs = originNs;
        double timeS = (sample.timeNs - originNs) * 1e-9;
        if (!isUsable(sample, timeS)) {
            return Double.NaN;
        }
        double gapS = started ? timeS - nowS : 0;
        double dtS = Math.min(LONGEST_STEP_S, gapS);
        started = true;
        nowS = timeS;
        newContactS = Double.NaN;
        bias.add(sample.gxRadps, sample.gyRadps, sample.gzRadps, dtS);
        double gx = sample.gxRadps - bias.x();
        double gy = sample.gyRadps - bias.y();
        double gz = sample.gzRadps - bias.z();
        smooth.add(gx, gy, gz, dtS);
        if (!clips.add(sample.gxRadps, sample.gyRadps, sample.gzRadps)) {
            // A clipped axis tilts the rate towards the other two.
            axis.add(smooth.x(), smooth.y(), smooth.z(), dtS);
        }
        watchFreezing(timeS, dtS);
        Verdict verdict = watch.add(sample.axMps2, sample.ayMps2, sample.azMps2, gx, gy, gz, gapS, axis, mounted);
        if (mounted) {
            watchMounting(timeS, axis.rate(smooth.x(), smooth.y(), smooth.z()), dtS, verdict);
        }
        if (mounted) {
            track(timeS, sample.axMps2, sample.ayMps2, sample.azMps2, gx, gy, gz, gapS);
        } else {
            history.add(timeS, sample.axMps2, sample.ayMps2, sample.azMps2, gx, gy, gz);
            if (axis.hasEnough() && timeS - attemptS >= ATTEMPT_S) {
                attemptS = timeS;
                findMounting();
            }
        }
        if (verdict != Verdict.NOTHING) {
            report.tell(state, sample.timeNs, axis, watch, sign.vote(), swapped, clips.everClipped(), sink);
        }
        double share = phase.advance(timeS);
        footPhase.set(foot, sample.timeNs, share, phase.spread());
        sink.onFootPhase(footPhase);
        this.sink = SilentSink.SINK;
        return newContactS;
    }

    /** A reading that is no number or no foot's, or that comes twice, is left out; after a clock that jumped back the walk starts anew. */
    private boolean isUsable(ImuSample sample, double timeS) {
        double acc = Math.max(Math.abs(sample.axMps2), Math.max(Math.abs(sample.ayMps2), Math.abs(sample.azMps2)));
        double gyr = Math.max(Math.abs(sample.gxRadps), Math.max(Math.abs(sample.gyRadps), Math.abs(sample.gzRadps)));
        // Not a number compares as false.
        if (!(acc <= MOST_MPS2 && gyr <= MOST_RADPS)) {
            return false;
        }
        if (started && timeS < nowS - CLOCK_JUMP_S) {
            started = false;
            walk.restart(nowS, sink);
            otherNowS = timeS;
            attemptS = Double.NEGATIVE_INFINITY;
            refreshS = timeS;
            sign.reset();
            history.clear();
            watch.reset();
            forgetWalk();
            freeze.reset();
        }
        return !started || timeS > nowS;
    }

    /** Tells what the last reading says of which foot this is; returns whether it said anything. */
    boolean tellSide(SideCheck sides) {
        if (!mounted || !watch.straight()) {
            return false;
        }
        sides.add(foot, watch.path().leftwardM(), watch.toesLeftRad(axis));
        return true;
    }

    void setSwapped(double probability) {
        swapped = probability;
    }

    /** The other foot touched at {@code touchS}, decided at {@code decidedS}. */
    void otherContact(double touchS, double decidedS, GaitSink sink) {
        if (!mounted || !(touchS > contactS)) {
            return;
        }
        this.sink = sink;
        otherNowS = decidedS;
        if (predictor.happened(Source.OTHER_CONTACT, touchS)) {
            tellPrediction();
        }
        this.sink = SilentSink.SINK;
    }

    @Override
    public void onMoment(Kind kind, double timeS, double confidence) {
        event.set(kind, foot, toNs(timeS), toNs(nowS), confidence);
        sink.onGaitEvent(event);
        switch (kind) {
            case INITIAL_CONTACT -> touched(timeS);
            case FINAL_CONTACT -> left(timeS);
            default -> {
                // Mid-swing and foot flat carry no news about the next contact.
            }
        }
    }

    @Override
    public void onContactRevised(double formerS, double timeS, double confidence) {
        event.set(Kind.CONTACT_REVISED, foot, toNs(timeS), toNs(nowS), confidence);
        event.formerNs = toNs(formerS);
        sink.onGaitEvent(event);
        contactS = timeS;
        strides.contact(timeS);
        phase.corrected(timeS);
        if (predictor.happened(Source.CONTACT, timeS)) {
            tellPrediction();
        }
    }

    @Override
    public void onSwingStart(double timeS) {
        if (predictor.happened(Source.FINAL_CONTACT, timeS)) {
            tellPrediction();
        }
    }

    @Override
    public void onSwingEnd(double timeS) {
        if (predictor.happened(Source.SWING_END, timeS)) {
            tellPrediction();
        }
    }

    @Override
    public void onSwingEndRevoked() {
        if (contacts.inSwing()) {
            predictor.swingResumed();
        } else {
            predictor.swingRevoked();
        }
    }

    private void touched(double timeS) {
        newContactS = timeS;
        boolean sameWalk = timeS - contactS <= ContactPredictor.LONGEST_STRIDE_S;
        earlierContactS = sameWalk ? contactS : Double.NaN;
        earlierLeaveS = leaveS;
        contactS = timeS;
        freeze.contact(foot, timeS);
        strides.contact(timeS);
        walk.contact(foot, timeS);
        if (predictor.contact(timeS)) {
            tellPrediction();
        }
        phase.contact(timeS, nowS);
    }

    private void left(double timeS) {
        leaveS = timeS;
        walk.leave(foot, timeS);
        if (strides.leave(timeS)) {
            tellStride();
        }
    }

    private void track(double timeS, double ax, double ay, double az, double gx, double gy, double gz, double gapS) {
        double turn = Math.sqrt(gx * gx + gy * gy + gz * gz);
        double rateRadps = axis.rate(gx, gy, gz);
        if (predictor.advance(timeS, rateRadps)) {
            tellPrediction();
        }
        contacts.add(timeS, rateRadps, turn, ax, ay, az);
        if (strides.add(timeS, ax, ay, az, gx, gy, gz, gapS, !contacts.inSwing())) {
            tellStride();
        }
    }

    private void watchFreezing(double timeS, double dtS) {
        double pitchX = axis.rate(1, 0, 0);
        double pitchY = axis.rate(0, 1, 0);
        double pitchZ = axis.rate(0, 0, 1);
        freeze.add(foot, timeS, dtS, smooth.x(), smooth.y(), smooth.z(), pitchX, pitchY, pitchZ);
        if (freeze.takeChange()) {
            Kind kind = freeze.isFrozen() ? Kind.FREEZE_ON : Kind.FREEZE_OFF;
            event.set(kind, freeze.foot(), toNs(freeze.changeS()), toNs(nowS), freeze.confidence());
            sink.onGaitEvent(event);
        }
    }

    private void watchMounting(double timeS, double rateRadps, double dtS, Verdict verdict) {
        sign.add(timeS, rateRadps, dtS);
        if (watch.justSpun()) {
            sign.doubt();
        }
        if (verdict == Verdict.TURNED) {
            turned();
        } else if (verdict == Verdict.LOST) {
            lose();
        } else if (sign.vote() < OVERTURN && !watch.supports(axis)) {
            state = State.CHANGED;
            watch.forgetWay();
            axis.flip();
            sign.reset();
            forgetWalk();
        } else if (timeS - refreshS > REFRESH_S && !contacts.inSwing()) {
            refreshS = timeS;
            axis.refresh();
        }
    }

    /** The sensor sits otherwise than it was thought: the way of the foot says how. The walk goes on. */
    private void turned() {
        state = State.CHANGED;
        axis.restart(watch.targetX(), watch.targetY(), watch.targetZ());
        refreshS = nowS;
        sign.reset();
        contacts.reset();
    }

    /** The sensor sits otherwise, and nothing says how: everything is looked for anew. */
    private void lose() {
        state = State.SEARCHING;
        mounted = false;
        axis.reset();
        sign.reset();
        forgetWalk();
    }

    /** Looks for axis and sign in the readings so far; if they are found, tells what happened in those readings. */
    private void findMounting() {
        axis.refresh();
        sign.reset();
        replaySign();
        if (Math.abs(sign.vote()) < DECIDE) {
            return;
        }
        if (sign.vote() < 0) {
            axis.flip();
            scale.start(nowS, sign.swingRadps(), sign.swingRad());
            sign.reset();
            replaySign();
        } else {
            scale.start(nowS, sign.swingRadps(), sign.swingRad());
        }
        axis.keepSide();
        mounted = true;
        state = foundBefore ? State.CHANGED : State.FOUND;
        foundBefore = true;
        refreshS = nowS;
        double lastS = Double.NaN;
        for (int i = firstToLookAt(); i < history.size(); i++) {
            double timeS = history.timeS(i);
            track(
                    timeS,
                    history.acc(i, 0),
                    history.acc(i, 1),
                    history.acc(i, 2),
                    history.gyr(i, 0),
                    history.gyr(i, 1),
                    history.gyr(i, 2),
                    Double.isNaN(lastS) ? 0 : timeS - lastS);
            lastS = timeS;
        }
        history.clear();
    }

    private void replaySign() {
        replaySmooth.reset();
        double lastS = Double.NaN;
        for (int i = firstToLookAt(); i < history.size(); i++) {
            double timeS = history.timeS(i);
            double dtS = Double.isNaN(lastS) ? 0 : Math.min(LONGEST_STEP_S, timeS - lastS);
            replaySmooth.add(history.gyr(i, 0), history.gyr(i, 1), history.gyr(i, 2), dtS);
            sign.add(timeS, axis.rate(replaySmooth.x(), replaySmooth.y(), replaySmooth.z()), dtS);
            lastS = timeS;
        }
    }

    private int firstToLookAt() {
        int first = 0;
        while (first < history.size() && history.timeS(first) < nowS - LOOK_BACK_S) {
            first++;
        }
        return first;
    }

    private void forgetWalk() {
        scale.reset();
        contacts.reset();
        predictor.reset();
        phase.reset();
        strides.reset();
        contactS = Double.NaN;
        earlierContactS = Double.NaN;
        leaveS = Double.NaN;
        earlierLeaveS = Double.NaN;
    }

    private void tellPrediction() {
        double atS = Math.max(nowS, otherNowS);
        // While the first steps are gone through again, a prediction may already lie behind.
        if (predictor.expectedS() > atS) {
            double strideS = predictor.strideS();
            prediction.set(
                    foot,
                    toNs(predictor.expectedS()),
                    Math.round(predictor.halfWidthS() * 1e9),
                    toNs(atS),
                    Double.isNaN(strideS) ? 0 : Math.round(strideS * 1e9));
            sink.onContactPrediction(prediction);
        }
    }

    private void tellStride() {
        double strideTimeS = contactS - earlierContactS;
        boolean leftBetween = earlierLeaveS > earlierContactS && earlierLeaveS < contactS;
        double stance = leftBetween ? (earlierLeaveS - earlierContactS) / strideTimeS : Double.NaN;
        Strapdown way = strides.way();
        stride.set(foot, toNs(strides.startS()), toNs(strides.endS()), toNs(nowS), way.lengthM(), strideTimeS, stance)
                .withWay(way.lengthSdM(), way.clearanceM(), way.turnRad());
        walk.tell(stride, earlierContactS, contactS, nowS, sink);
    }

    private long toNs(double timeS) {
        return originNs + Math.round(timeS * 1e9);
    }
}
