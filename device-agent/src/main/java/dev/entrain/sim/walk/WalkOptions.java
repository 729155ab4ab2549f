package dev.entrain.sim.walk;

/**
 * What a simulated walk is made of besides its scenario.
 *
 * @param rateHz readings per second of each foot, 50 to 400
 * @param durationS length, s, 0.1 to 86 400; the scenario repeats until it is over
 * @param seed decides everything random
 * @param sensors the sensors
 */
public record WalkOptions(double rateHz, double durationS, long seed, SensorOptions sensors) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public WalkOptions {
        Range.check("sample rate", rateHz, 50, 400, "Hz");
        Range.check("duration", durationS, 0.1, WalkSegment.LONGEST_S, "s");
    }

    /** Typical sensors at 200 Hz. */
    public WalkOptions(double durationS, long seed) {
        this(200, durationS, seed, SensorOptions.typical());
    }
}
