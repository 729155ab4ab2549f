package dev.entrain.gait.freeze;

/**
 * How strongly one foot usually swings and when it last did so by half. In a walk one foot or the other always swings;
 * who is frozen fidgets between. Not thread-safe; realtime-safe.
 */
final class SwingStrength {
    /** A rate above this share of the usual peak belongs to a swing. */
    private static final double SWING = 0.5;

    /** Part of the newest stride in the usual one, and how far it may lie off. */
    private static final double NEWEST = 0.15;

    private static final double LEAST = 0.5;
    private static final double MOST = 1.5;

    private double peakRadps;
    private double usualRadps;
    private double swungS;

    SwingStrength() {
        reset();
    }

    /** Forgets the walker. */
    void reset() {
        peakRadps = 0;
        usualRadps = Double.NaN;
        swungS = Double.NaN;
    }

    /** Consumes the mean rate of some 20 ms that end at {@code timeS}. */
    void add(double timeS, double rateRadps) {
        peakRadps = Math.max(peakRadps, rateRadps);
        if (rateRadps > SWING * usualRadps) {
            swungS = timeS;
        }
    }

    /** The foot touched at {@code timeS}; what it did until now belongs to a stride if {@code stride} says so. */
    void contact(double timeS, boolean stride) {
        if (stride) {
            if (usualRadps > 0) {
                usualRadps += NEWEST * (Math.clamp(peakRadps, LEAST * usualRadps, MOST * usualRadps) - usualRadps);
            } else {
                usualRadps = peakRadps;
                swungS = timeS;
            }
        }
        peakRadps = 0;
    }

    /** Returns when the foot last swung, s; NaN before its first whole stride. */
    double swungS() {
        return swungS;
    }
}
