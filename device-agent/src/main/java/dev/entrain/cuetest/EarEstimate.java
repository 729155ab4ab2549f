package dev.entrain.cuetest;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.OutputCalibration;

/**
 * An output's latency as heard by a person. What is tapped is latency, minus how far this person taps ahead of a beat, plus
 * what the keyboard takes; taps alone cannot tell these apart. Two ways out:
 *
 * <ul>
 *   <li>The same person taps along on an output of known latency: then both drop out of the difference.
 *   <li>Without one, typical values are assumed and their range becomes the uncertainty: people tap {@value #AHEAD_MS} ms ahead,
 *       give or take {@value #AHEAD_SD_MS} (20 to 80 ms: Aschersleben, Brain and Cognition 48, 2002; Repp, Psychonomic Bulletin
 *       and Review 12, 2005), and a keyboard takes {@value #KEYBOARD_MS} ms, give or take {@value #KEYBOARD_SD_MS}.
 * </ul>
 *
 * @param offsetMs latency, ms
 * @param spreadMs standard deviation of that, ms
 */
public record EarEstimate(double offsetMs, double spreadMs) {
    /** How far people tap ahead of a beat they hear, ms. */
    static final double AHEAD_MS = 50;

    /** How much that differs from person to person, ms. */
    static final double AHEAD_SD_MS = 30;

    /** What a keyboard and a terminal on the same machine take, ms. Our assumption: a keyboard is asked every 1 to 10 ms and
     * filters its keys for 5 to 20. */
    static final double KEYBOARD_MS = 20;

    /** How much that differs, ms. */
    static final double KEYBOARD_SD_MS = 15;

    /** How far one person's habit may move from one sitting to the next within minutes, ms. Our assumption. */
    static final double AGAIN_SD_MS = 10;

    /** Estimates from taps alone. */
    public static EarEstimate alone(TapResult taps) {
        return new EarEstimate(
                taps.medianMs() + AHEAD_MS - KEYBOARD_MS,
                Math.hypot(Math.hypot(AHEAD_SD_MS, KEYBOARD_SD_MS), taps.errorMs()));
    }

    /**
     * Estimates from taps on this output and on another of known latency.
     *
     * @param taps on the output in question
     * @param reference on the other one
     * @param known the other one's calibration; unknown counts as the 1 ms of a wired card
     */
    public static EarEstimate against(TapResult taps, TapResult reference, OutputCalibration known) {
        boolean measured = !Double.isNaN(known.offsetMs());
        double spreadMs = Double.isNaN(known.offsetSpreadMs()) ? 1 : known.offsetSpreadMs();
        return new EarEstimate(
                taps.medianMs() - reference.medianMs() + (measured ? known.offsetMs() : 1),
                Math.hypot(Math.hypot(taps.errorMs(), reference.errorMs()), Math.hypot(AGAIN_SD_MS, spreadMs)));
    }

    /** Returns whether an output can be as late as this. */
    public boolean possible() {
        return offsetMs >= AudioConfig.OFFSET_MIN_MS && offsetMs <= AudioConfig.OFFSET_MAX_MS;
    }

    /** Returns what to calculate with: 0 where the ear cannot tell the latency from none, for most outputs have none. */
    public double usableMs() {
        return Math.abs(offsetMs) < spreadMs ? 0 : offsetMs;
    }
}
