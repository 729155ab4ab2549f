package dev.entrain.entrainment;

/**
 * Whether the walker is locked to the beat now: {@link LockCriterion} over the latest {@value #WINDOW} steps with a beat.
 * Not thread-safe; realtime-safe (0 bytes; about 10 us a step).
 *
 * <p>A step without a beat is no observation. A walker who leaves the beat by 3 % is noticed after 12 s at the latest (300
 * simulated walkers).
 */
public final class LockDetector {
    /** Observations of one decision: 17 s at 110 steps/min. */
    public static final int WINDOW = 32;

    /** Fewest observations of a decision. */
    public static final int FEWEST = 16;

    /** After so long without a step with a beat the window begins anew, ns. */
    public static final long FORGET_NS = 5_000_000_000L;

    /** {@link #lockedShare} looks back so far, ns of walking with beats. */
    public static final long SHARE_NS = 60_000_000_000L;

    private final LockCriterion criterion = new LockCriterion(WINDOW);
    private final double[] thetaRad = new double[WINDOW];
    private final long[] place = new long[WINDOW];
    private final StepPlace places = new StepPlace();
    private final LockedTime share = new LockedTime(SHARE_NS);
    private int count;
    private long newestPlace;
    private long lastStepNs;
    private long missingSinceNs;
    private boolean locked;

    /** Forgets everything. */
    public void reset() {
        count = 0;
        locked = false;
        share.reset();
    }

    /**
     * Takes a step.
     *
     * @param timeNs initial contact, ns; a step that goes back in time is ignored
     * @param paired whether a beat lies within half its period
     * @param asynchronyNs step minus beat, ns, negative = step first
     * @param periodNs interval of the beat, ns; over 0
     */
    public void onStep(long timeNs, boolean paired, long asynchronyNs, long periodNs) {
        if (!paired || periodNs <= 0 || (count > 0 && timeNs - lastStepNs < 0)) {
            return;
        }
        if (count == 0 || timeNs - lastStepNs > FORGET_NS) {
            count = 0;
            locked = false;
            newestPlace = 0;
            places.start(timeNs);
            missingSinceNs = timeNs;
        } else {
            newestPlace = places.next(timeNs, periodNs);
        }
        long sinceNs = count == 0 ? 0 : timeNs - lastStepNs;
        lastStepNs = timeNs;
        observe(2 * Math.PI * asynchronyNs / periodNs);
        if (known()) {
            share.add(sinceNs, locked);
            decide(timeNs);
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

    /**
     * Returns the share of the last 60 s of walking with beats that was locked, 0 to 1, of what there is since it was
     * known; NaN while unknown.
     */
    public double lockedShare() {
        return known() ? share.share() : Double.NaN;
    }

    /** Returns whether {@link #lockedShare} is of 60 s. */
    public boolean wholeShare() {
        return share.whole();
    }

    /**
     * Returns for how long lock has been missing, ns: since it was lost, or since the first step with a beat. 0 while
     * locked or unknown; it stops counting {@link #FORGET_NS} after the last step with a beat.
     */
    public long unlockedNs(long nowNs) {
        if (locked || !known()) {
            return 0;
        }
        long sinceStepNs = Math.clamp(nowNs - lastStepNs, 0, FORGET_NS);
        return lastStepNs - missingSinceNs + sinceStepNs;
    }

    private void observe(double phaseRad) {
        if (count == WINDOW) {
            System.arraycopy(thetaRad, 1, thetaRad, 0, WINDOW - 1);
            System.arraycopy(place, 1, place, 0, WINDOW - 1);
            count--;
        }
        thetaRad[count] = phaseRad;
        place[count] = newestPlace;
        count++;
    }

    private void decide(long timeNs) {
        boolean now = criterion.locked(thetaRad, place, count);
        if (locked && !now) {
            missingSinceNs = timeNs;
        }
        locked = now;
    }
}
