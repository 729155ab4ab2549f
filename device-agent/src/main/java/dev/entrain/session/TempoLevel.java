package dev.entrain.session;

import dev.entrain.entrainment.LockDetector;

/**
 * How far the cues' tempo is from C0, and when it changes.
 *
 * <ul>
 *   <li><b>Up</b> one step when the walker has walked locked for the block's {@code stepS} at the present level.
 *   <li><b>Down</b> one step, but not below the start, when lock has been missing for over {@value #LOST_S} s.
 *   <li><b>No see-saw</b>: a level that was lost is tried again only after lock was held {@value #REGAIN} times as long, and
 *       as many times longer again after a second loss; after {@value #MOST_LOSSES} losses not again in this session.
 *   <li><b>Never up</b> after a freeze, after "too fast", or while C0 or the baseline's speed is below the programme's bound.
 * </ul>
 *
 * Not thread-safe; realtime-safe.
 */
final class TempoLevel {
    static final int LOST_S = 20;
    static final int REGAIN = 3;
    static final int MOST_LOSSES = 3;

    /** However often a patient says "too fast", tempo stays within this of C0 (the programme's own bound), %. */
    static final double LOWEST_PCT = -20;

    /** "Too fast" slows by a step, by this where the programme has none, %. */
    private static final double SLOWER_PCT = 2;

    /** Words at a rise: at the first, and then when tempo is so much above what was last said, %. */
    private static final double WORTH_SAYING_PCT = 4;

    /** Words about tempo have at least this between them, ns. */
    private static final long WORDS_NS = 30_000_000_000L;

    private static final double ROUNDING_PCT = 1e-6;

    /** What happened to the level. */
    enum Change {
        NONE,
        UP,
        DOWN
    }

    private final Programme.Tempo tempo;
    private double levelPct;
    private double lostPct = Double.POSITIVE_INFINITY;
    private double saidPct;
    private boolean said;
    private long saidNs;
    private int losses;
    private boolean mayProgress = true;
    private long lockedNs;
    private long levelSinceNs;

    TempoLevel(Programme.Tempo tempo) {
        this.tempo = tempo;
        levelPct = tempo.startPct();
        saidPct = levelPct;
    }

    /** Takes a level again after a restart of the unit. */
    void resume(double pct, boolean progress) {
        levelPct = pct;
        saidPct = pct;
        mayProgress = progress;
    }

    double pct() {
        return levelPct;
    }

    boolean mayProgress() {
        return mayProgress;
    }

    /** Returns whether a level was lost so often that none is tried again. */
    boolean exhausted() {
        return losses >= MOST_LOSSES;
    }

    /** No rise any more in this session. */
    void forbidProgress() {
        mayProgress = false;
    }

    /** Decides by the baseline walk whether tempo may be raised; a speed that is not known is no reason against. */
    void judge(double baselineSpm, double speedMps) {
        if (baselineSpm < tempo.minCadenceSpm() || speedMps < tempo.minSpeedMps()) {
            mayProgress = false;
        }
    }

    /** The patient said "too fast". */
    void tooFast() {
        mayProgress = false;
        double stepPct = tempo.stepPct() > 0 ? tempo.stepPct() : SLOWER_PCT;
        levelPct = Math.max(LOWEST_PCT, levelPct - stepPct);
    }

    /** Counts anew how long lock has been held or missing. */
    void settle(long nowNs) {
        lockedNs = 0;
        levelSinceNs = nowNs;
    }

    /**
     * Lets time pass in a block of progress.
     *
     * @param passedNs since the cycle before
     * @param walking whether the walker walks with beats; only such time counts as locked
     * @param stepS locked for so long, tempo rises
     * @param mostPct no tempo above, % against C0, besides the programme's ceiling
     */
    Change advance(long nowNs, long passedNs, boolean walking, LockDetector lock, double stepS, double mostPct) {
        if (!lock.locked()) {
            lockedNs = 0;
        } else if (walking) {
            lockedNs += passedNs;
        }
        long lostNs = Math.min(lock.unlockedNs(nowNs), nowNs - levelSinceNs);
        if (lostNs > LOST_S * 1_000_000_000L && levelPct > tempo.startPct() + ROUNDING_PCT) {
            losses++;
            lostPct = Math.min(lostPct, levelPct);
            levelPct = Math.max(tempo.startPct(), levelPct - tempo.stepPct());
            settle(nowNs);
            return Change.DOWN;
        }
        double nextPct = levelPct + tempo.stepPct();
        double highestPct = Math.min(tempo.ceilingPct(), mostPct) + ROUNDING_PCT;
        if (mayProgress && tempo.stepPct() > 0 && nextPct <= highestPct && lockedNs * 1e-9 >= neededS(nextPct, stepS)) {
            levelPct = nextPct;
            settle(nowNs);
            return Change.UP;
        }
        return Change.NONE;
    }

    /** Returns whether a change is worth words, and if so counts it as said. */
    boolean worthSaying(Change change, long nowNs) {
        boolean rested = !said || nowNs - saidNs >= WORDS_NS;
        boolean due = switch (change) {
            case NONE -> false;
            case DOWN -> rested;
            case UP -> rested && (!said || levelPct >= saidPct + WORTH_SAYING_PCT - ROUNDING_PCT);
        };
        if (due) {
            said = true;
            saidNs = nowNs;
            saidPct = levelPct;
        } else if (change == Change.DOWN) {
            saidPct = Math.min(saidPct, levelPct);
        }
        return due;
    }

    private double neededS(double nextPct, double stepS) {
        if (nextPct < lostPct - ROUNDING_PCT) {
            return stepS;
        }
        if (exhausted()) {
            return Double.POSITIVE_INFINITY;
        }
        double needS = stepS;
        for (int i = 0; i < losses; i++) {
            needS *= REGAIN;
        }
        return needS;
    }
}
