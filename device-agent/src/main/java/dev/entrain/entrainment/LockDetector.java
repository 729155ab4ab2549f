package dev.entrain.entrainment;

/**
 * Whether the walker is locked to the beat. Not thread-safe; realtime-safe (0 bytes).
 *
 * <p>An observation is the relative phase of a step with a beat, {@code theta = 2 pi asynchrony / period}. Over the latest
 * {@value #WINDOW} of them the walker is locked when both hold:
 *
 * <ul>
 *   <li><b>concentrated</b>: the mean resultant length about the mean direction is so great as chance seldom makes it
 *       (Rayleigh's criterion);
 *   <li><b>not drifting</b>: the slope of the relative phase over the beats is not different from zero by more than a
 *       walker shows who is locked.
 * </ul>
 *
 * The two tests are those of Fayyad et al. (2024), PLOS ONE 19(12): e0315607, who found 91 % of windows as people judge
 * them; windows and bounds here are our own.
 *
 * <p>Each mean is taken apart for even and odd beats: a hemiparetic walker's feet keep two different phases, and he is
 * locked when both keep theirs. Counting beats and not steps, a missed step changes neither side nor slope.
 */
public final class LockDetector {
    /** Observations of one decision. */
    public static final int WINDOW = 32;

    /** Fewest observations of a decision. */
    public static final int FEWEST = 16;

    /** After so long without a step with a beat the window begins anew, ns. */
    public static final long FORGET_NS = 5_000_000_000L;

    /** {@link #lockedShare} looks back so far, ns of walking with beats. */
    public static final long SHARE_NS = 60_000_000_000L;

    private static final double CONCENTRATED = 0.5;
    private static final double LEAST_DRIFT = 0.025;
    private static final double SLOPE_ERRORS = 3;

    private final double[] theta = new double[WINDOW];
    private final long[] beat = new long[WINDOW];
    private final double[] centred = new double[WINDOW];
    private final LockedTime share = new LockedTime(SHARE_NS);
    private int count;
    private int at;
    private long beatIndex;
    private long lastBeatNs;
    private long lastStepNs;
    private long missingSinceNs;
    private boolean locked;

    /** Forgets everything. */
    public void reset() {
        count = 0;
        at = 0;
        beatIndex = 0;
        locked = false;
        share.reset();
    }

    /**
     * Takes a step.
     *
     * @param timeNs initial contact, ns; a step that goes back in time is ignored
     * @param paired whether a beat lies within half its period; a step without one is no observation
     * @param asynchronyNs step minus beat, ns, negative = step first
     * @param periodNs interval of the beat, ns; over 0
     */
    public void onStep(long timeNs, boolean paired, long asynchronyNs, long periodNs) {
        if (!paired || periodNs <= 0) {
            return;
        }
        long sinceNs = timeNs - lastStepNs;
        if (count > 0 && sinceNs < 0) {
            return;
        }
        if (count == 0 || sinceNs > FORGET_NS) {
            count = 0;
            at = 0;
            beatIndex = 0;
            locked = false;
            missingSinceNs = timeNs;
            lastBeatNs = timeNs - asynchronyNs;
            sinceNs = 0;
        }
        long beatNs = timeNs - asynchronyNs;
        beatIndex += Math.max(0, (beatNs - lastBeatNs + periodNs / 2) / periodNs);
        lastBeatNs = beatNs;
        lastStepNs = timeNs;
        theta[at] = 2 * Math.PI * asynchronyNs / periodNs;
        beat[at] = beatIndex;
        at = (at + 1) % WINDOW;
        count = Math.min(count + 1, WINDOW);
        if (known()) {
            share.add(sinceNs, locked);
            boolean now = concentrated() && !drifting();
            if (locked && !now) {
                missingSinceNs = timeNs;
            }
            locked = now;
        }
    }

    /** Returns whether there were enough steps with beats to decide. */
    public boolean known() {
        return count >= FEWEST;
    }

    /** Returns whether the walker is locked; false while unknown. */
    public boolean locked() {
        return locked;
    }

    /** Returns the share of the last 60 s of walking with beats that was locked, 0 to 1; NaN while unknown. */
    public double lockedShare() {
        return known() ? share.share() : Double.NaN;
    }

    /**
     * Returns for how long lock has been missing, ns: since it was lost, or since the first step with a beat. 0 while
     * locked or unknown; it stops counting {@link #FORGET_NS} after the last step with a beat.
     */
    public long unlockedNs(long nowNs) {
        return locked || !known() ? 0 : Math.max(0, Math.min(nowNs, lastStepNs + FORGET_NS) - missingSinceNs);
    }

    /** Centres each side on its mean direction and tells whether the phases lie close to it. */
    private boolean concentrated() {
        double resultant = centre(0) + centre(1);
        return resultant >= CONCENTRATED * count;
    }

    private double centre(int side) {
        double x = 0;
        double y = 0;
        for (int i = 0; i < count; i++) {
            if ((beat[i] & 1) == side) {
                x += Math.cos(theta[i]);
                y += Math.sin(theta[i]);
            }
        }
        double mean = Math.atan2(y, x);
        for (int i = 0; i < count; i++) {
            if ((beat[i] & 1) == side) {
                centred[i] = Math.IEEEremainder(theta[i] - mean, 2 * Math.PI);
            }
        }
        return Math.sqrt(x * x + y * y);
    }

    private boolean drifting() {
        double meanBeat = 0;
        double meanPhase = 0;
        for (int i = 0; i < count; i++) {
            meanBeat += beat[i] - beatIndex;
            meanPhase += centred[i];
        }
        meanBeat /= count;
        meanPhase /= count;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < count; i++) {
            double x = beat[i] - beatIndex - meanBeat;
            double y = centred[i] - meanPhase;
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
        if (xx == 0) {
            return false;
        }
        double slope = xy / xx;
        double error = Math.sqrt(Math.max(0, yy - slope * xy) / (count - 2) / xx);
        return Math.abs(slope) > Math.max(LEAST_DRIFT, SLOPE_ERRORS * error);
    }
}
