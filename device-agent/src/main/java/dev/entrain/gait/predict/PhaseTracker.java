package dev.entrain.gait.predict;

/**
 * Turns contacts and predictions of contacts into a phase that never runs backwards within a stride: the share of the time
 * from the last contact to the predicted one that has passed. When a revised prediction puts it back it waits, when it is
 * put forward it hurries, but it does not jump.
 *
 * <p>It freezes with the foot: while the foot stands the phase does not pass the usual share of the stance, and while the
 * swing has not ended it does not pass the usual share at which it ends.
 *
 * <p>A contact is decided a little after it happened. Once the end of swing shows it coming, the phase goes round at the
 * expected moment and the decision later confirms it.
 *
 * <p>Spread: phase p = (t - c0) / (c1 - c0), with c0 the last contact (known to s0, its detection), c1 the next (known to
 * s1, its prediction) and S = c1 - c0, so to first order
 *
 * <pre>  s2 = ((1 - p) s0 / S)2 + (p s1 / S)2 + (p - aim)2</pre>
 *
 * <p>where the last term is what waiting and hurrying leave of the way to the phase that is believed. Not thread-safe;
 * realtime-safe.
 */
public final class PhaseTracker {
    /** The phase waits here for a contact that is late. */
    private static final double WAIT = 0.999;

    /** The phase runs at most this many times as fast as usual to catch up. */
    private static final double FASTEST = 4.0;

    /** Without a contact for this many usual strides the walk has paused and there is no phase. */
    private static final double PAUSE_STRIDES = 2.5;

    /** Standard deviation of a contact's detection, s. */
    private static final double DETECTION_S = 0.01;

    /** Half width of a Gaussian's 80 % interval, in standard deviations. */
    private static final double HALF_WIDTH_80 = 1.2816;

    private final ContactPredictor predictor;

    private double phase = Double.NaN;
    private double spread = Double.NaN;
    private double lastS;
    private double contactS = Double.NaN;
    private boolean wrapped;

    /** Follows what a predictor believes of the same foot. */
    public PhaseTracker(ContactPredictor predictor) {
        this.predictor = predictor;
    }

    /** Forgets the walk. */
    public void reset() {
        phase = Double.NaN;
        spread = Double.NaN;
        contactS = Double.NaN;
        wrapped = false;
    }

    /**
     * A contact was decided.
     *
     * @param touchS when the foot touched, s
     * @param nowS time of the newest sample, s
     */
    public void contact(double touchS, double nowS) {
        contactS = touchS;
        double strideS = predictor.strideS();
        if (Double.isNaN(strideS)) {
            return;
        }
        double now = Math.clamp((nowS - touchS) / strideS, 0, WAIT);
        phase = wrapped ? Math.max(phase, now) : now;
        lastS = nowS;
        wrapped = false;
    }

    /** The newest contact was at {@code touchS}, later than told: the phase waits until it is right. */
    public void corrected(double touchS) {
        contactS = touchS;
    }

    /**
     * Moves on to a sample.
     *
     * @param nowS its time, s
     * @return phase in [0, 1) or NaN
     */
    public double advance(double nowS) {
        double strideS = predictor.strideS();
        if (Double.isNaN(phase) || Double.isNaN(strideS)) {
            return Double.NaN;
        }
        if (nowS - contactS > PAUSE_STRIDES * strideS) {
            reset();
            return Double.NaN;
        }
        double dtS = nowS - lastS;
        lastS = nowS;
        double expectedS = predictor.expectedS();
        double aim;
        if (!wrapped && predictor.swingEnded() && nowS >= expectedS) {
            wrapped = true;
            phase = 0;
            dtS = nowS - expectedS;
        }
        double share = 0;
        if (wrapped) {
            aim = Math.min(WAIT, phase + dtS / strideS);
            phase = aim;
        } else {
            double wholeS = Math.max(expectedS, nowS) - contactS;
            aim = Math.min(limit(strideS), (nowS - contactS) / wholeS);
            double step = Math.max(0, Math.min(aim - phase, FASTEST * dtS / strideS));
            phase = Math.min(WAIT, phase + step);
            share = phase;
            strideS = wholeS;
        }
        double first = (1 - share) * (wrapped ? predictor.halfWidthS() / HALF_WIDTH_80 : DETECTION_S) / strideS;
        double last = share * predictor.halfWidthS() / HALF_WIDTH_80 / strideS;
        spread = Math.sqrt(first * first + last * last + (phase - aim) * (phase - aim));
        return phase;
    }

    /** Returns the standard deviation of the newest phase, a fraction of the stride; NaN where there is no phase. */
    public double spread() {
        return spread;
    }

    /** How far the phase may run in what the foot is doing. */
    private double limit(double strideS) {
        if (predictor.swingEnded()) {
            return WAIT;
        }
        double leftS = predictor.inSwing() ? predictor.landingS() : ContactPredictor.OVERDUE * predictor.swingS();
        return Double.isNaN(leftS) ? WAIT : Math.clamp(1 - leftS / strideS, 0, WAIT);
    }
}
