package dev.entrain.validation;

/**
 * Offset and rate of a reference instrument's clock against the detector's own events, for instruments that did not share
 * a clock: the offset with the most matches, then straight lines through the matched pairs.
 *
 * @param offsetS what to add to a reference time, s
 * @param slope rate difference: a reference time t means t (1 + slope) + offset
 */
record ReferenceClock(double offsetS, double slope) {
    private static final double SEARCH_FROM_S = -0.3;
    private static final double SEARCH_TO_S = 0.3;
    private static final double SEARCH_STEP_S = 0.01;
    private static final double SEARCH_TOLERANCE_S = 0.06;
    private static final double FIT_TOLERANCE_S = 0.1;
    private static final int FIT_ROUNDS = 4;
    private static final int FEWEST_PAIRS = 10;

    static ReferenceClock fit(double[] detectedS, double[] referenceS) {
        ReferenceClock clock = search(detectedS, referenceS);
        for (int round = 0; round < FIT_ROUNDS; round++) {
            EventMatch match = EventMatch.of(detectedS, clock.map(referenceS), FIT_TOLERANCE_S);
            if (match.size() < FEWEST_PAIRS) {
                break;
            }
            clock = line(detectedS, referenceS, match);
        }
        return clock;
    }

    /** Returns reference times on the detector's clock. */
    double[] map(double[] referenceS) {
        double[] mapped = new double[referenceS.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = referenceS[i] * (1 + slope) + offsetS;
        }
        return mapped;
    }

    private static ReferenceClock search(double[] detectedS, double[] referenceS) {
        // The grid is spelt so that its values round as those of other implementations do.
        double step = SEARCH_FROM_S + SEARCH_STEP_S - SEARCH_FROM_S;
        int count = (int) Math.ceil((SEARCH_TO_S - SEARCH_FROM_S) / SEARCH_STEP_S);
        int most = -1;
        double best = 0;
        double[] moved = new double[referenceS.length];
        for (int k = 0; k < count; k++) {
            double offset = k == 1 ? SEARCH_FROM_S + SEARCH_STEP_S : SEARCH_FROM_S + k * step;
            for (int i = 0; i < moved.length; i++) {
                moved[i] = referenceS[i] + offset;
            }
            int size = EventMatch.of(detectedS, moved, SEARCH_TOLERANCE_S).size();
            if (size > most) {
                most = size;
                best = offset;
            }
        }
        return new ReferenceClock(best, 0);
    }

    private static ReferenceClock line(double[] detectedS, double[] referenceS, EventMatch match) {
        int n = match.size();
        double[] x = new double[n];
        double[] y = new double[n];
        for (int k = 0; k < n; k++) {
            EventMatch.Pair pair = match.pairs().get(k);
            x[k] = referenceS[pair.reference()];
            y[k] = detectedS[pair.detected()] - x[k];
        }
        double meanX = Statistics.mean(x);
        double meanY = Statistics.mean(y);
        double xx = 0;
        double xy = 0;
        for (int k = 0; k < n; k++) {
            xx += (x[k] - meanX) * (x[k] - meanX);
            xy += (x[k] - meanX) * (y[k] - meanY);
        }
        double slope = xx > 0 ? xy / xx : 0;
        return new ReferenceClock(meanY - slope * meanX, slope);
    }
}
