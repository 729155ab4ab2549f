package dev.entrain.gait.predict;

/**
 * Turns contacts and predictions of contacts into a phase that never runs backwards within a stride: the share of the time
 * from the last contact to the predicted one that has passed. When a revised prediction puts it back it waits, when it is
 * put forward it hurries, but it does not jump.
 *
 * <p>A contact is decided a little after it happened. Once the end of swing shows it coming, the phase goes round at the
 * expected moment and the decision later confirms it. Not thread-safe; realtime-safe.
 */
public final class PhaseTracker {
    /** The phase waits here for a contact that is late. */
    private static final double WAIT = 0.999;

    /** The phase runs at most this many times as fast as usual to catch up. */
    private static final double FASTEST = 4.0;

    /** Without a contact for this many usual strides the walk has paused and there is no phase. */
    private static final double PAUSE_STRIDES = 2.5;

    private double phase = Double.NaN;
    private double lastS;
    private double contactS = Double.NaN;
    private boolean wrapped;

    /** Forgets the walk. */
    public void reset() {
        phase = Double.NaN;
        contactS = Double.NaN;
        wrapped = false;
    }

    /**
     * A contact was decided.
     *
     * @param touchS when the foot touched, s
     * @param nowS time of the newest sample, s
     * @param strideS usual stride time, s; NaN while unknown
     */
    public void contact(double touchS, double nowS, double strideS) {
        contactS = touchS;
        if (Double.isNaN(strideS)) {
            return;
        }
        double now = Math.min(WAIT, Math.max(0, (nowS - touchS) / strideS));
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
     * @param expectedS when the next contact is expected, s; NaN if it is not
     * @param strideS usual stride time, s; NaN while unknown
     * @param swingEnded whether the swing has ended, so that the expected contact is the one that ends this stride
     * @return phase in [0, 1) or NaN
     */
    public double advance(double nowS, double expectedS, double strideS, boolean swingEnded) {
        if (Double.isNaN(phase) || Double.isNaN(strideS)) {
            return Double.NaN;
        }
        if (nowS - contactS > PAUSE_STRIDES * strideS) {
            reset();
            return Double.NaN;
        }
        double dtS = nowS - lastS;
        lastS = nowS;
        if (wrapped) {
            phase = Math.min(WAIT, phase + dtS / strideS);
        } else if (swingEnded && nowS >= expectedS) {
            wrapped = true;
            phase = Math.min(WAIT, (nowS - expectedS) / strideS);
        } else {
            double aim = (nowS - contactS) / (Math.max(expectedS, nowS) - contactS);
            double step = Math.max(0, Math.min(aim - phase, FASTEST * dtS / strideS));
            phase = Math.min(WAIT, phase + step);
        }
        return phase;
    }
}
