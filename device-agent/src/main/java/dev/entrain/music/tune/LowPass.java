package dev.entrain.music.tune;

/**
 * A resonant low-pass of two poles whose corner may move (topology-preserving transform; Zavalishin 2012, "The Art of VA
 * Filter Design"). Not thread-safe.
 */
final class LowPass {
    private static final double MOST_SHARE = 0.45;

    private final double damping;
    private double g;
    private double first;
    private double second;
    private double band;

    /**
     * Makes one.
     *
     * @param resonance 0.5 (none) to 5
     */
    LowPass(double resonance) {
        damping = 1 / resonance;
    }

    /** Sets the corner, Hz. */
    void corner(double hz) {
        double share = Math.min(MOST_SHARE, hz / TuneRenderer.RATE_HZ);
        g = StrictMath.tan(Math.PI * share);
    }

    /** Filters one frame. */
    double next(double in) {
        band = (g * (in - second) + first) / (1 + g * (g + damping));
        double low = second + g * band;
        first = 2 * band - first;
        second = 2 * low - second;
        return low;
    }

    /** Returns the band about the corner, of the newest frame. */
    double band() {
        return band;
    }
}
