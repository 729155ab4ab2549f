package dev.entrain.device;

/**
 * What is believed of the unit's own battery.
 *
 * @param percent charge, %, 0 to 100; {@value #UNKNOWN} while nobody knows
 * @param volts of the cell, V; not a number while nobody knows
 * @param charging whether it is being charged
 * @param low whether it should be charged soon
 * @param empty whether the unit must save and switch itself off now; stays so once it was
 * @param trouble why nothing is known, a sentence for a technician; empty while the gauge answers
 */
public record BatteryState(int percent, double volts, boolean charging, boolean low, boolean empty, String trouble) {
    /** A charge nobody knows. */
    public static final int UNKNOWN = -1;

    /** Before the first reading. */
    public static final BatteryState NOT_READ = new BatteryState(UNKNOWN, Double.NaN, false, false, false, "");

    /** Returns whether the charge is known. */
    public boolean known() {
        return percent != UNKNOWN;
    }
}
