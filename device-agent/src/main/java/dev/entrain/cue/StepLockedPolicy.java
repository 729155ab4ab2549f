package dev.entrain.cue;

import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * Sonification: a sound at the predicted contact of the next foot, as final as any beat 150 ms ahead. Underneath lies an
 * even grid that follows the walker: its interval is his step period S, corrected by {@link Braking} with the mean e of
 * how late the sounds of both feet lie on it,
 *
 * <pre>  interval = S + sign(e) min(alpha |e|, sqrt(slew |e|)),   alpha = 0.25</pre>
 *
 * <p>and an onset leaves the grid by no more than {@link CueLimits#MOST_IRREGULARITY}, which is enough for 20 % asymmetry
 * (10 % to each side) and its variability. A walker who changes pace faster than tempo may change is heard late or early
 * by no more than that, then met again. Where a prediction is missing or further off, the sound is on the grid. Not
 * thread-safe; realtime-safe.
 */
public final class StepLockedPolicy implements CuePolicy {
    private static final double ALPHA = 0.25;

    @Override
    public double irregularity() {
        return CueLimits.MOST_IRREGULARITY;
    }

    @Override
    public boolean proposeFirst(Walker walker, long earliestNs, Beat out) {
        @Nullable Foot foot = walker.firstAfter(earliestNs);
        if (!walker.steps().steady() || foot == null) {
            return false;
        }
        out.even(walker.contactNs(foot), walker.periodNs(), foot);
        return true;
    }

    @Override
    public void takeOver(Walker walker, Beat last) {
        // Every proposal is made of the walker and the last beat alone.
    }

    @Override
    public void proposeNext(Walker walker, Beat last, Beat out) {
        long stepNs = walker.periodNs() > 0 ? walker.periodNs() : last.periodNs;
        long evenNs = last.gridNs + stepNs;
        out.foot = walker.footFor(evenNs, stepNs, last.foot.other());
        long contactNs = walker.contactNs(out.foot);
        boolean expected = Math.abs(contactNs - evenNs) < stepNs / 2;
        out.onsetNs = expected ? contactNs : evenNs;
        long meanNs = (out.onsetNs - evenNs + last.onsetNs - last.gridNs) / 2;
        out.periodNs = stepNs + Braking.correctionNs(ALPHA, meanNs, last.periodNs);
        out.gridNs = last.gridNs + out.periodNs;
        if (!expected) {
            out.onsetNs = out.gridNs;
        }
    }
}
