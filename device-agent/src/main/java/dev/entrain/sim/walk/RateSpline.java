package dev.entrain.sim.walk;

/**
 * A smooth motion given by rates at knots: the rate is a cubic between knots with continuous slope, so the value (its
 * integral) and the second derivative are exact and consistent. Knots go in by rising time; reading goes forward. The
 * motion is still before the first and after the last knot. Not thread-safe; reused without allocating.
 */
final class RateSpline {
    private static final int CAPACITY = 40;

    private final double[] timeS = new double[CAPACITY];
    private final double[] rate = new double[CAPACITY];
    private final double[] slope = new double[CAPACITY];
    private final double[] value = new double[CAPACITY];
    private int count;
    private int cursor;

    private double valueNow;
    private double rateNow;
    private double slopeNow;

    /** Forgets every knot. */
    void clear() {
        count = 0;
    }

    /**
     * Appends a knot and returns its index.
     *
     * @param atS time, s, after the last knot's
     * @param ratePerS rate there
     */
    int knot(double atS, double ratePerS) {
        timeS[count] = atS;
        rate[count] = ratePerS;
        return count++;
    }

    /** Replaces the rate of a knot; {@link #fit} must follow. */
    void setRate(int knot, double ratePerS) {
        rate[knot] = ratePerS;
    }

    /** Derives slopes (of the neighbours' secant, so they are linear in the rates) and values from the knots. */
    void fit() {
        slope[0] = 0;
        slope[count - 1] = 0;
        for (int i = 1; i < count - 1; i++) {
            slope[i] = (rate[i + 1] - rate[i - 1]) / (timeS[i + 1] - timeS[i - 1]);
        }
        value[0] = 0;
        for (int i = 1; i < count; i++) {
            double h = timeS[i] - timeS[i - 1];
            value[i] = value[i - 1] + h * (rate[i - 1] + rate[i]) / 2 + h * h * (slope[i - 1] - slope[i]) / 12;
        }
        cursor = 0;
    }

    /** Returns the value at a knot, 0 at the first. */
    double valueAt(int knot) {
        return value[knot];
    }

    /** Moves to a time; earlier than the last one asked for only after {@link #fit}. */
    void moveTo(double atS) {
        while (cursor < count - 1 && timeS[cursor + 1] <= atS) {
            cursor++;
        }
        if (atS <= timeS[0] || cursor == count - 1) {
            valueNow = value[cursor];
            rateNow = 0;
            slopeNow = 0;
            return;
        }
        double h = timeS[cursor + 1] - timeS[cursor];
        double s = atS - timeS[cursor];
        double r0 = rate[cursor];
        double m0 = slope[cursor];
        double secant = (rate[cursor + 1] - r0) / h;
        double c = (3 * secant - 2 * m0 - slope[cursor + 1]) / h;
        double d = (m0 + slope[cursor + 1] - 2 * secant) / (h * h);
        valueNow = value[cursor] + s * (r0 + s * (m0 / 2 + s * (c / 3 + s * d / 4)));
        rateNow = r0 + s * (m0 + s * (c + s * d));
        slopeNow = m0 + s * (2 * c + s * 3 * d);
    }

    /** Returns the value where {@link #moveTo} went. */
    double value() {
        return valueNow;
    }

    /** Returns the rate where {@link #moveTo} went, 1/s. */
    double rate() {
        return rateNow;
    }

    /** Returns the rate of the rate where {@link #moveTo} went, 1/s2. */
    double slope() {
        return slopeNow;
    }
}
