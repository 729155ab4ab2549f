package dev.entrain.sim.walk;

/**
 * The two sensors of a simulated walk.
 *
 * @param accNoiseMps2 standard deviation of an accelerometer reading, m/s2, 0 to 5
 * @param gyroNoiseRadps standard deviation of a gyroscope reading, rad/s, 0 to 0.5
 * @param accBiasMps2 standard deviation of the constant errors of the accelerometer axes, m/s2, 0 to 2
 * @param gyroBiasRadps the same of the gyroscope, rad/s, 0 to 0.2
 * @param swayRadps standard deviation of the slow wobble of a foot that rests, rad/s, 0 to 0.2
 * @param accFullScaleMps2 where the accelerometer clips, m/s2, 15 or more
 * @param gyroFullScaleRadps where the gyroscope clips, rad/s, 2 or more
 * @param gravityRemoved whether the sensor takes gravity off its accelerations
 * @param left mounting on the left foot
 * @param right mounting on the right foot
 * @param swapped whether each sensor sits on the other foot than its readings say; mountings stay with the foot
 */
public record SensorOptions(
        double accNoiseMps2,
        double gyroNoiseRadps,
        double accBiasMps2,
        double gyroBiasRadps,
        double swayRadps,
        double accFullScaleMps2,
        double gyroFullScaleRadps,
        boolean gravityRemoved,
        Mounting left,
        Mounting right,
        boolean swapped) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SensorOptions {
        Range.check("accelerometer noise", accNoiseMps2, 0, 5, "m/s2");
        Range.check("gyroscope noise", gyroNoiseRadps, 0, 0.5, "rad/s");
        Range.check("accelerometer bias", accBiasMps2, 0, 2, "m/s2");
        Range.check("gyroscope bias", gyroBiasRadps, 0, 0.2, "rad/s");
        Range.check("sway", swayRadps, 0, 0.2, "rad/s");
        Range.check("accelerometer full scale", accFullScaleMps2, 15, Double.POSITIVE_INFINITY, "m/s2");
        Range.check("gyroscope full scale", gyroFullScaleRadps, 2, Double.POSITIVE_INFINITY, "rad/s");
    }

    /** Returns sensors like the inexpensive ones insoles carry: 16 g and 2000 deg/s, aligned with the foot. */
    public static SensorOptions typical() {
        return new SensorOptions(
                0.03,
                0.003,
                0.06,
                0.004,
                0.02,
                16 * 9.80665,
                Math.toRadians(2000),
                false,
                Mounting.ALIGNED,
                Mounting.ALIGNED,
                false);
    }

    /** Returns sensors without any error. */
    public static SensorOptions ideal() {
        double inf = Double.POSITIVE_INFINITY;
        return new SensorOptions(0, 0, 0, 0, 0, inf, inf, false, Mounting.ALIGNED, Mounting.ALIGNED, false);
    }

    /** Returns these sensors mounted otherwise. */
    public SensorOptions withMounting(Mounting newLeft, Mounting newRight) {
        return with(accFullScaleMps2, gyroFullScaleRadps, gravityRemoved, newLeft, newRight, swapped);
    }

    /** Returns these sensors with other ranges, m/s2 and rad/s. */
    public SensorOptions withFullScale(double accMps2, double gyroRadps) {
        return with(accMps2, gyroRadps, gravityRemoved, left, right, swapped);
    }

    /** Returns these sensors with gravity taken off or left in. */
    public SensorOptions withGravityRemoved(boolean removed) {
        return with(accFullScaleMps2, gyroFullScaleRadps, removed, left, right, swapped);
    }

    /** Returns these sensors worn on the wrong feet, or on the right ones. */
    public SensorOptions withSwapped(boolean wrongFeet) {
        return with(accFullScaleMps2, gyroFullScaleRadps, gravityRemoved, left, right, wrongFeet);
    }

    private SensorOptions with(
            double acc, double gyro, boolean removed, Mounting newLeft, Mounting newRight, boolean wrongFeet) {
        return new SensorOptions(
                accNoiseMps2,
                gyroNoiseRadps,
                accBiasMps2,
                gyroBiasRadps,
                swayRadps,
                acc,
                gyro,
                removed,
                newLeft,
                newRight,
                wrongFeet);
    }
}
