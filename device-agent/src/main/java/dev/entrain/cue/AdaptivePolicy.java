package dev.entrain.cue;

import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * Discrete phase and period correction towards the walker (Mates 1994; Repp 2005; Repp and Su 2013), the beats in the
 * part of the one who synchronises. With T the beats' own period, IOI the walker's step interval and a = beat - step,
 * measured from where the beat is meant to be:
 *
 * <pre>  a' = a - alpha a + T - IOI
 *  T' = T - beta (T - IOI)</pre>
 *
 * <p>so the interval to the next beat is T - alpha a. What two limits and two people make of it:
 *
 * <ul>
 *   <li>alpha a is at most sqrt(slew |a|) ({@link Braking}), or the beat would overshoot under the slew limit;
 *   <li>a is the mean of both feet and IOI half a stride: a hemiparetic walker's steps fall alternately before and after
 *       an even beat;
 *   <li>a beat is meant to be where this walker puts his steps against it when left alone ({@link NaturalAsynchrony}),
 *       never on the step: pulling the asynchrony to zero makes beat and walker push each other ever faster. Until that
 *       is learnt only an asynchrony that no walker has is corrected;
 *   <li>a phase lead moves that place: the beat is meant to be so much earlier. The natural asynchrony is then no more
 *       learnt, or it would take the lead away, and T stays within {@link #MOST_LED_CHANGE} of what it was when the
 *       beats began.
 * </ul>
 *
 * <p>A prescribed tempo stands in the place of IOI in the second equation: the tempo is kept, the phase still meets the
 * walker. Not thread-safe; realtime-safe.
 */
public final class AdaptivePolicy implements CuePolicy {
    /** Greatest beta: a faster period correction and a walker who corrects his own period hunt each other. */
    public static final double MOST_PERIOD_CORRECTION = 0.25;

    /** How far a phase lead may carry the tempo away from where the beats began, as a share. */
    private static final double MOST_LED_CHANGE = 0.1;

    /** The first beat comes no later after its step: a contact that is seen already is predicted no more. */
    private static final long MOST_BEHIND_NS = 100_000_000L;

    private final double alpha;
    private final double beta;
    private final long leadNs;
    private final NaturalAsynchrony natural = new NaturalAsynchrony();
    private double prescribedNs = Double.NaN;
    private boolean begun;
    private double periodNs;
    private double begunNs;
    private long errorNs;
    private long correctionNs;
    private long lastAsynchronyNs;
    private long correctedFromNs;

    /**
     * Makes a policy that has learnt nothing yet.
     *
     * @param alpha phase correction, 0 to 1
     * @param beta period correction, 0 to {@link #MOST_PERIOD_CORRECTION}
     * @param leadMs how much earlier than natural the beats are meant to be, ms
     * @param tempoSpm prescribed tempo, beats per minute; NaN for the walker's own
     */
    public AdaptivePolicy(double alpha, double beta, double leadMs, double tempoSpm) {
        this.alpha = alpha;
        this.beta = Math.min(beta, MOST_PERIOD_CORRECTION);
        leadNs = Math.round(leadMs * 1e6);
        tempo(tempoSpm);
    }

    /** Makes a policy of the usual gains that follows the walker. */
    public AdaptivePolicy() {
        this(0.25, MOST_PERIOD_CORRECTION, 0, Double.NaN);
    }

    @Override
    public void tempo(double spm) {
        prescribedNs = 60e9 / spm;
    }

    @Override
    public void reset() {
        begun = false;
        errorNs = 0;
        correctionNs = 0;
        lastAsynchronyNs = 0;
    }

    @Override
    public void onStep(Walker walker, boolean paired, long asynchronyNs) {
        if (begun) {
            correctPeriod(walker);
        }
        if (!paired) {
            return;
        }
        // Two steps that lie half a period apart straddle the border between two beats, so their mean says nothing.
        boolean pair = Math.abs(asynchronyNs - lastAsynchronyNs) < periodNs / 2;
        long meanNs = pair ? (asynchronyNs + lastAsynchronyNs) / 2 : asynchronyNs;
        lastAsynchronyNs = asynchronyNs;
        if (!natural.known() || leadNs == 0) {
            natural.learn(meanNs);
        }
        long nearestNs = natural.known()
                ? natural.ns() + leadNs
                : Math.clamp(meanNs, NaturalAsynchrony.LEAST_NS, NaturalAsynchrony.MOST_NS);
        errorNs = meanNs - nearestNs;
        correctionNs = 0;
    }

    private void correctPeriod(Walker walker) {
        double targetNs = Double.isNaN(prescribedNs) ? walker.intervalNs() : prescribedNs;
        if (targetNs > 0) {
            periodNs -= beta * (periodNs - targetNs);
        }
        if (leadNs != 0 && Double.isNaN(prescribedNs)) {
            periodNs = Math.clamp(periodNs, begunNs / (1 + MOST_LED_CHANGE), begunNs * (1 + MOST_LED_CHANGE));
        }
    }

    @Override
    public boolean proposeFirst(Walker walker, long earliestNs, Beat out) {
        // Where he will put his step against it: a beat on the step itself would make him hurry to be before it.
        long behindNs = Math.clamp(-natural.ns(), 0, MOST_BEHIND_NS);
        @Nullable Foot foot = walker.firstAfter(earliestNs - behindNs);
        if (!walker.steps().steady() || foot == null) {
            return false;
        }
        out.even(walker.contactNs(foot) + behindNs, walker.periodNs(), foot);
        begin(out);
        return true;
    }

    @Override
    public void takeOver(Walker walker, Beat last) {
        begin(last);
    }

    private void begin(Beat beat) {
        begun = true;
        periodNs = beat.periodNs;
        begunNs = beat.periodNs;
        errorNs = 0;
        correctionNs = 0;
        correctedFromNs = beat.gridNs;
    }

    @Override
    public void proposeNext(Walker walker, Beat last, Beat out) {
        if (last.gridNs != correctedFromNs) {
            // The beat asked for last time is final: what it corrected is gone even if no step tells so.
            errorNs -= correctionNs;
            correctedFromNs = last.gridNs;
        }
        correctionNs = Braking.correctionNs(alpha, errorNs, last.periodNs);
        long intervalNs = Math.round(periodNs) + correctionNs;
        long timeNs = last.gridNs + intervalNs;
        out.even(timeNs, intervalNs, walker.footFor(timeNs, intervalNs, last.foot.other()));
    }
}
