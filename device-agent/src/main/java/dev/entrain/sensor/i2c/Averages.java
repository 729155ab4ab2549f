package dev.entrain.sensor.i2c;

import dev.entrain.bus.I2cException;

/** Means of a few readings of three axes, and how far they were apart. Used by one thread. */
final class Averages {
    private static final int READINGS = 10;
    private static final long APART_MS = 20;

    /** Means of x, y, z, in steps of the chip. */
    final double[] means = new double[3];

    /** Greatest distance between two readings of an axis, in steps. */
    double spread;

    /** Reads the output registers several times; each reading is a new one at 52 Hz and more. */
    static Averages of(ChipRegisters registers, int output, boolean lowFirst) throws I2cException {
        Averages averages = new Averages();
        byte[] bytes = new byte[6];
        double[] least = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double[] most = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int reading = 0; reading < READINGS; reading++) {
            ImuDriver.pause(APART_MS);
            registers.read(output, bytes, bytes.length);
            for (int axis = 0; axis < 3; axis++) {
                int low = bytes[2 * axis + (lowFirst ? 0 : 1)] & 0xff;
                int high = bytes[2 * axis + (lowFirst ? 1 : 0)];
                int value = (high << 8) | low;
                averages.means[axis] += (double) value / READINGS;
                least[axis] = Math.min(least[axis], value);
                most[axis] = Math.max(most[axis], value);
                averages.spread = Math.max(averages.spread, most[axis] - least[axis]);
            }
        }
        return averages;
    }

    /** Returns by how much each axis differs from another average's, in steps; the sign is lost. */
    double[] differences(Averages before) {
        double[] differences = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            differences[axis] = Math.abs(means[axis] - before.means[axis]);
        }
        return differences;
    }
}
