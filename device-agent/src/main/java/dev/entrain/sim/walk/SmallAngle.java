package dev.entrain.sim.walk;

/**
 * Sine and cosine of angles up to a turn, by their series: the same bits on every machine, which Math does not promise,
 * and without the garbage of StrictMath. Off by less than 1e-13 up to pi. Not thread-safe; realtime-safe.
 */
final class SmallAngle {
    private static final int TERMS = 10;

    private double sin;
    private double cos = 1;

    /** Works out both for an angle, rad. */
    void set(double rad) {
        double half = rad / 2;
        double square = half * half;
        double s = 1;
        double c = 1;
        for (int k = TERMS; k > 0; k--) {
            s = 1 - square * s / (2 * k * (2 * k + 1));
            c = 1 - square * c / (2 * k * (2 * k - 1));
        }
        s *= half;
        sin = 2 * s * c;
        cos = 1 - 2 * s * s;
    }

    /** Returns the sine. */
    double sin() {
        return sin;
    }

    /** Returns the cosine. */
    double cos() {
        return cos;
    }
}
