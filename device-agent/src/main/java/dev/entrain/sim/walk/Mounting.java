package dev.entrain.sim.walk;

import dev.entrain.noise.SeededNoise;

/**
 * How a sensor is mounted on its foot: turned by yaw about z, then pitch about the new y, then roll about the new x.
 * Without a turn its x points forward, y left and z up.
 *
 * @param yawDeg deg, -360 to 360
 * @param pitchDeg deg, -360 to 360
 * @param rollDeg deg, -360 to 360
 */
public record Mounting(double yawDeg, double pitchDeg, double rollDeg) {
    /** Sensor axes are the foot's. */
    public static final Mounting ALIGNED = new Mounting(0, 0, 0);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if an angle is out of its range
     */
    public Mounting {
        Range.check("mounting yaw", yawDeg, -360, 360, "deg");
        Range.check("mounting pitch", pitchDeg, -360, 360, "deg");
        Range.check("mounting roll", rollDeg, -360, 360, "deg");
    }

    /** Returns a mounting in any direction, decided by the seed. */
    public static Mounting any(long seed) {
        SeededNoise noise = new SeededNoise(seed, 3);
        // Uniform over rotations: yaw and roll uniform, the sine of pitch uniform.
        double pitchDeg = Math.toDegrees(StrictMath.asin(noise.uniform(-1, 1)));
        return new Mounting(noise.uniform(-180, 180), pitchDeg, noise.uniform(-180, 180));
    }

    /** Returns the matrix, row by row, that turns a vector in foot axes into sensor axes. */
    double[] footToSensor() {
        double y = Math.toRadians(yawDeg);
        double p = Math.toRadians(pitchDeg);
        double r = Math.toRadians(rollDeg);
        double sy = StrictMath.sin(y);
        double cy = StrictMath.cos(y);
        double sp = StrictMath.sin(p);
        double cp = StrictMath.cos(p);
        double sr = StrictMath.sin(r);
        double cr = StrictMath.cos(r);
        return new double[] {
            cy * cp,
            sy * cp,
            -sp,
            cy * sp * sr - sy * cr,
            sy * sp * sr + cy * cr,
            cp * sr,
            cy * sp * cr + sy * sr,
            sy * sp * cr - cy * sr,
            cp * cr
        };
    }
}
