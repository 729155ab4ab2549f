package dev.entrain.cue;

import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * An oscillator that wants to be a little faster than the walker and adapts only a little (Dotov et al. 2019):
 *
 * <pre>  dphi_c/dt = w0 (1 + eps) + K sin(phi_h - phi_c + delta),   |K| at most 0.05 w0</pre>
 *
 * <p>A beat sounds where phi_c is a whole turn; the walker's phase phi_h is a whole turn at his contacts ({@link
 * Walker#anchorNs}) and goes on evenly with his step period, so the newest contacts count and the future is what they
 * say. The equation is integrated from the newest final beat, wherever the limits put it, by Runge-Kutta steps of at most
 * {@link #STEP_NS}. It locks exactly where |w0 (1 + eps) - w_h| is at most K, with the beat asin(dw / K) + delta of a turn
 * ahead of the step, and drifts through outside. w0 is the walker's step frequency when the beats begin, eps as made; a
 * prescribed tempo is w0 (1 + eps) as a whole. Not thread-safe; realtime-safe.
 */
public final class OscillatorPolicy implements CuePolicy {
    /** Greatest K as a share of w0. */
    public static final double MOST_COUPLING = 0.05;

    private static final double STEP_NS = 10e6;
    private static final double TURN = 2 * Math.PI;

    /** A turn at the slowest tempo and the least pull takes fewer steps. */
    private static final int MOST_STEPS = 400;

    private final double ahead;
    private final double coupling;
    private final double leadNs;
    private double prescribedSpm;
    private double ownPerNs;
    private double drivePerNs;
    private double pullPerNs;
    private double walkerPerNs;
    private double walkerAtBeat;
    private long solvedGridNs;
    private long solvedAnchorNs;
    private long solvedPeriodNs;
    private double solvedDrive;
    private long turnNs;

    /**
     * Makes an oscillator.
     *
     * @param aheadPct eps, %
     * @param coupling K as a share of w0; its size is at most {@link #MOST_COUPLING}
     * @param leadMs delta as a time at the walker's tempo, ms; over 0 the beat is earlier
     * @param tempoSpm prescribed tempo, beats per minute; NaN for the walker's own
     */
    public OscillatorPolicy(double aheadPct, double coupling, double leadMs, double tempoSpm) {
        ahead = aheadPct / 100;
        this.coupling = Math.clamp(coupling, -MOST_COUPLING, MOST_COUPLING);
        leadNs = leadMs * 1e6;
        prescribedSpm = tempoSpm;
    }

    @Override
    public void tempo(double spm) {
        prescribedSpm = spm;
        drive();
    }

    @Override
    public boolean proposeFirst(Walker walker, long earliestNs, Beat out) {
        @Nullable Foot foot = walker.firstAfter(earliestNs);
        if (!walker.steps().steady() || foot == null) {
            return false;
        }
        out.even(walker.contactNs(foot), walker.periodNs(), foot);
        takeOver(walker, out);
        return true;
    }

    @Override
    public void takeOver(Walker walker, Beat last) {
        ownPerNs = TURN / (walker.steps().known() ? walker.periodNs() : last.periodNs);
        turnNs = 0;
        drive();
    }

    private void drive() {
        boolean own = Double.isNaN(prescribedSpm);
        drivePerNs = own ? ownPerNs * (1 + ahead) : TURN * prescribedSpm / 60e9;
        pullPerNs = coupling * (own ? ownPerNs : drivePerNs);
    }

    @Override
    public void proposeNext(Walker walker, Beat last, Beat out) {
        solve(walker, last.gridNs);
        long timeNs = last.gridNs + turnNs;
        out.even(timeNs, turnNs, walker.footFor(timeNs, turnNs, last.foot.other()));
    }

    /** Finds the time of one turn from a beat on; anew only where something in the equation changed. */
    private void solve(Walker walker, long gridNs) {
        long anchorNs = walker.anchorNs();
        long periodNs = walker.periodNs();
        if (turnNs > 0
                && gridNs == solvedGridNs
                && anchorNs == solvedAnchorNs
                && periodNs == solvedPeriodNs
                && drivePerNs == solvedDrive) {
            return;
        }
        solvedGridNs = gridNs;
        solvedAnchorNs = anchorNs;
        solvedPeriodNs = periodNs;
        solvedDrive = drivePerNs;
        // Without a walker's period there is no phase to pull at: the oscillator runs free.
        walkerPerNs = periodNs > 0 ? TURN / periodNs : drivePerNs;
        walkerAtBeat = periodNs > 0 ? (gridNs - anchorNs + leadNs) * walkerPerNs : 0;
        double timeNs = 0;
        double phase = 0;
        for (int i = 0; i < MOST_STEPS; i++) {
            double next = phase + advance(phase, timeNs, STEP_NS);
            if (next >= TURN) {
                turnNs = Math.round(timeNs + within(phase, timeNs));
                return;
            }
            phase = next;
            timeNs += STEP_NS;
        }
        turnNs = CueLimits.MAX_PERIOD_NS;
    }

    /** Returns which part of a step reaches the full turn, ns: Newton's steps on the integrated phase, which only grows. */
    private double within(double phase, double timeNs) {
        double partNs = 0;
        for (int i = 0; i < 3; i++) {
            double reached = phase + advance(phase, timeNs, partNs);
            partNs += (TURN - reached) / rate(TURN, timeNs + partNs);
        }
        return partNs;
    }

    private double rate(double phase, double timeNs) {
        return drivePerNs + pullPerNs * Math.sin(walkerAtBeat + walkerPerNs * timeNs - phase);
    }

    private double advance(double phase, double timeNs, double stepNs) {
        double a = rate(phase, timeNs);
        double b = rate(phase + a * stepNs / 2, timeNs + stepNs / 2);
        double c = rate(phase + b * stepNs / 2, timeNs + stepNs / 2);
        double d = rate(phase + c * stepNs, timeNs + stepNs);
        return (a + 2 * b + 2 * c + d) * stepNs / 6;
    }
}
