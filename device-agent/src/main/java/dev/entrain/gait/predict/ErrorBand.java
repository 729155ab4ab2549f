package dev.entrain.gait.predict;

/**
 * The half width that 80 % of errors stay within.
 *
 * <p>It is {@value #QUANTILE} times the mean absolute error of late: that is the 80 % point of a Gaussian (1.2816 /
 * 0.7979 = 1.606) and of a Laplacian (ln 5 = 1.609) alike, so it needs no knowledge of how heavy the tails are, which
 * differ between a steady and a turning walker. A mean of absolute values settles within a few strides, where counting
 * hits and misses (Robbins and Monro 1951) takes tens. A prediction may be told as less sure than usual; the mean is then
 * that of errors in units of what was to be expected. Not thread-safe; realtime-safe.
 */
final class ErrorBand {
    private static final double QUANTILE = 1.61;

    /** How much the newest error counts at least: a memory of eight strides. */
    private static final double NEWEST = 0.12;

    /** The first impression counts like this many strides. */
    private static final int FIRST_STRIDES = 2;

    /** One error counts at most this many times the mean: a stop is not a change of how well contacts are known. */
    private static final double CLIP = 3.0;

    /** Errors are never smaller on average, s: half a sample of 100 Hz. */
    private static final double LEAST_S = 0.004;

    private double meanS = Double.NaN;
    private int strides;
    private double saidS = Double.NaN;
    private double unsure = 1;

    /** Starts anew. */
    void reset() {
        meanS = Double.NaN;
        strides = 0;
        saidS = Double.NaN;
    }

    /**
     * A prediction was told.
     *
     * @param expectedS the time it names, s
     * @param firstS mean absolute error to assume if none was seen yet, s
     * @param unsure how many times as large an error as usual to expect of it, at least 1
     */
    void said(double expectedS, double firstS, double unsure) {
        saidS = expectedS;
        this.unsure = unsure;
        if (Double.isNaN(meanS)) {
            meanS = Math.max(LEAST_S, firstS);
        }
    }

    /** Withdraws what was told. */
    void drop() {
        saidS = Double.NaN;
    }

    /** What was predicted happened at {@code timeS}. */
    void learn(double timeS) {
        if (!Double.isNaN(saidS)) {
            strides++;
            double share = Math.max(NEWEST, 1.0 / (FIRST_STRIDES + strides));
            double error = Math.min(Math.abs(timeS - saidS) / unsure, CLIP * meanS);
            meanS = Math.max(LEAST_S, meanS + share * (error - meanS));
        }
        saidS = Double.NaN;
    }

    /** Returns the mean absolute error of sure predictions, s; NaN before anything was told. */
    double meanS() {
        return meanS;
    }

    /** Returns the half width of what was told last, s; NaN before anything was told. */
    double halfWidthS() {
        return QUANTILE * meanS * unsure;
    }
}
