package dev.entrain.gait.track;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.alignment.GyroBias;
import dev.entrain.gait.alignment.SampleHistory;
import dev.entrain.gait.alignment.SmoothRate;
import dev.entrain.gait.alignment.SwingAxis;
import dev.entrain.gait.alignment.SwingSign;
import dev.entrain.gait.contact.ContactDetector;
import dev.entrain.gait.contact.FootMoments;
import dev.entrain.gait.contact.SwingScale;
import dev.entrain.gait.freeze.FreezeDetector;
import dev.entrain.gait.predict.ContactPredictor;
import dev.entrain.gait.predict.ContactPredictor.Source;
import dev.entrain.gait.predict.PhaseTracker;
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

    private final Foot foot;
    private final FreezeDetector freeze;
    private final SwingAxis axis = new SwingAxis();
    private final SwingSign sign = new SwingSign();
    private final GyroBias bias = new GyroBias();
    private final SmoothRate smooth = new SmoothRate();
    private final SmoothRate replaySmooth = new SmoothRate();
    private final SampleHistory history = new SampleHistory(HISTORY);
    private final SwingScale scale = new SwingScale();
    private final ContactDetector contacts = new ContactDetector(scale, this);
    private final ContactPredictor predictor = new ContactPredictor();
    private final PhaseTracker phase = new PhaseTracker();
    private final StrideIntegrator strides = new StrideIntegrator();
    private final GaitEvent event = new GaitEvent();
    private final ContactPrediction prediction = new ContactPrediction();
    private final FootPhase footPhase = new FootPhase();
    private final StrideEstimate stride = new StrideEstimate();

    private GaitSink sink = Silent.SINK;
    private long originNs;
    private double nowS;
    private double otherNowS;
    private boolean started;
    private boolean mounted;
    private double attemptS = Double.NEGATIVE_INFINITY;
    private double refreshS;
    private boolean swingEnded;
    private double contactS = Double.NaN;
    private double earlierContactS = Double.NaN;
    private double leaveS = Double.NaN;
    private double earlierLeaveS = Double.NaN;
    private double newContactS = Double.NaN;

    /** @param freeze of both feet; hears how this one turns and when it touches */
    FootTracker(Foot foot, FreezeDetector freeze) {
        this.foot = foot;
        this.freeze = freeze;
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
        double dtS = started ? Math.min(LONGEST_STEP_S, timeS - nowS) : 0;
        double gapS = started ? timeS - nowS : 0;
        started = true;
        nowS = timeS;
        newContactS = Double.NaN;
        bias.add(sample.gxRadps, sample.gyRadps, sample.gzRadps, dtS);
        double gx = sample.gxRadps - bias.x();
        double gy = sample.gyRadps - bias.y();
        double gz = sample.gzRadps - bias.z();
        smooth.add(gx, gy, gz, dtS);
        axis.add(smooth.x(), smooth.y(), smooth.z(), dtS);
        watchFreezing(timeS, dtS);
        if (mounted) {
            watchMounting(timeS, axis.rate(smooth.x(), smooth.y(), smooth.z()), dtS);
            track(timeS, sample.axMps2, sample.ayMps2, sample.azMps2, gx, gy, gz, gapS);
        } else {
            history.add(timeS, sample.axMps2, sample.ayMps2, sample.azMps2, gx, gy, gz);
            if (axis.hasEnough() && timeS - attemptS >= ATTEMPT_S) {
                attemptS = timeS;
                findMounting();
            }
        }
        double expectedS = predictor.expectedS();
        footPhase.set(foot, sample.timeNs, phase.advance(timeS, expectedS, predictor.strideS(), swingEnded));
        sink.onFootPhase(footPhase);
        this.sink = Silent.SINK;
        return newContactS;
    }

    /** A reading that is no number or comes twice is left out; after a clock that jumped back the walk starts anew. */
    private boolean isUsable(ImuSample sample, double timeS) {
        double sum = sample.axMps2 + sample.ayMps2 + sample.azMps2 + sample.gxRadps + sample.gyRadps + sample.gzRadps;
        if (!Double.isFinite(sum)) {
            return false;
        }
        if (started && timeS < nowS - CLOCK_JUMP_S) {
            started = false;
            otherNowS = timeS;
            attemptS = Double.NEGATIVE_INFINITY;
            refreshS = timeS;
            sign.reset();
            history.clear();
            forgetWalk();
            freeze.reset();
        }
        return !started || timeS > nowS;
    }

    /** The other foot touched at {@code touchS}, decided at {@code decidedS}. */
    void otherContact(double touchS, double decidedS, GaitSink sink) {
        if (!mounted || !(touchS > contactS)) {
            return;
        }
        this.sink = sink;
        otherNowS = decidedS;
        predictor.happened(Source.OTHER_CONTACT, touchS);
        predict(Source.OTHER_CONTACT);
        this.sink = Silent.SINK;
    }

    @Override
    public void onMoment(Kind kind, double timeS, double confidence) {
        event.set(kind, foot, toNs(timeS), toNs(nowS), confidence);
        sink.onGaitEvent(event);
        switch (kind) {
            case INITIAL_CONTACT -> touched(timeS);
            case FINAL_CONTACT -> left(timeS);
            case MID_SWING -> {
                predictor.happened(Source.MID_SWING, timeS);
                predict(Source.MID_SWING);
            }
            default -> {
                // Foot flat carries no news about the next contact.
            }
        }
    }

    @Override
    public void onSwingStart(double timeS) {
        predictor.happened(Source.FINAL_CONTACT, timeS);
        predict(Source.FINAL_CONTACT);
    }

    @Override
    public void onSwingEnd(double timeS) {
        swingEnded = true;
        predictor.happened(Source.SWING_END, timeS);
        predict(Source.SWING_END);
    }

    @Override
    public void onSwingEndRevoked() {
        swingEnded = false;
        predictor.revoked(Source.SWING_END);
        if (!contacts.inSwing()) {
            predictor.revoked(Source.FINAL_CONTACT);
            predictor.revoked(Source.MID_SWING);
        }
    }

    private void touched(double timeS) {
        swingEnded = false;
        newContactS = timeS;
        boolean sameWalk = timeS - contactS <= ContactPredictor.LONGEST_STRIDE_S;
        earlierContactS = sameWalk ? contactS : Double.NaN;
        earlierLeaveS = leaveS;
        contactS = timeS;
        freeze.contact(foot, timeS);
        strides.contact(timeS);
        predictor.contact(timeS);
        predict(Source.CONTACT);
        phase.contact(timeS, nowS, predictor.strideS());
    }

    private void left(double timeS) {
        leaveS = timeS;
        if (strides.leave()) {
            tellStride();
        }
    }

    private void track(double timeS, double ax, double ay, double az, double gx, double gy, double gz, double gapS) {
        double turn = Math.sqrt(gx * gx + gy * gy + gz * gz);
        contacts.add(timeS, axis.rate(gx, gy, gz), turn, ax, ay, az);
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

    private void watchMounting(double timeS, double rateRadps, double dtS) {
        sign.add(timeS, rateRadps, dtS);
        if (sign.vote() < OVERTURN) {
            axis.flip();
            sign.reset();
            forgetWalk();
        } else if (timeS - refreshS > REFRESH_S && !contacts.inSwing()) {
            refreshS = timeS;
            axis.refresh();
        }
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
        swingEnded = false;
        contactS = Double.NaN;
        earlierContactS = Double.NaN;
        leaveS = Double.NaN;
        earlierLeaveS = Double.NaN;
    }

    private void predict(Source newest) {
        double atS = Math.max(nowS, otherNowS);
        // While the first steps are gone through again, a prediction may already lie behind.
        if (predictor.predict(atS, newest) && predictor.expectedS() > atS) {
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
        stride.set(
                foot, toNs(strides.startS()), toNs(strides.endS()), toNs(nowS), strides.lengthM(), strideTimeS, stance);
        sink.onStride(stride);
    }

    private long toNs(double timeS) {
        return originNs + Math.round(timeS * 1e9);
    }

    /** Stands in while no reading is being consumed, so that no caller's sink is kept. */
    private enum Silent implements GaitSink {
        SINK;

        @Override
        public void onGaitEvent(GaitEvent event) {}

        @Override
        public void onContactPrediction(ContactPrediction prediction) {}

        @Override
        public void onFootPhase(FootPhase phase) {}

        @Override
        public void onStride(StrideEstimate stride) {}
    }
}
