package dev.entrain.cue;

/**
 * The one place that every beat passes on its way out: absolute tempo, the rate at which tempo may change, the ceiling
 * after a freeze, and how far an onset may leave the even grid. What a policy proposes may be anything; what leaves is
 * within the limits, because every value is clamped between bounds that come from the beat before. Not thread-safe;
 * realtime-safe.
 */
public final class CueLimits {
    /** Shortest interval between beats: 160 per minute, ns. Onsets are never closer, on the grid or off it. */
    public static final long MIN_PERIOD_NS = 375_000_000L;

    /** Longest interval between beats: 40 per minute, ns. */
    public static final long MAX_PERIOD_NS = 1_500_000_000L;

    /** Greatest relative change of tempo per second. */
    public static final double SLEW_PER_S = 0.01;

    /**
     * Greatest distance of an onset from the even grid, as a share of the period. Steps of 20 % asymmetry, (a-b)/(a+b),
     * lie 10 % before and behind an even grid; a stride time that varies by 3 % (CV) adds as much again three standard
     * deviations out.
     */
    public static final double MOST_IRREGULARITY = 0.2;

    /** A train of beats that begins this soon after another is heard as the same one: its tempo goes on, too. */
    private static final long BREAK_NS = 3_000_000_000L;

    /** A first beat is proposed no further ahead. */
    private static final long FARTHEST_FIRST_NS = 2 * MAX_PERIOD_NS;

    private final Beat newest = new Beat();
    private boolean any;
    private long heardNs;
    private long shortestNs = MIN_PERIOD_NS;

    /** Bounds tempo from now on: no interval on the grid shorter than this, ns; only ever tightens. */
    public void neverFasterThan(long periodNs) {
        shortestNs = Math.clamp(periodNs, shortestNs, MAX_PERIOD_NS);
    }

    /** Takes the bound of {@link #neverFasterThan} away. */
    public void clearCeiling() {
        shortestNs = MIN_PERIOD_NS;
    }

    /** Returns the shortest interval allowed at present, ns. */
    public long shortestNs() {
        return shortestNs;
    }

    /** Returns how much an interval of this length may differ from the one before it, ns. */
    public static long slewNs(long periodNs) {
        return (long) (periodNs * SLEW_PER_S * (periodNs * 1e-9));
    }

    /**
     * Takes note of a beat that is final; what comes after it is measured by it.
     *
     * @param heard whether it sounds; the tempo of beats that nobody heard for 3 s binds no new train
     */
    public void onFinal(Beat beat, boolean heard) {
        newest.copyFrom(beat);
        heardNs = heard || !any ? beat.onsetNs : heardNs;
        any = true;
    }

    /**
     * Brings the first beat of a train within the limits; it lies on its grid.
     *
     * @param beat the proposal, changed in place
     * @param earliestNs the beat may not come before this
     */
    public void limitFirst(Beat beat, long earliestNs) {
        long fromNs = any ? Math.max(earliestNs, newest.onsetNs + MIN_PERIOD_NS) : earliestNs;
        beat.onsetNs = Math.clamp(beat.onsetNs, fromNs, fromNs + FARTHEST_FIRST_NS);
        beat.gridNs = beat.onsetNs;
        beat.periodNs = Math.clamp(beat.periodNs, shortestNs, MAX_PERIOD_NS);
        if (any && beat.onsetNs - heardNs < BREAK_NS) {
            limitPeriod(beat, beat.periodNs, slewNs(newest.periodNs));
        }
    }

    /**
     * Brings a proposed beat within all limits: the interval to the newest final beat on the grid differs from the
     * interval before that by no more than the slew allows and lies within the absolute limits; a train that is faster
     * than the ceiling slows down at the slew limit. The onset lies near the grid and never closer to the onset before
     * it than {@link #MIN_PERIOD_NS}, whatever the grid says.
     *
     * @param beat the proposal, changed in place; afterwards its period is the interval on the grid
     * @param irregularity share of a period by which the onset may leave the grid; above {@link #MOST_IRREGULARITY} it
     *     is that
     * @param earliestNs an onset off the grid does not come before this, as far as the other bounds let it
     */
    public void limitNext(Beat beat, double irregularity, long earliestNs) {
        // Clamped as a time, not as a difference: a proposal at the end of the number range must not overflow.
        long slewNs = slewNs(newest.periodNs);
        long proposedNs = Math.clamp(beat.gridNs, newest.gridNs, newest.gridNs + 2 * MAX_PERIOD_NS) - newest.gridNs;
        limitPeriod(beat, proposedNs, slewNs);
        beat.gridNs = newest.gridNs + beat.periodNs;
        // A share that is no number compares false and counts as none.
        double share = irregularity > 0 ? Math.min(irregularity, MOST_IRREGULARITY) : 0;
        long roomNs = (long) (share * beat.periodNs);
        long latestNs = beat.gridNs + roomNs;
        long soonestNs = Math.max(beat.gridNs - roomNs, Math.min(earliestNs, latestNs));
        beat.onsetNs = Math.clamp(beat.onsetNs, roomNs == 0 ? beat.gridNs : soonestNs, latestNs);
        beat.onsetNs = Math.max(beat.onsetNs, newest.onsetNs + MIN_PERIOD_NS);
    }

    private void limitPeriod(Beat beat, long proposedNs, long slewNs) {
        long highNs = Math.min(MAX_PERIOD_NS, newest.periodNs + slewNs);
        long lowNs = Math.min(highNs, Math.max(shortestNs, newest.periodNs - slewNs));
        beat.periodNs = Math.clamp(proposedNs, lowNs, highNs);
    }
}
