package dev.entrain.validation.beat;

import java.util.Arrays;

/**
 * The measures of the field for beats found against beats known (Davies, Degara and Plumbley, "Evaluation methods for
 * musical audio beat tracking algorithms", C4DM-TR-09-06, 2009; Raffel et al., "mir_eval", 2014): nothing is scored before
 * {@value #SKIP_S} s, and continuity allows 17.5 % of phase and period.
 *
 * @param f share of beats within 70 ms of a known one, of both directions (harmonic mean), each matched once
 * @param cmlc longest correct stretch at the known level, a share
 * @param cmlt all correct stretches at the known level
 * @param amlt the same where double, half and off-beat count as right too
 * @param errorsS signed errors of the beats matched for f, s, late positive, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // for one table, compared by nobody
record BeatScore(double f, double cmlc, double cmlt, double amlt, double[] errorsS) {
    static final double SKIP_S = 5;
    static final double WINDOW_S = 0.070;
    private static final double PHASE = 0.175;
    private static final double PERIOD = 0.175;

    /** Scores times, s, ascending, both from the beginning of the recording. */
    static BeatScore of(double[] knownS, double[] foundS) {
        double[] known = from(knownS, SKIP_S);
        double[] found = from(foundS, SKIP_S);
        double[] errors = errors(known, found);
        double[] main = continuity(known, found);
        double most = main[1];
        for (double[] level : otherLevels(known)) {
            most = Math.max(most, continuity(level, found)[1]);
        }
        return new BeatScore(f(known, found, errors.length), main[0], main[1], most, errors);
    }

    static double[] from(double[] times, double fromS) {
        return Arrays.stream(times).filter(t -> t >= fromS).toArray();
    }

    private static double f(double[] known, double[] found, int hits) {
        return known.length + found.length == 0 ? 0 : 2.0 * hits / (known.length + found.length);
    }

    /** Share of beats within the window, both directions; for downbeats, say. */
    static double f(double[] known, double[] found) {
        return f(known, found, errors(known, found).length);
    }

    /** Matches in order: with equal windows the earliest possible partner gives the most pairs, the nearest is preferred. */
    static double[] errors(double[] known, double[] found) {
        double[] errors = new double[Math.min(known.length, found.length)];
        int count = 0;
        int j = 0;
        for (double time : known) {
            while (j < found.length && found[j] < time - WINDOW_S) {
                j++;
            }
            if (j < found.length && found[j] <= time + WINDOW_S) {
                errors[count++] = found[j++] - time;
            }
        }
        double[] sorted = Arrays.copyOf(errors, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Longest and all correct stretches: a beat is right if it and the interval to its neighbour fit. */
    private static double[] continuity(double[] known, double[] found) {
        if (known.length < 2 || found.length < 2) {
            return new double[2];
        }
        boolean[] used = new boolean[known.length];
        int all = 0;
        int run = 0;
        int longest = 0;
        for (int m = 0; m < found.length; m++) {
            int n = nearest(known, found[m]);
            boolean right = !used[n] && fits(known, n, found, m);
            used[n] |= right;
            run = right ? run + 1 : 0;
            all += right ? 1 : 0;
            longest = Math.max(longest, run);
        }
        double of = Math.max(known.length, found.length);
        return new double[] {longest / of, all / of};
    }

    private static boolean fits(double[] known, int n, double[] found, int m) {
        // The interval before counts; for the very first the one after.
        boolean before = n > 0 && m > 0;
        if (!before && (n + 1 == known.length || m + 1 == found.length)) {
            return false;
        }
        double interval = before ? known[n] - known[n - 1] : known[n + 1] - known[n];
        double foundInterval = before ? found[m] - found[m - 1] : found[m + 1] - found[m];
        return Math.abs(found[m] - known[n]) < PHASE * interval && Math.abs(1 - foundInterval / interval) < PERIOD;
    }

    private static int nearest(double[] times, double time) {
        int i = Arrays.binarySearch(times, time);
        if (i >= 0) {
            return i;
        }
        int after = Math.min(-i - 1, times.length - 1);
        return after > 0 && time - times[after - 1] <= times[after] - time ? after - 1 : after;
    }

    /** The known beats as others may count them: double, half on either side, between. */
    private static double[][] otherLevels(double[] known) {
        if (known.length < 2) {
            return new double[0][];
        }
        double[] twice = new double[2 * known.length - 1];
        double[] between = new double[known.length - 1];
        for (int i = 0; i < known.length; i++) {
            twice[2 * i] = known[i];
            if (i + 1 < known.length) {
                between[i] = 0.5 * (known[i] + known[i + 1]);
                twice[2 * i + 1] = between[i];
            }
        }
        return new double[][] {twice, between, half(known, 0), half(known, 1)};
    }

    private static double[] half(double[] known, int first) {
        double[] half = new double[(known.length - first + 1) / 2];
        for (int i = 0; i < half.length; i++) {
            half[i] = known[2 * i + first];
        }
        return half;
    }
}
