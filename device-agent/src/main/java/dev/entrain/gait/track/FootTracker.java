package dev.entrain.gait.track;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.alignment.SampleHistory;
import dev.entrain.gait.alignment.SideCheck;
import dev.entrain.gait.alignment.SmoothRate;
import dev.entrain.gait.alignment.SwingAxis;
import dev.entrain.gait.balance.NearFallDetector;
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
import dev.entrain.gait.track.SensorMounting.News;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/**
 * Everything about one foot: contacts, phase, predictions and strides, once {@link SensorMounting} knows how its sensor
 * sits.
 *
 * <p>Until the swing axis and its sign are known nothing is told. As soon as they are, the last seconds are gone through
 * again, so that the first steps are told too, late but honestly marked with the time of the decision. Not thread-safe;
 * realtime-safe.
 */
final class FootTracker implements FootMoments {
    /** Readings that come this much too early are not late ones but a clock set anew, s. */
    private static final double CLOCK_JUMP_S = 1.0;

    /** No foot is jolted harder, m/s2: sensors end at 200 g. One such number would stay in every mean for good. */
    private static final double MOST_MPS2 = 4000;

    /** No foot turns faster, rad/s: gyroscopes end at 4000 deg/s. */
    private static final double MOST_RADPS = 200;
    /** A foot that has not been heard of for longer may turn at any rate, s. */
    private static final double SILENT_S = 0.1;

    private final Foot foot;
    private final WalkTeller walk;
    private final FreezeDetector freeze;
    private final NearFallDetector balance;
    private final SensorMounting mounting;
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
     * @param balance of both feet; hears how this one swings and when it touches
     * @param walk is told what concerns both feet
     */
    FootTracker(
            Foot foot,
            FootSteps own,
            FootSteps other,
            FreezeDetector freeze,
            NearFallDetector balance,
            WalkTeller walk) {
        this.foot = foot;
        this.freeze = freeze;
        this.balance = balance;
        this.walk = walk;
        contacts = new ContactDetector(scale, own, other, this);
        mounting = new SensorMounting(foot);
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
        started = true;
        nowS = timeS;
        newContactS = Double.NaN;
        mounting.sense(sample, timeS, gapS);
        watchFreezing(timeS);
        News news = mounting.watch(sample, contacts.inSwing());
        if (news == News.TURNED) {
            balance.forget(foot);
            contacts.reset();
        } else if (news == News.FLIPPED || news == News.LOST) {
            forgetWalk();
        }
        if (news == News.FOUND) {
            lookBack();
        } else if (mounting.isFound()) {
            trackReading(sample, gapS);
        }
        watchBalance(sample);
        mounting.tell(sample.timeNs, sink);
        double share = phase.advance(timeS);
        footPhase.set(foot, sample.timeNs, share, phase.spread());
        sink.onFootPhase(footPhase);
        this.sink = SilentSink.SINK;
        return newContactS;
    }

    /** Hears how fast the other foot turns now, rad/s; NaN if unknown. */
    void hearOther(double turnRadps) {
        mounting.hearOther(turnRadps);
    }

    /** Returns how fast this foot turns at a time, rad/s; NaN if it has been silent too long to tell. */
    double turnRadps(double timeS) {
        return started && Math.abs(timeS - nowS) < SILENT_S ? mounting.turnRadps() : Double.NaN;
    }

    /**
     * A reading that is no number or no foot's, or that comes twice, is left out; after a clock that jumped back the walk
     * starts anew.
     */
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
            mounting.restart(timeS);
            forgetWalk();
            freeze.reset(timeS);
            balance.reset();
        }
        return !started || timeS > nowS;
    }

    /** Tells what the last reading says of which foot this is; returns whether it said anything. */
    boolean tellSide(SideCheck sides) {
        return mounting.tellSide(sides);
    }

    void setSwapped(double probability) {
        mounting.setSwapped(probability);
    }

    /** The other foot touched at {@code touchS}, decided at {@code decidedS}. */
    void otherContact(double touchS, double decidedS, GaitSink sink) {
        if (!mounting.isFound() || !(touchS > contactS)) {
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
        balance.contact(foot, timeS);
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
        double rateRadps = mounting.axis().rate(gx, gy, gz);
        if (predictor.advance(timeS, rateRadps, turn)) {
            tellPrediction();
        }
        contacts.add(timeS, rateRadps, turn, ax, ay, az);
        if (strides.add(timeS, ax, ay, az, gx, gy, gz, gapS, !contacts.inSwing())) {
            tellStride();
        }
    }

    private void watchFreezing(double timeS) {
        SwingAxis axis = mounting.axis();
        SmoothRate smooth = mounting.smooth();
        double pitchX = axis.rate(1, 0, 0);
        double pitchY = axis.rate(0, 1, 0);
        double pitchZ = axis.rate(0, 0, 1);
        freeze.add(foot, timeS, mounting.stepS(), smooth.x(), smooth.y(), smooth.z(), pitchX, pitchY, pitchZ);
        if (freeze.takeChange()) {
            Kind kind = freeze.isFrozen() ? Kind.FREEZE_ON : Kind.FREEZE_OFF;
            event.set(kind, freeze.foot(), toNs(freeze.changeS()), toNs(nowS), freeze.confidence());
            sink.onGaitEvent(event);
        }
    }

    private void watchBalance(ImuSample sample) {
        SmoothRate smooth = mounting.smooth();
        double pitch = mounting.isFound() ? mounting.axis().rate(smooth.x(), smooth.y(), smooth.z()) : Double.NaN;
        double turn = mounting.turnRadps();
        balance.add(foot, nowS, mounting.stepS(), pitch, turn, sample.axMps2, sample.ayMps2, sample.azMps2);
        if (balance.take()) {
            long decidedNs = toNs(nowS);
            long happenedNs = Math.min(decidedNs, toNs(balance.happenedS()));
            event.set(Kind.NEAR_FALL, balance.foot(), happenedNs, decidedNs, balance.confidence());
            sink.onGaitEvent(event);
        }
    }

    private void trackReading(ImuSample sample, double gapS) {
        double gx = mounting.gx();
        double gy = mounting.gy();
        double gz = mounting.gz();
        track(nowS, sample.axMps2, sample.ayMps2, sample.azMps2, gx, gy, gz, gapS);
    }

    /** Tells what happened in the readings that came before it was known how the sensor sits. */
    private void lookBack() {
        scale.start(nowS, mounting.swingRadps(), mounting.swingRad());
        SampleHistory history = mounting.history();
        double lastS = Double.NaN;
        for (int i = mounting.firstToLookAt(); i < history.size(); i++) {
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

    private void forgetWalk() {
        balance.forget(foot);
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
        mounting.hear(way.levelError());
        stride.set(foot, toNs(strides.startS()), toNs(strides.endS()), toNs(nowS), way.lengthM(), strideTimeS, stance)
                .withWay(way.lengthSdM(), way.clearanceM(), way.turnRad());
        walk.tell(stride, earlierContactS, contactS, nowS, sink);
    }

    private long toNs(double timeS) {
        return originNs + Math.round(timeS * 1e9);
    }
}
