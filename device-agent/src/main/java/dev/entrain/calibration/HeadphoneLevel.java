package dev.entrain.calibration;

import dev.entrain.audio.Loudness;
import java.util.Locale;

/**
 * How loud a full-scale 1 kHz sine is at the ear, from a sound level meter or from datasheets. At 1 kHz the A-weighted and
 * the plain level are the same number.
 */
public final class HeadphoneLevel {
    /** Least reading taken, dB: quieter, and the room is measured with it. */
    public static final double READING_MIN = 45;

    /** Greatest reading taken, dB: the reference is never meant to be as loud. */
    public static final double READING_MAX = 100;

    private static final double SENSITIVITY_MIN = 70;
    private static final double SENSITIVITY_MAX = 140;
    private static final double VOLT_MIN = 0.02;
    private static final double VOLT_MAX = 10;

    private HeadphoneLevel() {}

    /**
     * Returns the level of full scale from a measurement.
     *
     * @param readingDba what the meter showed, dB(A)
     * @param toneDbfs level of the 1 kHz sine that played, dB below a full-scale sine
     * @return dB SPL
     * @throws IllegalArgumentException saying what to look at, if it is not plausible
     */
    public static double fromReading(double readingDba, double toneDbfs) {
        check(
                "the reading",
                readingDba,
                READING_MIN,
                READING_MAX,
                "dB(A)",
                "look that the meter is set to A and Fast, that it sits tightly on the headphone and that the mixer is up");
        return plausible(readingDba - toneDbfs);
    }

    /**
     * Returns the level of full scale from datasheets.
     *
     * @param sensitivityDbPerV level at 1 V r.m.s. and 1 kHz, dB SPL; from dB SPL/mW: add 30 and subtract 10 log10(ohm)
     * @param fullScaleV r.m.s. voltage of a full-scale sine at the headphone, V
     * @return dB SPL
     * @throws IllegalArgumentException saying what to look at, if it is not plausible
     */
    public static double fromDatasheet(double sensitivityDbPerV, double fullScaleV) {
        check(
                "the sensitivity",
                sensitivityDbPerV,
                SENSITIVITY_MIN,
                SENSITIVITY_MAX,
                "dB SPL at 1 V",
                "a sensitivity per milliwatt becomes one per volt by adding 30 and subtracting 10 log10(ohm)");
        check(
                "the voltage of full scale",
                fullScaleV,
                VOLT_MIN,
                VOLT_MAX,
                "V r.m.s.",
                "take the r.m.s. value, not the peak, with the headphone connected");
        return plausible(sensitivityDbPerV + 20 * Math.log10(fullScaleV));
    }

    private static double plausible(double fullScaleDbSpl) {
        check(
                "the level of full scale that follows",
                fullScaleDbSpl,
                Loudness.FULL_SCALE_MIN,
                Loudness.FULL_SCALE_MAX,
                "dB SPL",
                "look at the mixer's volume and measure again");
        return fullScaleDbSpl;
    }

    private static void check(String what, double value, double low, double high, String unit, String next) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s must be %s to %s %s, not %.4g: %s", what, low, high, unit, value, next));
        }
    }
}
