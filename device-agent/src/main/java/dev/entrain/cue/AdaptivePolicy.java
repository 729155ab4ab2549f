package dev.entrain.cue;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * Follows the walker's cadence: the period is the walker's own, the phase is corrected by a fraction of the asynchrony
 * (discrete phase and period correction, Repp 2005; Repp and Su 2013).
 *
 * <p>With IBI the interval between beats, S the walker's step period and e the mean asynchrony of both feet outside a dead zone:
 *
 * <pre>  IBI = S + sign(e) min(alpha |e|, sqrt(slew |e|))</pre>
 *
 * <p>The square root is the braking law of a quantity whose rate of change is limited ({@link CueLimits}): the interval
 * can always return to S by the time the asynchrony is gone, so the beat does not overshoot. The dead zone is the
 * negative mean asynchrony that every walker has (20-80 ms, clinical literature): correcting it to zero would make beat
 * and walker push each other ever faster. Not thread-safe; realtime-safe.
 */
public final class AdaptivePolicy implements CuePolicy {
    private static final double ALPHA = 0.25;
    private static final long DEAD_ZONE_FROM_NS = -80_000_000L;
    private static final long DEAD_ZONE_TO_NS = 20_000_000L;

    private final NextContacts contacts = new NextContacts();
    private long errorNs;
    private long correctionNs;
    private long lastAsynchronyNs;
    private long periodNs;
    private long correctedFromNs;

    @Override
    public void reset() {
        contacts.reset();
        errorNs = 0;
        correctionNs = 0;
        lastAsynchronyNs = 0;
    }

    @Override
    public void onContactPrediction(ContactPrediction prediction) {
        contacts.onContactPrediction(prediction);
    }

    @Override
    public void onAsynchrony(long asynchronyNs) {
        // The mean of both feet: a hemiparetic walker's steps fall alternately before and after an even beat. Two that
        // lie half a period apart straddle the border between two beats, so their mean says nothing.
        boolean pair = Math.abs(asynchronyNs - lastAsynchronyNs) < periodNs / 2;
        long meanNs = pair ? (asynchronyNs + lastAsynchronyNs) / 2 : asynchronyNs;
        lastAsynchronyNs = asynchronyNs;
        if (meanNs < DEAD_ZONE_FROM_NS) {
            errorNs = meanNs - DEAD_ZONE_FROM_NS;
        } else {
            errorNs = Math.max(0, meanNs - DEAD_ZONE_TO_NS);
        }
        correctionNs = 0;
    }

    @Override
    public boolean proposeFirst(StepPeriod walker, long earliestNs, Beat out) {
        @Nullable Foot foot = contacts.firstAfter(earliestNs);
        if (!walker.steady() || foot == null) {
            return false;
        }
        out.onsetNs = contacts.contactNs(foot);
        out.periodNs = walker.periodNs();
        out.foot = foot;
        errorNs = 0;
        correctionNs = 0;
        correctedFromNs = out.onsetNs;
        periodNs = out.periodNs;
        return true;
    }

    @Override
    public void proposeNext(StepPeriod walker, Beat last, Beat out) {
        if (last.onsetNs != correctedFromNs) {
            // The beat asked for last time is final: what it corrected is gone even if no step tells so.
            errorNs -= correctionNs;
            correctedFromNs = last.onsetNs;
        }
        periodNs = last.periodNs;
        double size = Math.abs((double) errorNs);
        double braking = Math.sqrt(CueLimits.slewNs(last.periodNs) * size);
        correctionNs = Math.round(Math.signum((double) errorNs) * Math.min(ALPHA * size, braking));
        out.periodNs = walker.periodNs() + correctionNs;
        out.onsetNs = last.onsetNs + out.periodNs;
        out.foot = contacts.footFor(out.onsetNs, out.periodNs, last.foot.other());
    }
}
