package dev.entrain.cue;

import dev.entrain.noise.FractalNoise;
import dev.entrain.noise.SeededNoise;
import dev.entrain.sample.Foot;
import org.jspecify.annotations.Nullable;

/**
 * A metronome whose intervals vary as a healthy walker's do: 1/f^x around a mean tempo that is kept (Hausdorff 1996; Hove
 * et al. 2012; Marmelat et al. 2014). With x_n noise of standard deviation 1 and D_n how late beat n is against t0 + n T:
 *
 * <pre>  interval n = T (1 + CV x_n) - D_n / {@value #PULL_BEATS}</pre>
 *
 * <p>Intervals with a 1/f spectrum carry their beats away from an even grid, by whole periods in minutes. So the pull
 * by D keeps the mean tempo at T and leaves the spectrum alone below some {@value #PULL_BEATS} beats; and the slow part
 * of the variation is the grid's own tempo, within the slew limit, while the rest is the irregularity around it. The grid
 * follows the beats by the law of {@link Braking}. Up to a CV of 3 % that leaves nearly every interval as it is; above,
 * the limits cut. Seeded: the same seed gives the same intervals. Not thread-safe; realtime-safe.
 */
public final class FractalPolicy implements CuePolicy {
    private static final int PULL_BEATS = 500;
    /** A tempo that the limits do not let be reached pulls no harder than this. */
    private static final double MOST_LATE_PERIODS = 20;

    private static final double GRID_GAIN = 0.25;

    /** The slow parts of the noise begin at 0 and need so many values to wander off. */
    private static final int WARM_UP = 4_000;

    private final FractalNoise noise;
    private final double cv;
    private double prescribedSpm;
    private double targetNs;
    private double periodNs;
    private double evenNs;
    private double intervalNs;
    private long drawnForNs;
    private boolean first;

    /**
     * Makes one, on its own sequence of the seed.
     *
     * @param tempoSpm beats per minute; NaN for the walker's own cadence when the beats begin
     * @param exponent x, 0 (white) to 1.5
     * @param cvPct coefficient of variation of the intervals, %, 0 to 5
     * @param seed any
     */
    public FractalPolicy(double tempoSpm, double exponent, double cvPct, long seed) {
        noise = new FractalNoise(new SeededNoise(seed, 60), exponent);
        cv = cvPct / 100;
        for (int i = 0; i < WARM_UP; i++) {
            noise.next();
        }
        prescribedSpm = tempoSpm;
    }

    @Override
    public void tempo(double spm) {
        prescribedSpm = spm;
        targetNs = 0;
    }

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
        targetNs = target(walker, 0);
        out.even(walker.contactNs(foot), Math.round(targetNs), foot);
        begin(out);
        return true;
    }

    @Override
    public void takeOver(Walker walker, Beat last) {
        targetNs = target(walker, last.periodNs);
        begin(last);
    }

    private double target(Walker walker, long otherwiseNs) {
        double ownNs = walker.steps().known() ? walker.periodNs() : otherwiseNs;
        return Double.isNaN(prescribedSpm) ? ownNs : 60e9 / prescribedSpm;
    }

    private void begin(Beat beat) {
        periodNs = beat.periodNs;
        first = true;
    }

    @Override
    public void proposeNext(Walker walker, Beat last, Beat out) {
        if (targetNs == 0) {
            targetNs = target(walker, last.periodNs);
        }
        if (first || last.onsetNs != drawnForNs) {
            drawnForNs = last.onsetNs;
            draw(last);
        }
        out.onsetNs = last.onsetNs + Math.round(intervalNs);
        long offGridNs = out.onsetNs - (last.gridNs + Math.round(periodNs));
        out.periodNs = Math.round(periodNs) + Braking.correctionNs(GRID_GAIN, offGridNs, last.periodNs);
        out.gridNs = last.gridNs + out.periodNs;
        out.foot = last.foot.other();
    }

    private void draw(Beat last) {
        if (first) {
            first = false;
            periodNs = last.periodNs;
            evenNs = last.onsetNs;
        } else if (periodNs == targetNs) {
            evenNs += periodNs;
        } else {
            // On the way to another tempo there is no even grid to be late against.
            double slewNs = CueLimits.slewNs(Math.round(periodNs));
            periodNs += Math.clamp(targetNs - periodNs, -slewNs, slewNs);
            evenNs = last.onsetNs;
        }
        double mostNs = MOST_LATE_PERIODS * periodNs;
        double lateNs = Math.clamp((double) last.onsetNs - evenNs, -mostNs, mostNs);
        intervalNs = periodNs * (1 + cv * noise.next()) - lateNs / PULL_BEATS;
    }
}
