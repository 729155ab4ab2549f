package dev.entrain.gait.stride;

/**
 * By what constant rate a stride's orientation came out wrong: gravity at its end, carried back by the gyroscope, must lie
 * where it lay at its start. Both ends are the same moment of a stance, so that what a foot does there cancels. Only the
 * level part of the rate shows. Not thread-safe; realtime-safe.
 */
public final class LevelError {
    /** Uncertainty of gravity's direction at a stride's end against that at its start, rad. */
    private static final double LEVEL_RAD = 0.03;

    /** What a force that differs from gravity in size may differ from it in direction, rad per m/s2. */
    private static final double UNREST_RAD = 0.1;

    private static final double SHORTEST_S = 0.4;
    private static final double LONGEST_S = 3.0;

    private final double[] rate = new double[3];
    private final double[] up = new double[3];
    private double variance = Double.NaN;

    /** Returns whether the last stride showed anything; all else is undefined if it did not. */
    public boolean isKnown() {
        return variance > 0;
    }

    /** Returns the level part of the rate that was too much, rad/s; axis 0 to 2 of the sensor with the foot flat. */
    public double rateRadps(int axis) {
        return rate[axis];
    }

    /** Returns up at the stride's start, a unit vector in sensor axes. */
    public double up(int axis) {
        return up[axis];
    }

    /** Returns the variance of the rate, (rad/s)2. */
    public double variance() {
        return variance;
    }

    void forget() {
        variance = Double.NaN;
    }

    /**
     * Compares both ends.
     *
     * @param attitude as the gyroscope has it at the end, marked at the start
     * @param force mean specific force at the end, m/s2
     * @param spanS duration of the stride, s
     * @param unrest by how much the forces at both ends differ from gravity in size, m/s2
     * @param turn2 variance of the orientation at the end for what happened between readings, rad2
     */
    void measure(Attitude attitude, double[] force, double spanS, double unrest, double turn2) {
        forget();
        if (spanS < SHORTEST_S || spanS > LONGEST_S) {
            return;
        }
        double size = Math.sqrt(force[0] * force[0] + force[1] * force[1] + force[2] * force[2]);
        up[0] = force[0];
        up[1] = force[1];
        up[2] = force[2];
        attitude.rotate(up);
        // An orientation that is off by a small turn d carries up to z + d x z.
        rate[0] = -up[1] / (size * spanS);
        rate[1] = up[0] / (size * spanS);
        rate[2] = 0;
        attitude.rotateBackToMark(rate);
        up[0] = 0;
        up[1] = 0;
        up[2] = 1;
        attitude.rotateBackToMark(up);
        double unsure = UNREST_RAD * unrest;
        variance = (LEVEL_RAD * LEVEL_RAD + unsure * unsure + turn2) / (spanS * spanS);
    }
}
