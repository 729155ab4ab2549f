package dev.entrain.gait.stride;

/**
 * Integrates one foot's way from a moment at which it stood still: orientation from the gyroscope, starting level with
 * the measured gravity, then velocity and place (Skog et al. 2010; Rampp et al. 2015 for strides). Not thread-safe;
 * realtime-safe.
 */
final class Strapdown {
    private static final double GRAVITY_MPS2 = 9.81;

    /** A rest whose specific force differs more from gravity has none in it, or is no rest, m/s2. */
    private static final double GRAVITY_TOLERANCE_MPS2 = 1.5;

    private boolean running;
    private boolean level;
    private double startS;
    private double qw;
    private double qx;
    private double qy;
    private double qz;
    private double vx;
    private double vy;
    private double vz;
    private double px;
    private double py;
    private double forceX;
    private double forceY;
    private double forceZ;

    /** Starts at rest at {@code timeS} with the specific force (m/s2) that shows which way is up. */
    void start(double timeS, double ax, double ay, double az) {
        running = true;
        startS = timeS;
        double size = Math.sqrt(ax * ax + ay * ay + az * az);
        level = Math.abs(size - GRAVITY_MPS2) < GRAVITY_TOLERANCE_MPS2;
        vx = 0;
        vy = 0;
        vz = 0;
        px = 0;
        py = 0;
        forceX = 0;
        forceY = 0;
        forceZ = 0;
        if (!level) {
            return;
        }
        // The rotation that carries the measured force to +z: half way between the two directions.
        double ux = ax / size;
        double uy = ay / size;
        double uz = az / size;
        if (uz < -0.999999) {
            qw = 0;
            qx = 1;
            qy = 0;
            qz = 0;
            return;
        }
        double norm = Math.sqrt(2 * (1 + uz));
        qw = norm / 2;
        qx = uy / norm;
        qy = -ux / norm;
        qz = 0;
    }

    /** Stops; nothing is known until the next start. */
    void stop() {
        running = false;
    }

    /** Returns whether a way is being integrated. */
    boolean isRunning() {
        return running;
    }

    /** Returns when it started, s. */
    double startS() {
        return startS;
    }

    /** Samples are missing: the way is unknown, its start still stands. */
    void lose() {
        level = false;
    }

    /** Consumes one sample: specific force in m/s2, angular rate in rad/s without bias, seconds since the last. */
    void add(double ax, double ay, double az, double gx, double gy, double gz, double dtS) {
        if (!running || !level) {
            return;
        }
        turn(gx * dtS, gy * dtS, gz * dtS);
        double tx = 2 * (qy * az - qz * ay);
        double ty = 2 * (qz * ax - qx * az);
        double tz = 2 * (qx * ay - qy * ax);
        double fx = ax + qw * tx + qy * tz - qz * ty;
        double fy = ay + qw * ty + qz * tx - qx * tz;
        double fz = az + qw * tz + qx * ty - qy * tx - GRAVITY_MPS2;
        double oldX = vx;
        double oldY = vy;
        vx += 0.5 * (fx + forceX) * dtS;
        vy += 0.5 * (fy + forceY) * dtS;
        vz += 0.5 * (fz + forceZ) * dtS;
        px += 0.5 * (oldX + vx) * dtS;
        py += 0.5 * (oldY + vy) * dtS;
        forceX = fx;
        forceY = fy;
        forceZ = fz;
    }

    /**
     * Returns the way on the ground if the foot stands still again at {@code endS}, m. The velocity it seems to have then
     * is drift and taken back as growing linearly; NaN if there is no gravity, a loss, or more drift than makes sense.
     */
    double lengthM(double endS) {
        double drift = Math.sqrt(vx * vx + vy * vy + vz * vz);
        double spanS = endS - startS;
        if (!running || !level || drift > 1.0) {
            return Double.NaN;
        }
        return Math.hypot(px - 0.5 * vx * spanS, py - 0.5 * vy * spanS);
    }

    private void turn(double rx, double ry, double rz) {
        double angle = Math.sqrt(rx * rx + ry * ry + rz * rz);
        double half = angle < 1e-9 ? 0.5 : Math.sin(angle / 2) / angle;
        double cw = Math.cos(angle / 2);
        double cx = half * rx;
        double cy = half * ry;
        double cz = half * rz;
        double w = qw * cw - qx * cx - qy * cy - qz * cz;
        double x = qw * cx + qx * cw + qy * cz - qz * cy;
        double y = qw * cy - qx * cz + qy * cw + qz * cx;
        double z = qw * cz + qx * cy - qy * cx + qz * cw;
        double norm = 1 / Math.sqrt(w * w + x * x + y * y + z * z);
        qw = w * norm;
        qx = x * norm;
        qy = y * norm;
        qz = z * norm;
    }
}
