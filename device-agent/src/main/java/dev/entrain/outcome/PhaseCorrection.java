package dev.entrain.outcome;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of an asynchrony the walker takes back with the next step: alpha of the linear model (Vorberg and Wing 1996)
 *
 * <pre>s(k) - p(k+1) = c - alpha a(k) + T(k) + M(k+1) - M(k)</pre>
 *
 * <p>with s the time from step k to step k+1, p the beat's interval, a the asynchrony, T the timekeeper's and M the motor
 * noise. The walker's own interval is explained, not the next asynchrony, so beats that move do not count as his doing.
 * Estimated by bounded generalised least squares (Jacoby, Tishby, Repp, Ahissar and Keller 2015, Timing and Time Perception
 * 3): regress, take the residuals' variance g and lag-1 covariance, bound the motor variance to 0 .. g/3 (not greater than
 * the timekeeper's), weigh with that tridiagonal covariance, {@value #ROUNDS} times.
 *
 * <p>Used are steps of alternate feet on neighbouring beats. Both sides are centred for each block and each foot that starts
 * the step, so a limp is no correction.
 *
 * <p>Mean error and standard deviation over 200 simulated walkers (PhaseCorrectionTest), 200 steps, motor variance 16 % of
 * the timekeeper's: gain 0.2: +0.02, 0.06; 0.4: +0.01, 0.08; 0.6: -0.02, 0.11; 0.8: -0.05, 0.15; 1.0: -0.04, 0.13. With 80
 * steps and 64 % a gain of 0.3 comes out 0.09 too high, 0.14. So it tells weak from strong correction, not one week from
 * the next. Where the beat follows the walker (adaptive and oscillator policies) alpha is that
 * of both together.
 */
final class PhaseCorrection {
    private static final int ROUNDS = 20;
    private static final double NEIGHBOUR = 1.5;

    private final Series before = new Series();
    private final Series after = new Series();
    /** Block and foot of each transition. */
    private final List<Integer> groups = new ArrayList<>();

    /** Where each unbroken run of transitions starts; the last entry is the end of all. */
    private final List<Integer> starts = new ArrayList<>();

    PhaseCorrection(Walk walk) {
        List<Walk.Contact> contacts = walk.contacts();
        boolean joined = false;
        for (int i = 0; i + 1 < contacts.size(); i++) {
            Walk.Contact from = contacts.get(i);
            Walk.Contact to = contacts.get(i + 1);
            boolean transition = from.paired()
                    && from.bout() == to.bout()
                    && from.foot() != to.foot()
                    && to.cue() == from.cue() + 1
                    && walk.onsetS(to) - walk.onsetS(from) <= NEIGHBOUR * walk.periodS(to);
            if (transition) {
                if (!joined) {
                    starts.add(before.size());
                }
                before.add(walk.asynchronyS(from));
                after.add(to.timeS() - from.timeS() - walk.periodS(to));
                groups.add(2 * from.span() + from.foot().ordinal());
            }
            joined = transition;
        }
        starts.add(before.size());
    }

    /** How many transitions from a step to the next there are. */
    int count() {
        return before.size();
    }

    /** Alpha; NaN if the asynchronies do not vary. */
    double gain() {
        double[] x = centred(before);
        double[] y = centred(after);
        double alpha = -product(x, y) / product(x, x);
        for (int round = 0; round < ROUNDS; round++) {
            alpha = refined(x, y, alpha);
        }
        return alpha;
    }

    private double refined(double[] x, double[] y, double alpha) {
        double variance = 0;
        double neighbours = 0;
        int pairs = 0;
        for (int run = 0; run + 1 < starts.size(); run++) {
            double former = 0;
            for (int k = starts.get(run); k < starts.get(run + 1); k++) {
                double residual = y[k] + alpha * x[k];
                variance += residual * residual;
                if (k > starts.get(run)) {
                    neighbours += residual * former;
                    pairs++;
                }
                former = residual;
            }
        }
        variance /= x.length;
        double motor = pairs == 0 ? 0 : Math.min(Math.max(-neighbours / pairs, 0), variance / 3);
        double xy = 0;
        double xx = 0;
        for (int run = 0; run + 1 < starts.size(); run++) {
            int from = starts.get(run);
            double[] weighted = solve(x, from, starts.get(run + 1), variance, -motor);
            for (int k = 0; k < weighted.length; k++) {
                xy += weighted[k] * y[from + k];
                xx += weighted[k] * x[from + k];
            }
        }
        return -xy / xx;
    }

    /** Solves the tridiagonal system with this diagonal and off-diagonal for x from..to. */
    private static double[] solve(double[] x, int from, int to, double diagonal, double off) {
        int n = to - from;
        double[] ratio = new double[n];
        double[] solution = new double[n];
        double pivot = diagonal;
        solution[0] = x[from] / pivot;
        for (int k = 1; k < n; k++) {
            ratio[k] = off / pivot;
            pivot = diagonal - off * ratio[k];
            solution[k] = (x[from + k] - off * solution[k - 1]) / pivot;
        }
        for (int k = n - 2; k >= 0; k--) {
            solution[k] -= ratio[k + 1] * solution[k + 1];
        }
        return solution;
    }

    private double[] centred(Series series) {
        int most = 0;
        for (int group : groups) {
            most = Math.max(most, group + 1);
        }
        double[] sum = new double[most];
        int[] size = new int[most];
        for (int i = 0; i < series.size(); i++) {
            sum[groups.get(i)] += series.get(i);
            size[groups.get(i)]++;
        }
        double[] result = new double[series.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = series.get(i) - sum[groups.get(i)] / size[groups.get(i)];
        }
        return result;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
