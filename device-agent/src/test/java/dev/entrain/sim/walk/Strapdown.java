package dev.entrain.sim.walk;

import dev.entrain.sample.ImuSample;
import java.util.List;

/** Plain strapdown integration from rest, without any correction: what the readings say the sensor did. */
final class Strapdown {
    private static final double G = 9.80665;

    /** Final orientation (rows: world axes in the sensor's), position and velocity. */
    final double[][] r;

    private final double[][] start;

    final double[] position = new double[3];
    final double[] velocity = new double[3];

    /** Integrates; the first sample is at rest and tells where up is. */
    Strapdown(List<ImuSample> samples) {
        ImuSample first = samples.getFirst();
        r = level(first.axMps2, first.ayMps2, first.azMps2);
        start = level(first.axMps2, first.ayMps2, first.azMps2);
        double[] before = world(first);
        for (int i = 1; i < samples.size(); i++) {
            ImuSample a = samples.get(i - 1);
            ImuSample b = samples.get(i);
            double dt = (b.timeNs - a.timeNs) * 1e-9;
            rotate(
                    (a.gxRadps + b.gxRadps) / 2 * dt,
                    (a.gyRadps + b.gyRadps) / 2 * dt,
                    (a.gzRadps + b.gzRadps) / 2 * dt);
            double[] now = world(b);
            for (int k = 0; k < 3; k++) {
                double mean = (before[k] + now[k]) / 2;
                position[k] += velocity[k] * dt + mean * dt * dt / 2;
                velocity[k] += mean * dt;
            }
            before = now;
        }
    }

    double horizontalM() {
        return Math.hypot(position[0], position[1]);
    }

    /** How far the sensor has turned about the vertical since the first sample, rad. */
    double turnedRad() {
        double cos = 0;
        double sin = 0;
        for (int j = 0; j < 3; j++) {
            cos += r[0][j] * start[0][j] + r[1][j] * start[1][j];
            sin += r[1][j] * start[0][j] - r[0][j] * start[1][j];
        }
        return Math.atan2(sin, cos);
    }

    private double[] world(ImuSample s) {
        double[] a = new double[3];
        for (int k = 0; k < 3; k++) {
            a[k] = r[k][0] * s.axMps2 + r[k][1] * s.ayMps2 + r[k][2] * s.azMps2;
        }
        a[2] -= G;
        return a;
    }

    private void rotate(double x, double y, double z) {
        double angle = Math.sqrt(x * x + y * y + z * z);
        if (angle < 1e-12) {
            return;
        }
        double s = Math.sin(angle) / angle;
        double c = (1 - Math.cos(angle)) / (angle * angle);
        double[][] d = {
            {1 - c * (y * y + z * z), c * x * y - s * z, c * x * z + s * y},
            {c * x * y + s * z, 1 - c * (x * x + z * z), c * y * z - s * x},
            {c * x * z - s * y, c * y * z + s * x, 1 - c * (x * x + y * y)}
        };
        for (int k = 0; k < 3; k++) {
            double a = r[k][0];
            double b = r[k][1];
            double e = r[k][2];
            for (int j = 0; j < 3; j++) {
                r[k][j] = a * d[0][j] + b * d[1][j] + e * d[2][j];
            }
        }
    }

    /** Rows: two level directions and up, in sensor axes. */
    private static double[][] level(double x, double y, double z) {
        double n = Math.sqrt(x * x + y * y + z * z);
        double[] up = {x / n, y / n, z / n};
        double[] any = Math.abs(up[0]) < 0.8 ? new double[] {1, 0, 0} : new double[] {0, 1, 0};
        double[] side = cross(up, any);
        double m = Math.sqrt(side[0] * side[0] + side[1] * side[1] + side[2] * side[2]);
        for (int i = 0; i < 3; i++) {
            side[i] /= m;
        }
        return new double[][] {side, cross(up, side), up};
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }
}
