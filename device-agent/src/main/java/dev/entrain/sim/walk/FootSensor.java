package dev.entrain.sim.walk;

import dev.entrain.noise.SeededNoise;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/** Reads the motion of a foot as a sensor with errors, mounted somehow. Not thread-safe; does not allocate. */
final class FootSensor {
    private static final double SWAY_S = 0.25;

    private final SensorOptions options;
    private final SeededNoise noise;
    private final double[] matrix;
    private final double[] slippedMatrix = new double[9];
    private final double[] slipUnit = new double[3];
    private final SmallAngle slipAngle = new SmallAngle();
    private final double[] bias = new double[6];
    private final double[] sway = new double[3];
    private final double swayKeep;
    private final double swayDrive;
    private double[] turning;
    private int slipAxis;
    private long slipStartNs;
    private double slipRad;

    FootSensor(Foot foot, SensorOptions options, double rateHz, SeededNoise noise) {
        this.options = options;
        this.noise = noise;
        matrix = (foot == Foot.LEFT ? options.left() : options.right()).footToSensor();
        turning = matrix;
        for (int i = 0; i < bias.length; i++) {
            bias[i] = noise.gaussian() * (i < 3 ? options.accBiasMps2() : options.gyroBiasRadps());
        }
        swayKeep = StrictMath.exp(-1 / (SWAY_S * rateHz));
        swayDrive = options.swayRadps() * Math.sqrt(1 - swayKeep * swayKeep);
    }

    /** The sensor begins to turn about an axis of the foot (see {@link WalkSegment.Slip}); an earlier slip ends here. */
    void slip(long startNs, double rad, WalkSegment.Slip.Axis axis) {
        if (slipRad != 0) {
            turnBy(slipRad);
            System.arraycopy(slippedMatrix, 0, matrix, 0, matrix.length);
        }
        slipStartNs = startNs;
        slipRad = rad;
        slipAxis = switch (axis) {
            case ROLL -> 0;
            case PITCH -> 1;
            case YAW -> 2;
        };
        for (int i = 0; i < 3; i++) {
            slipUnit[i] = i == slipAxis ? 1 : 0;
        }
    }

    /** Works out the matrix after a turn of the sensor about the slip's axis. */
    private void turnBy(double rad) {
        slipAngle.set(rad);
        int b = (slipAxis + 1) % 3;
        int c = (slipAxis + 2) % 3;
        for (int row = 0; row < 9; row += 3) {
            // What the foot calls b the turned sensor sees as b cos - c sin: the frame turns, not the vector.
            slippedMatrix[row + slipAxis] = matrix[row + slipAxis];
            slippedMatrix[row + b] = matrix[row + b] * slipAngle.cos() - matrix[row + c] * slipAngle.sin();
            slippedMatrix[row + c] = matrix[row + b] * slipAngle.sin() + matrix[row + c] * slipAngle.cos();
        }
    }

    /** Brings the matrix to a time; returns the rate of the slip itself, rad/s. */
    private double slipTo(long nowNs) {
        if (slipRad == 0) {
            return 0;
        }
        double u = (nowNs - slipStartNs) / (double) WalkSegment.Slip.TAKES_NS;
        if (u >= 1) {
            turnBy(slipRad);
            System.arraycopy(slippedMatrix, 0, matrix, 0, matrix.length);
            slipRad = 0;
            return 0;
        }
        if (u <= 0) {
            System.arraycopy(matrix, 0, slippedMatrix, 0, matrix.length);
            return 0;
        }
        turnBy(slipRad * u * u * (3 - 2 * u));
        return slipRad * 6 * u * (1 - u) * 1e9 / WalkSegment.Slip.TAKES_NS;
    }

    /** Fills in the six readings of a time. */
    void read(long nowNs, FootMotion motion, ImuSample out) {
        double slipRadps = slipTo(nowNs);
        turning = slipRad == 0 ? matrix : slippedMatrix;
        boolean gravity = !options.gravityRemoved();
        double fx = gravity ? motion.fx : motion.fx - motion.upX;
        double fy = gravity ? motion.fy : motion.fy - motion.upY;
        double fz = gravity ? motion.fz : motion.fz - motion.upZ;
        for (int i = 0; i < 3; i++) {
            sway[i] = swayKeep * sway[i] + swayDrive * noise.gaussian();
        }
        double gx = motion.gx + sway[0] + slipRadps * slipUnit[0];
        double gy = motion.gy + sway[1] + slipRadps * slipUnit[1];
        double gz = motion.gz + sway[2] + slipRadps * slipUnit[2];
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
        return turning[3 * axis] * x + turning[3 * axis + 1] * y + turning[3 * axis + 2] * z;
    }
}
