package dev.entrain.sim.walk;

/** Checks of what a user asks of the walking model. */
public final class Range {
    private Range() {}

    /**
     * Returns the value if it lies in the range, both ends included.
     *
     * @throws IllegalArgumentException otherwise; names the value, its range and unit
     */
    public static double check(String name, double value, double low, double high, String unit) {
        if (value >= low && value <= high) {
            return value;
        }
        String of = unit.isEmpty() ? "" : " " + unit;
        throw new IllegalArgumentException(
                name + " is " + text(value) + of + ", but must lie between " + text(low) + " and " + text(high) + of);
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
