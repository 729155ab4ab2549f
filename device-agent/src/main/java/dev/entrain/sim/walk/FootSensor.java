package dev.entrain.sim.walk;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/** Reads the motion of a foot as a sensor with errors, mounted somehow. Not thread-safe; does not allocate. */
final class FootSensor {
    private static final double SWAY_S = 0.25;

    private final SensorOptions options;
    private final SeededNoise noise;
    private final double[] matrix;
    private final double[] bias = new double[6];
    private final double[] sway = new double[3];
    private final double swayKeep;
    private final double swayDrive;

    FootSensor(Foot foot, SensorOptions options, double rateHz, SeededNoise noise) {
        this.options = options;
        this.noise = noise;
        matrix = (foot == Foot.LEFT ? options.left() : options.right()).footToSensor();
        for (int i = 0; i < bias.length; i++) {
            bias[i] = noise.gaussian() * (i < 3 ? options.accBiasMps2() : options.gyroBiasRadps());
        }
        swayKeep = StrictMath.exp(-1 / (SWAY_S * rateHz));
        swayDrive = options.swayRadps() * Math.sqrt(1 - swayKeep * swayKeep);
    }

    /** Fills in the six readings. */
    void read(FootMotion motion, ImuSample out) {
        boolean gravity = !options.gravityRemoved();
        double fx = gravity ? motion.fx : motion.fx - motion.upX;
        double fy = gravity ? motion.fy : motion.fy - motion.upY;
        double fz = gravity ? motion.fz : motion.fz - motion.upZ;
        for (int i = 0; i < 3; i++) {
            sway[i] = swayKeep * sway[i] + swayDrive * noise.gaussian();
        }
        double gx = motion.gx + sway[0];
        double gy = motion.gy + sway[1];
        double gz = motion.gz + sway[2];
        out.axMps2 = acceleration(0, fx, fy, fz);
        out.ayMps2 = acceleration(1, fx, fy, fz);
        out.azMps2 = acceleration(2, fx, fy, fz);
        out.gxRadps = rate(0, gx, gy, gz);
        out.gyRadps = rate(1, gx, gy, gz);
        out.gzRadps = rate(2, gx, gy, gz);
    }

    private double acceleration(int axis, double x, double y, double z) {
        double value = turned(axis, x, y, z) + bias[axis] + options.accNoiseMps2() * noise.gaussian();
        return Math.clamp(value, -options.accFullScaleMps2(), options.accFullScaleMps2());
    }

    private double rate(int axis, double x, double y, double z) {
        double value = turned(axis, x, y, z) + bias[3 + axis] + options.gyroNoiseRadps() * noise.gaussian();
        return Math.clamp(value, -options.gyroFullScaleRadps(), options.gyroFullScaleRadps());
    }

    private double turned(int axis, double x, double y, double z) {
        return matrix[3 * axis] * x + matrix[3 * axis + 1] * y + matrix[3 * axis + 2] * z;
    }
}
