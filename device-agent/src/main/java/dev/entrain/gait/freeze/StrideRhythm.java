package dev.entrain.gait.freeze;

import dev.entrain.sample.Foot;

/**
 * How long this walker's strides take and how regular they are. Not thread-safe; realtime-safe.
 *
 * <p>Irregular strides go ahead of freezing (Hausdorff et al. 2003; Plotnik et al. 2008), and the spread of the last few
 * stride times alone already tells the strides of people who freeze apart (O'Day et al. 2022).
 */
final class StrideRhythm {
    /** A shorter or longer time between contacts is no stride, s. */
    private static final double SHORTEST_S = 0.4;

    private static final double LONGEST_S = 4.0;

    /** Strides of one foot whose spread is looked at: with both feet the last six to eight. */
    private static final int SPREAD_STRIDES = 4;

    private static final int LEAST_STRIDES = 3;

    /** Strides of both feet that say how long a stride may take. */
    private static final int RECENT = 5;

    /** A stride of usual length ends within this many of the longest usual stride times. */
    private static final double MARGIN = 1.15;

    /**
     * A time between contacts of this many usual strides holds a halt, or trembling in which the foot touched now and
     * then, and is no stride;
     */
    private static final double HALT = 2.0;

    /** unless this many come running: then the walker has slowed down. */
    private static final int SLOWED = 5;

    /** Spread (of logarithms) of a steady walker, until this one's is known. */
    private static final double USUAL_SPREAD = 0.05;

    private final double[] contactS = new double[Foot.COUNT];
    private final double[][] logS = new double[Foot.COUNT][SPREAD_STRIDES];
    private final int[] count = new int[Foot.COUNT];
    private final double[] recentS = new double[RECENT];
    private int strides;
    private int halts;
    private final double[] sortedS = new double[RECENT];
    private double windowS;
    private double usualS;
    private double spread;

    StrideRhythm() {
        reset();
    }

    /** Forgets the walker. */
    void reset() {
        strides = 0;
        halts = 0;
        windowS = Double.NaN;
        usualS = Double.NaN;
        spread = USUAL_SPREAD;
        for (int i = 0; i < Foot.COUNT; i++) {
            contactS[i] = Double.NaN;
            count[i] = 0;
        }
    }

    /**
     * A foot touched.
     *
     * @param turning whether the walker turned meanwhile: the strides of a turn are of all lengths
     * @return time since the foot's last contact, s; NaN if that was no stride
     */
    double contact(Foot foot, double timeS, boolean turning) {
        int i = foot.ordinal();
        double strideS = timeS - contactS[i];
        contactS[i] = timeS;
        if (!(strideS > SHORTEST_S && strideS < LONGEST_S)) {
            return Double.NaN;
        }
        if (strideS > HALT * usualS && ++halts < SLOWED) {
            return Double.NaN;
        }
        halts = 0;
        recentS[strides % RECENT] = strideS;
        strides++;
        updateTimes();
        if (!turning) {
            logS[i][count[i] % SPREAD_STRIDES] = Math.log(strideS);
            count[i]++;
            updateSpread();
        }
        return strideS;
    }

    /** Returns the time within which this walker ends a stride, s; NaN before the first. */
    double windowS() {
        return windowS;
    }

    /** Returns this walker's usual stride time, the median of the last few, s; NaN before the first. */
    double usualS() {
        return usualS;
    }

    /** Returns the spread (root mean square of the deviation of logarithms) of the last stride times of each foot. */
    double spread() {
        return spread;
    }

    /** The window fits the second longest stride: one long one, a halt perhaps, does not count. */
    private void updateTimes() {
        int n = Math.min(strides, RECENT);
        for (int i = 0; i < n; i++) {
            int k = i;
            for (; k > 0 && sortedS[k - 1] > recentS[i]; k--) {
                sortedS[k] = sortedS[k - 1];
            }
            sortedS[k] = recentS[i];
        }
        windowS = MARGIN * sortedS[Math.max(0, n - 2)];
        usualS = (sortedS[n / 2] + sortedS[(n - 1) / 2]) / 2;
    }

    private void updateSpread() {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < Foot.COUNT; i++) {
            int known = Math.min(count[i], SPREAD_STRIDES);
            if (known < LEAST_STRIDES) {
                continue;
            }
            double mean = 0;
            for (int k = 0; k < known; k++) {
                mean += logS[i][k] / known;
            }
            for (int k = 0; k < known; k++) {
                sum += (logS[i][k] - mean) * (logS[i][k] - mean);
            }
            n += known;
        }
        if (n > 0) {
            spread = Math.sqrt(sum / n);
        }
    }
}
