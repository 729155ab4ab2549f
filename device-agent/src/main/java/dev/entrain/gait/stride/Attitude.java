package dev.entrain.gait.stride;

/** How a sensor is turned against level axes, followed with the gyroscope. Not thread-safe; realtime-safe. */
final class Attitude {
    private final double[] q = new double[4];
    private final double[] q0 = new double[4];

    /** Starts with the rotation that makes a specific force point upwards. */
    void level(double[] up) {
        double size = Math.sqrt(up[0] * up[0] + up[1] * up[1] + up[2] * up[2]);
        // The rotation that carries the measured force to +z: half way between the two directions.
        double uz = up[2] / size;
        if (uz < -0.999999) {
            q[0] = 0;
            q[1] = 1;
            q[2] = 0;
        } else {
            double norm = Math.sqrt(2 * (1 + uz));
            q[0] = norm / 2;
            q[1] = up[1] / size / norm;
            q[2] = -up[0] / size / norm;
        }
        q[3] = 0;
    }

    /** From here {@link #turned} counts. */
    void mark() {
        System.arraycopy(q, 0, q0, 0, 4);
    }

    /** Tips the level so that an acceleration that seems to be there, as a share of gravity, is gone. */
    void tip(double x, double y) {
        double w = q[0] - 0.5 * (y * q[1] - x * q[2]);
        double i = q[1] + 0.5 * (y * q[0] - x * q[3]);
        double j = q[2] + 0.5 * (-y * q[3] - x * q[0]);
        double k = q[3] + 0.5 * (y * q[2] + x * q[1]);
        double norm = 1 / Math.sqrt(w * w + i * i + j * j + k * k);
        q[0] = w * norm;
        q[1] = i * norm;
        q[2] = j * norm;
        q[3] = k * norm;
    }

    /** Turns from a reading to the next: rates between them as a cubic through slopes, and the coning term. */
    void turn(StrideSamples samples, long at) {
        double dtS = samples.timeS(at + 1) - samples.timeS(at);
        double ax = samples.gyr(at, 0);
        double ay = samples.gyr(at, 1);
        double az = samples.gyr(at, 2);
        double bx = samples.gyr(at + 1, 0);
        double by = samples.gyr(at + 1, 1);
        double bz = samples.gyr(at + 1, 2);
        double cone = dtS * dtS / 12;
        double rx = 0.5 * (ax + bx) * dtS + cone * (bend(samples, at, 0) + ay * bz - az * by);
        double ry = 0.5 * (ay + by) * dtS + cone * (bend(samples, at, 1) + az * bx - ax * bz);
        double rz = 0.5 * (az + bz) * dtS + cone * (bend(samples, at, 2) + ax * by - ay * bx);
        double angle = Math.sqrt(rx * rx + ry * ry + rz * rz);
        double half = angle < 1e-9 ? 0.5 : Math.sin(angle / 2) / angle;
        double cw = Math.cos(angle / 2);
        double cx = half * rx;
        double cy = half * ry;
        double cz = half * rz;
        double w = q[0] * cw - q[1] * cx - q[2] * cy - q[3] * cz;
        double x = q[0] * cx + q[1] * cw + q[2] * cz - q[3] * cy;
        double y = q[0] * cy - q[1] * cz + q[2] * cw + q[3] * cx;
        double z = q[0] * cz + q[1] * cy - q[2] * cx + q[3] * cw;
        double norm = 1 / Math.sqrt(w * w + x * x + y * y + z * z);
        q[0] = w * norm;
        q[1] = x * norm;
        q[2] = y * norm;
        q[3] = z * norm;
    }

    /** The rotation since {@link #mark}, its part about the vertical, in (-pi, pi]. */
    double turned() {
        double w = q[0] * q0[0] + q[1] * q0[1] + q[2] * q0[2] + q[3] * q0[3];
        double z = -q[0] * q0[3] - q[1] * q0[2] + q[2] * q0[1] + q[3] * q0[0];
        double rad = 2 * Math.atan2(z, w);
        return rad > Math.PI ? rad - 2 * Math.PI : rad <= -Math.PI ? rad + 2 * Math.PI : rad;
    }

    /** Turns a vector from the sensor's axes into level ones. */
    void rotate(double[] x) {
        rotate(q, 1, x);
    }

    /** Turns a vector from level axes into those the sensor had at {@link #mark}. */
    void rotateBackToMark(double[] x) {
        rotate(q0, -1, x);
    }

    private static void rotate(double[] q, double way, double[] x) {
        double w = way * q[0];
        double tx = 2 * (q[2] * x[2] - q[3] * x[1]);
        double ty = 2 * (q[3] * x[0] - q[1] * x[2]);
        double tz = 2 * (q[1] * x[1] - q[2] * x[0]);
        double x0 = x[0] + w * tx + q[2] * tz - q[3] * ty;
        double x1 = x[1] + w * ty + q[3] * tx - q[1] * tz;
        x[2] += w * tz + q[1] * ty - q[2] * tx;
        x[0] = x0;
        x[1] = x1;
    }

    /** Returns the slope of a rate at a reading minus the slope at the next. */
    private static double bend(StrideSamples samples, long at, int axis) {
        return slope(samples, at, axis) - slope(samples, at + 1, axis);
    }

    private static double slope(StrideSamples samples, long at, int axis) {
        if (!samples.has(at - 1) || !samples.has(at + 1)) {
            return 0;
        }
        return slope(
                samples.timeS(at) - samples.timeS(at - 1),
                samples.gyr(at, axis) - samples.gyr(at - 1, axis),
                samples.timeS(at + 1) - samples.timeS(at),
                samples.gyr(at + 1, axis) - samples.gyr(at, axis));
    }

    /** Slope in the middle of three readings, of the parabola through them. */
    private static double slope(double beforeS, double before, double afterS, double after) {
        return (before / beforeS * afterS + after / afterS * beforeS) / (beforeS + afterS);
    }
}
