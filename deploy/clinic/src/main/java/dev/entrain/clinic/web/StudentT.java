package dev.entrain.clinic.web;

/** Student's t distribution. */
final class StudentT {
    private static final int HALVINGS = 200;
    private static final int MOST_TERMS = 500;
    private static final double TINY = 1e-300;

    private StudentT() {}

    /**
     * Returns the t that a standardised mean stays under with a probability.
     *
     * @param p over 0.5, under 1
     * @param freedom degrees of freedom, at least 1
     */
    static double quantile(double p, int freedom) {
        double low = 0;
        double high = 1;
        while (below(high, freedom) < p && high < 1e12) { // Ends: 40 doublings.
            high *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (below(middle, freedom) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Returns the probability of less than t, t at least 0. */
    static double below(double t, int freedom) {
        return 1 - beta(freedom / (freedom + t * t), freedom / 2.0) / 2;
    }

    /**
     * The regularised incomplete beta function I_x(a, 1/2), by its continued fraction (Abramowitz and Stegun 1964, 26.5.8) in
     * Lentz's way, on the side where it converges fast.
     */
    private static double beta(double x, double a) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double b = 0.5;
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b;
    }

    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / apart(1 - (a + b) * x / (a + 1));
        double result = d;
        for (int m = 1; m <= MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / apart(1 + even * d);
            c = apart(1 + even / c);
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / apart(1 + odd * d);
            c = apart(1 + odd / c);
            result *= d * c;
            if (Math.abs(d * c - 1) < 1e-15) {
                break;
            }
        }
        return result;
    }

    private static double apart(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** ln gamma(x) for multiples of 1/2 from 1/2 on, by its recurrence: exact where it is needed. */
    private static double logGamma(double x) {
        double sum = 0;
        double at = x;
        while (at > 1) { // Ends: one less each time; the freedom is bounded by the sessions there are.
            at -= 1;
            sum += Math.log(at);
        }
        return sum + (at == 0.5 ? Math.log(Math.PI) / 2 : 0);
    }
}
