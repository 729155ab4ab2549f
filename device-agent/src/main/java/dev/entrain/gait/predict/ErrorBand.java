package dev.entrain.gait.predict;

/**
 * The half width that 80 % of recent errors stayed within, tracked by stochastic approximation (Robbins and Monro 1951;
 * as quantile tracking also known from adaptive conformal inference, Gibbs and Candes 2021): a miss widens it four times
 * as much as a hit narrows it, so that in balance four of five hit. Not thread-safe; realtime-safe.
 */
final class ErrorBand {
    private static final double COVERED = 0.8;
    private static final double STEP = 0.25;
    private static final double FIRST_S = 0.08;
    private static final double LEAST_S = 0.005;
    private static final double MOST_S = 0.5;

    private double halfWidthS = FIRST_S;
    private double saidS = Double.NaN;

    /** Starts anew. */
    void reset() {
        halfWidthS = FIRST_S;
        saidS = Double.NaN;
    }

    /** A prediction was told. */
    void said(double expectedS) {
        saidS = expectedS;
    }

    /** Withdraws what was told. */
    void drop() {
        saidS = Double.NaN;
    }

    /** What was predicted happened at {@code timeS}. */
    void learn(double timeS) {
        if (!Double.isNaN(saidS)) {
            boolean hit = Math.abs(timeS - saidS) <= halfWidthS;
            double factor = hit ? 1 - STEP * (1 - COVERED) : 1 + STEP * COVERED;
            halfWidthS = Math.max(LEAST_S, Math.min(MOST_S, halfWidthS * factor));
        }
        saidS = Double.NaN;
    }

    /** Returns the half width, s. */
    double halfWidthS() {
        return halfWidthS;
    }
}
