package dev.entrain.cuetest;

/**
 * How a person tapped along with a steady beat.
 *
 * @param refusal why the taps say nothing and what to do; empty if they do
 * @param taps taps that were judged
 * @param doubles taps that came too soon after another and were left out
 * @param medianMs median of tap minus planned beat, ms
 * @param spreadMs 1.4826 times the median distance from it, ms
 */
public record TapResult(String refusal, int taps, int doubles, double medianMs, double spreadMs) {
    /** Returns whether the taps say something. */
    public boolean accepted() {
        return refusal.isEmpty();
    }

    /** Returns the standard error of the median, ms, as of Gaussian taps. */
    double errorMs() {
        return 1.2533 * spreadMs / Math.sqrt(taps);
    }

    static TapResult refused(String why, int taps, int doubles) {
        return new TapResult(why, taps, doubles, Double.NaN, Double.NaN);
    }
}
