package dev.entrain.gait.alignment;

/**
 * The direction in sensor axes about which the foot pitches, whatever the mounting.
 *
 * <p>Walking turns a foot far more about its mediolateral axis than about any other, so the principal direction of the
 * angular rate is the pitch axis (Gouwanda and Gopalai 2015 use it on the shank; McGrath et al. 2018 on the foot). The
 * covariance forgets with the time the foot spends moving, so that standing does not erase it, and the direction moves
 * only when {@link #refresh()} is called, between swings. Everything here turns with the sensor: a rotated mounting gives
 * the rotated axis. Not thread-safe; realtime-safe.
 */
public final class SwingAxis {
    /** Moving time after which old movement counts 1/e, s: about ten strides, so a u-turn of three steps is outvoted. */
    private static final double FORGET_S = 6.0;

    /** Slower rotation is sway or noise and says little about the axis, rad/s. */
    private static final double MOVING_RADPS = 0.5;

    /** Turned angle before a direction is worth computing, rad: less than one push-off. */
    private static final double MIN_ANGLE_RAD = 0.6;

    /** Power iterations: the principal share is at least twice the next, so 24 leave under 1e-6 of the others. */
    private static final int ITERATIONS = 24;

    /** What a stride adds to the covariance at least, rad2/s: half a second at 2 rad/s. */
    private static final double STRIDE_ENERGY = 2.0;

    private double xx;
    private double xy;
    private double xz;
    private double yy;
    private double yz;
    private double zz;
    private double angleRad;
    private double seedRadps;
    private double seedX;
    private double seedY;
    private double seedZ;
    private double x;
    private double y;
    private double z;
    private boolean known;

    /** Adds an angular rate (rad/s, bias removed) that lasted {@code dtS} seconds. */
    public void add(double gx, double gy, double gz, double dtS) {
        double rate = Math.sqrt(gx * gx + gy * gy + gz * gz);
        if (rate < MOVING_RADPS) {
            return;
        }
        double keep = Math.max(0, 1 - dtS / FORGET_S);
        xx = keep * xx + dtS * gx * gx;
        xy = keep * xy + dtS * gx * gy;
        xz = keep * xz + dtS * gx * gz;
        yy = keep * yy + dtS * gy * gy;
        yz = keep * yz + dtS * gy * gz;
        zz = keep * zz + dtS * gz * gz;
        angleRad += rate * dtS;
        if (!known && rate > seedRadps) {
            // The iteration starts from the fastest rate seen, which turns with the sensor; a fixed start would not.
            seedRadps = rate;
            seedX = gx;
            seedY = gy;
            seedZ = gz;
        }
    }

    /** Returns whether the foot has turned enough for a direction. */
    public boolean hasEnough() {
        return angleRad >= MIN_ANGLE_RAD;
    }

    /** Computes the direction anew; once {@link #keepSide()} was called its side never flips by itself. */
    public void refresh() {
        double vx = known ? x : seedX;
        double vy = known ? y : seedY;
        double vz = known ? z : seedZ;
        for (int i = 0; i < ITERATIONS; i++) {
            double nx = xx * vx + xy * vy + xz * vz;
            double ny = xy * vx + yy * vy + yz * vz;
            double nz = xz * vx + yz * vy + zz * vz;
            double norm = Math.sqrt(nx * nx + ny * ny + nz * nz);
            if (!(norm > 0)) {
                return;
            }
            vx = nx / norm;
            vy = ny / norm;
            vz = nz / norm;
        }
        x = vx;
        y = vy;
        z = vz;
    }

    /** Forgets what was seen; the next direction comes from what follows. */
    public void reset() {
        xx = 0;
        xy = 0;
        xz = 0;
        yy = 0;
        yz = 0;
        zz = 0;
        angleRad = 0;
        seedRadps = 0;
        known = false;
    }

    /** Takes a direction (unit vector) as known, side and all, with the weight of about a stride. */
    public void restart(double nx, double ny, double nz) {
        x = nx;
        y = ny;
        z = nz;
        xx = STRIDE_ENERGY * nx * nx;
        xy = STRIDE_ENERGY * nx * ny;
        xz = STRIDE_ENERGY * nx * nz;
        yy = STRIDE_ENERGY * ny * ny;
        yz = STRIDE_ENERGY * ny * nz;
        zz = STRIDE_ENERGY * nz * nz;
        known = true;
    }

    /** From now on a refresh starts from the present direction and stays on its side. */
    public void keepSide() {
        known = true;
    }

    /** Turns the axis round, so that what was negative is positive. */
    public void flip() {
        x = -x;
        y = -y;
        z = -z;
    }

    /** Returns how much of the rotation was about a direction (unit vector), rad2/s. */
    public double energy(double nx, double ny, double nz) {
        return nx * (xx * nx + 2 * (xy * ny + xz * nz)) + ny * (yy * ny + 2 * yz * nz) + zz * nz * nz;
    }

    /** Returns how much rotation there was about all directions, rad2/s. */
    public double energy() {
        return xx + yy + zz;
    }

    /** Returns the angle turned since the last reset, rad. */
    public double angleRad() {
        return angleRad;
    }

    /** Returns the angular rate about the axis, rad/s. */
    public double rate(double gx, double gy, double gz) {
        return x * gx + y * gy + z * gz;
    }

    /** Returns the direction, a unit vector in sensor axes. */
    public double x() {
        return x;
    }

    /** See {@link #x()}. */
    public double y() {
        return y;
    }

    /** See {@link #x()}. */
    public double z() {
        return z;
    }
}
