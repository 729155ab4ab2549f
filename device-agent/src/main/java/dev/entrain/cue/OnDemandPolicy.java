package dev.entrain.cue;

/**
 * Silent in ordinary walking; beats come only as the answer to a freeze, by the rules of {@link FreezeAnswer} and as
 * {@link CuePlanner#answerFreezing} was told, otherwise with {@value FreezeAnswer#FEWEST_BEATS} beats or more at the
 * walker's tempo less {@value FreezeAnswer#SLOWER_PCT} %. Not thread-safe; realtime-safe.
 */
public final class OnDemandPolicy implements CuePolicy {
    @Override
    public boolean onDemandOnly() {
        return true;
    }

    @Override
    public boolean proposeFirst(Walker walker, long earliestNs, Beat out) {
        return false;
    }

    @Override
    public void takeOver(Walker walker, Beat last) {
        // The planner ends the beats of whoever came before instead of handing them over.
    }

    @Override
    public void proposeNext(Walker walker, Beat last, Beat out) {
        out.even(last.gridNs + last.periodNs, last.periodNs, last.foot.other());
    }
}
