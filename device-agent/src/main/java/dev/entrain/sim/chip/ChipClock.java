package dev.entrain.sim.chip;

/**
 * A chip's own oscillator: off by a constant, and slowly wandering as one that warms up does.
 *
 * @param skew how much faster than nominal it runs, as a fraction; -0.1 to 0.1
 * @param wander greatest further deviation, as a fraction
 */
public record ChipClock(double skew, double wander) {
    private static final double WANDER_PERIOD_NS = 60e9;

    /** Returns how many host seconds one second of the chip takes at a time. */
    double stretch(double hostNs) {
        return 1 / (1 + skew + wander * Math.sin(2 * Math.PI * hostNs / WANDER_PERIOD_NS));
    }
}
