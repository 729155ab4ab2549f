package dev.entrain.audio;

/**
 * Follows a sound card's own crystal: fits heard frame against CLOCK_MONOTONIC from the card's position reports.
 *
 * <p>A second-order delay-locked loop (Adriaensen, "Using a DLL to filter time", LAC 2005) of 0.2 Hz. A report can be
 * late without limit, because the thread that asks for it was held up or the card updates its position in steps, but
 * never early; so a late error counts at most 50 us while an early one counts in full. Twelve errors in a row over
 * 0.5 ms on the same side mean that the stream itself moved: the clock is anchored anew on the least late of them and
 * keeps the rate it had before. Three in a row that are more than 20 ms late, twice the coarsest steps of a card, mean so
 * too: it stood still for a while, and every beat until then would be as late.
 *
 * <p>Not thread-safe; realtime-safe.
 */
public final class CardFrameClock implements FrameClock {
    /** Errors in a row that make the clock anchor anew. */
    public static final int REANCHOR_RUN = 12;

    private static final double NS_PER_S = 1e9;
    private static final double BANDWIDTH_RADPS = 2 * Math.PI * 0.2;
    private static final double LATE_CLIP_NS = 50_000;
    private static final double RATE_LIMIT = 200e-6;
    private static final double REANCHOR_NS = 500_000;
    private static final double FAR_LATE_NS = 20_000_000;
    private static final int FAR_LATE_RUN = 3;
    private static final double LONGEST_STEP_S = 0.1;
    private static final int ACQUIRE_REPORTS = 16;

    private final double nominalNsPerFrame;
    private final long offsetNs;

    private boolean anchored;
    private int acquireLeft;
    private long refFrame;
    // The reference time is a whole and a fraction, because a double alone loses nanoseconds on a host up for months.
    private long refNs;
    private double refFractionNs;
    private double nsPerFrame;

    private double lastErrorNs;

    private int run;
    private boolean runLate;
    private double runLeastNs;
    private double nsPerFrameBeforeRun;

    /**
     * Makes a clock that is not anchored yet.
     *
     * @param rateHz nominal frames per second, at least 1
     * @param offsetNs how much later than the card says a frame is heard (converter, cable, loudspeaker), ns
     */
    public CardFrameClock(int rateHz, long offsetNs) {
        if (rateHz < 1) {
            throw new IllegalArgumentException("rateHz must be at least 1, not " + rateHz);
        }
        this.offsetNs = offsetNs;
        nominalNsPerFrame = NS_PER_S / rateHz;
        nsPerFrame = nominalNsPerFrame;
        nsPerFrameBeforeRun = nsPerFrame;
    }

    /** Forgets where the stream stands but keeps the rate; the next report anchors it. For after an underrun. */
    public void release() {
        anchored = false;
    }

    /** Returns whether at least one report anchors the clock, without which it cannot map. */
    public boolean anchored() {
        return anchored;
    }

    /** Returns by how much the card runs faster than nominal, parts per million, within +-200. */
    public double ratePpm() {
        return (nominalNsPerFrame / nsPerFrame - 1) * 1e6;
    }

    /** Returns by how much the newest report came later than the model expected it, ns; 0 until it is acquired. */
    public double lastErrorNs() {
        return lastErrorNs;
    }

    /**
     * Learns from one position report.
     *
     * @param timeNs when the report was made, CLOCK_MONOTONIC ns
     * @param frameIndex the frame that leaves the card at that moment
     * @return whether the clock had been anchored and was anchored anew
     */
    public boolean observe(long timeNs, long frameIndex) {
        if (!anchored) {
            anchored = true;
            acquireLeft = ACQUIRE_REPORTS;
            run = 0;
            lastErrorNs = 0;
            refFrame = frameIndex;
            refNs = timeNs;
            refFractionNs = 0;
            return false;
        }
        long frames = frameIndex - refFrame;
        if (frames <= 0) {
            return false; // The position did not move, so the report only says that time passes.
        }
        moveReference(frameIndex, frames * nsPerFrame);
        double errorNs = timeNs - refNs - refFractionNs;
        if (acquireLeft > 0) {
            acquireLeft--;
            if (errorNs < 0) {
                shift(errorNs); // The anchor itself was late; a report that is less late replaces it.
                return false;
            }
        }
        lastErrorNs = errorNs;
        if (reanchors(errorNs)) {
            return true;
        }
        follow(Math.min(errorNs, LATE_CLIP_NS), frames);
        return false;
    }

    @Override
    public long frameOf(long timeNs) {
        return refFrame + Math.round((timeNs - offsetNs - refNs - refFractionNs) / nsPerFrame);
    }

    @Override
    public long timeNsOf(long frameIndex) {
        return refNs + offsetNs + Math.round((frameIndex - refFrame) * nsPerFrame + refFractionNs);
    }

    private boolean reanchors(double errorNs) {
        if (Math.abs(errorNs) <= REANCHOR_NS) {
            run = 0;
            return false;
        }
        boolean late = errorNs > 0;
        if (run == 0 || late != runLate) {
            run = 0;
            runLate = late;
            runLeastNs = errorNs;
            nsPerFrameBeforeRun = nsPerFrame;
        }
        run++;
        runLeastNs = Math.min(runLeastNs, errorNs);
        if (run < (runLeastNs > FAR_LATE_NS ? FAR_LATE_RUN : REANCHOR_RUN)) {
            return false;
        }
        run = 0;
        nsPerFrame = nsPerFrameBeforeRun;
        shift(runLeastNs);
        return true;
    }

    private void follow(double errorNs, long frames) {
        double stepS = Math.min(frames * nominalNsPerFrame / NS_PER_S, LONGEST_STEP_S);
        double gain = BANDWIDTH_RADPS * stepS;
        shift(Math.sqrt(2) * gain * errorNs);
        nsPerFrame += gain * gain * errorNs / frames;
        nsPerFrame = Math.clamp(nsPerFrame, nominalNsPerFrame * (1 - RATE_LIMIT), nominalNsPerFrame * (1 + RATE_LIMIT));
    }

    private void moveReference(long frameIndex, double byNs) {
        refFrame = frameIndex;
        shift(byNs);
    }

    private void shift(double byNs) {
        double fraction = refFractionNs + byNs;
        long whole = (long) Math.floor(fraction);
        refNs += whole;
        refFractionNs = fraction - whole;
    }
}
