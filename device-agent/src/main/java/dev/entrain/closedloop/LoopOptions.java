package dev.entrain.closedloop;

/**
 * What happens in a simulated session besides the programme. Times are s from its beginning; NaN for not at all.
 *
 * @param seed of everything random
 * @param rateHz readings per second and foot, 50 to 400
 * @param pressS when the patient stops by the button; 20 s later he goes on
 * @param cutS when the unit restarts; it is back after 15 s
 * @param gapS when the readings of both feet fail
 * @param gapLengthS for how long, s
 */
public record LoopOptions(long seed, double rateHz, double pressS, double cutS, double gapS, double gapLengthS) {
    /** An undisturbed session at 100 Hz. */
    public static LoopOptions plain(long seed) {
        return new LoopOptions(seed, 100, Double.NaN, Double.NaN, Double.NaN, 0);
    }

    /** Returns these with a press of the button in mid-session. */
    public LoopOptions withPress(double atS) {
        return new LoopOptions(seed, rateHz, atS, cutS, gapS, gapLengthS);
    }

    /** Returns these with a restart of the unit. */
    public LoopOptions withCut(double atS) {
        return new LoopOptions(seed, rateHz, pressS, atS, gapS, gapLengthS);
    }

    /** Returns these with sensors that fail for a while. */
    public LoopOptions withGap(double atS, double lengthS) {
        return new LoopOptions(seed, rateHz, pressS, cutS, atS, lengthS);
    }
}
