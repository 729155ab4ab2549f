package dev.entrain.outcome;

/**
 * Exponent of evenly spaced, averaged detrended fluctuation analysis (Almurad and Delignieres 2016, Physica A 451): 0.5 for
 * a walk without memory, near 1 for 1/f. The profile (sum of the differences from the mean) is cut from its beginning into
 * windows of n = {@value #SHORTEST} .. N/2 values, every n; each is detrended by a straight line; F(n) is the root of the mean
 * of all squared residuals. Over {@value #BINS} intervals of equal width in ln n the mean ln n and mean ln F are taken, and
 * alpha is the least-squares slope through those that are not empty, so long windows do not outweigh short ones.
 *
 * <p>Mean and standard deviation over 60 made series (EvenDfaTest): 200 values of white noise 0.50, 0.08; of 1/f noise 0.97,
 * 0.13; 512 values: 0.50, 0.05; 0.98, 0.08. Under 200 strides it is not told.
 */
final class EvenDfa {
    private static final int SHORTEST = 10;
    private static final int BINS = 16;

    /** An n on the edge of two intervals belongs to the upper one, however a machine rounds logarithms. */
    private static final double EDGE = 1e-9;

    private EvenDfa() {}

    /**
     * Computes alpha.
     *
     * @return alpha; NaN under 40 values or where a fluctuation is 0
     */
    static double alpha(Series series) {
        int longest = series.size() / 2;
        if (longest < 2 * SHORTEST) {
            return Double.NaN;
        }
        double[] profile = profile(series);
        double[] logN = new double[BINS];
        double[] logF = new double[BINS];
        int[] members = new int[BINS];
        double width = Math.log(longest) - Math.log(SHORTEST);
        for (int n = SHORTEST; n <= longest; n++) {
            double place = BINS * (Math.log(n) - Math.log(SHORTEST)) / width + EDGE;
            int bin = Math.min(BINS - 1, (int) place);
            logN[bin] += Math.log(n);
            logF[bin] += Math.log(fluctuation(profile, n));
            members[bin]++;
        }
        double slope = slope(logN, logF, members);
        return Double.isFinite(slope) ? slope : Double.NaN;
    }

    private static double[] profile(Series series) {
        double mean = series.mean();
        double[] profile = new double[series.size()];
        double sum = 0;
        for (int i = 0; i < profile.length; i++) {
            sum += series.get(i) - mean;
            profile[i] = sum;
        }
        return profile;
    }

    private static double fluctuation(double[] profile, int n) {
        int windows = profile.length / n;
        double middle = (n - 1) / 2.0;
        double xx = n * ((double) n * n - 1) / 12;
        double total = 0;
        for (int window = 0; window < windows; window++) {
            int from = window * n;
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += profile[from + i];
            }
            mean /= n;
            double xy = 0;
            for (int i = 0; i < n; i++) {
                xy += (i - middle) * (profile[from + i] - mean);
            }
            double slope = xy / xx;
            for (int i = 0; i < n; i++) {
                double residual = profile[from + i] - mean - slope * (i - middle);
                total += residual * residual;
            }
        }
        return Math.sqrt(total / (windows * (double) n));
    }

    private static double slope(double[] logN, double[] logF, int[] members) {
        Series x = new Series();
        Series y = new Series();
        for (int bin = 0; bin < BINS; bin++) {
            if (members[bin] > 0) {
                x.add(logN[bin] / members[bin]);
                y.add(logF[bin] / members[bin]);
            }
        }
        double meanX = x.mean();
        double meanY = y.mean();
        double xy = 0;
        for (int i = 0; i < x.size(); i++) {
            xy += (x.get(i) - meanX) * (y.get(i) - meanY);
        }
        return xy / x.squares();
    }
}
