package dev.entrain.cue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FractalPolicyTest {
    private static final int SEEDS = 12;

    private static double[] onsetsNs(double exponent, double cvPct, long seed, int count) {
        FractalPolicy policy = new FractalPolicy(100, exponent, cvPct, seed);
        CueLimits limits = new CueLimits();
        Walker walker = new Walker();
        Beat last = new Beat().even(1_000_000_000L, 600_000_000L, new Beat().foot);
        limits.onFinal(last, true);
        policy.takeOver(walker, last);
        Beat next = new Beat();
        double[] onsets = new double[count];
        for (int i = 0; i < count; i++) {
            policy.proposeNext(walker, last, next);
            limits.limitNext(next, policy.irregularity(), Long.MIN_VALUE);
            limits.onFinal(next, true);
            last.copyFrom(next);
            onsets[i] = last.onsetNs;
        }
        return onsets;
    }

    private static double[] intervals(double[] onsets) {
        double[] intervals = new double[onsets.length - 1];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = onsets[i + 1] - onsets[i];
        }
        return intervals;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum / values.length;
    }

    private static double cv(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double v : values) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / values.length) / mean;
    }

    /** Slope of detrended fluctuation analysis over windows of 6 to 96 intervals. */
    private static double dfa(double[] values) {
        double mean = mean(values);
        double[] profile = new double[values.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] - mean;
            profile[i] = sum;
        }
        int[] sizes = {6, 8, 12, 17, 24, 34, 48, 68, 96};
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        for (int size : sizes) {
            double x = Math.log(size);
            double y = Math.log(fluctuation(profile, size));
            sx += x;
            sy += y;
            sxx += x * x;
            sxy += x * y;
        }
        int n = sizes.length;
        return (n * sxy - sx * sy) / (n * sxx - sx * sx);
    }

    private static double fluctuation(double[] profile, int size) {
        int windows = profile.length / size;
        double middle = (size - 1) / 2.0;
        double spread = size * (size * (double) size - 1) / 12;
        double total = 0;
        for (int w = 0; w < windows; w++) {
            double mean = 0;
            double slope = 0;
            for (int i = 0; i < size; i++) {
                mean += profile[w * size + i] / size;
                slope += (i - middle) * profile[w * size + i] / spread;
            }
            for (int i = 0; i < size; i++) {
                double rest = profile[w * size + i] - mean - slope * (i - middle);
                total += rest * rest;
            }
        }
        return Math.sqrt(total / (windows * (double) size));
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "0.5, 2", "1, 2", "1, 3"})
    void shouldHaveTheSlopeOfItsSpectrumAfterTheLimitsToo(double exponent, double cvPct) {
        double slopes = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            slopes += dfa(intervals(onsetsNs(exponent, cvPct, seed, 2_000))) / SEEDS;
        }
        assertThat(slopes).isCloseTo((1 + exponent) / 2, within(0.08));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 2, 0.15", "1, 2, 0.2", "1, 3, 0.3"})
    void shouldVaryAsMuchAsAsked(double exponent, double cvPct, double share) {
        double cvs = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            cvs += 100 * cv(intervals(onsetsNs(exponent, cvPct, seed, 2_000))) / SEEDS;
        }
        assertThat(cvs).isCloseTo(cvPct, within(share * cvPct));
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 2", "1, 5", "1.5, 5"})
    void shouldKeepTheMeanTempo(double exponent, double cvPct) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            double[] onsets = onsetsNs(exponent, cvPct, seed, 20_000);
            double mean = mean(intervals(onsets));
            assertThat(mean).as("seed %d", seed).isCloseTo(600e6, within(0.002 * 600e6));
        }
    }

    @Test
    void shouldBeAMetronomeWithoutVariation() {
        assertThat(intervals(onsetsNs(1, 0, 1, 500))).containsOnly(600e6);
    }

    @Test
    void shouldGiveTheSameIntervalsForTheSameSeedOnly() {
        assertThat(onsetsNs(1, 2, 5, 300)).isEqualTo(onsetsNs(1, 2, 5, 300)).isNotEqualTo(onsetsNs(1, 2, 6, 300));
    }

    @Test
    void shouldProposeTheSameUntilABeatIsFinal() {
        PolicyWalk walk = new PolicyWalk(new FractalPolicy(100, 1, 2, 3), 600e6);
        walk.walk(60);
        // Each beat was asked for in some 60 cycles; had each drawn anew, plans would have moved.
        assertThat(walk.log.all.size()).isLessThan(2 * walk.beats().size() + 40);
        assertThat(walk.mostSlewPerS()).isLessThanOrEqualTo(CueLimits.SLEW_PER_S);
    }
}
