package dev.entrain.gait.alignment;

/**
 * The way of a foot from one rest to the next, by integration of its readings: where up is in the sensor, which way the
 * foot went, how far it turned and how far it swung out sideways.
 *
 * <p>A resting foot has no velocity, so what the integrated velocity shows at the next rest is error; it is taken to have
 * grown evenly (zero-velocity update, Foxlin 2005; linear de-drifting, Mariani 2010). All vectors are in the axes the
 * sensor had at the first rest. Without gravity in the accelerometer only the rests are told. Not thread-safe;
 * realtime-safe.
 */
public final class StridePath {
    /** Time constant with which rotation and force are smoothed for the search of rests, s. */
    private static final double SMOOTH_S = 0.03;

    /** Slower rotation may be a rest, rad/s; a foot that is flat rocks by less, a swing passes through it quickly. */
    private static final double REST_RADPS = 0.5;

    /** A specific force that differs more from that of the last rest is no rest, m/s2. */
    private static final double REST_MPS2 = 1.5;

    /** Shortest rest, s: two stages of smoothing must have forgotten the movement. */
    private static final double SHORTEST_REST_S = 0.06;

    /** The first rest must last longer, s: nothing is known about the sensor yet. */
    private static final double FIRST_REST_S = 0.3;

    /** Time constant of the mean force of a rest, s. */
    private static final double MEAN_S = 0.1;

    /** Shorter movements are no strides, s. */
    private static final double SHORTEST_S = 0.25;

    /** The error of a longer one is too large, s. */
    private static final double LONGEST_S = 2.5;

    /** Readings this far apart leave out too much of the movement, s. */
    private static final double GAP_S = 0.1;

    /** A correction of more than this share of the way leaves its direction in doubt. */
    private static final double SOUND_SHARE = 0.5;

    private static final double LEAST_GRAVITY_MPS2 = 7;
    private static final double MOST_GRAVITY_MPS2 = 12.5;

    private double smoothRadps = 10;
    private double smoothMps2;
    private double quietS;
    private boolean rested;
    private boolean resting;
    private boolean moving;
    private double meanX;
    private double meanY;
    private double meanZ;
    private double restMps2;

    private double q0;
    private double q1;
    private double q2;
    private double q3;
    private double lastGx;
    private double lastGy;
    private double lastGz;
    private double movedS;
    private double gravX;
    private double gravY;
    private double gravZ;
    private double vx;
    private double vy;
    private double vz;
    private double px;
    private double py;
    private double pz;
    private double sumX;
    private double sumY;
    private double sumZ;

    private double upX = Double.NaN;
    private double upY = Double.NaN;
    private double upZ = Double.NaN;
    private double rightX;
    private double rightY;
    private double rightZ;
    private double lengthM;
    private double correctedM;
    private double yawRad;
    private double leftwardM;

    /** Forgets everything. */
    public void reset() {
        smoothRadps = 10;
        quietS = 0;
        rested = false;
        resting = false;
        moving = false;
        upX = Double.NaN;
        upY = Double.NaN;
        upZ = Double.NaN;
    }

    /**
     * Consumes a reading: specific force in m/s2, angular rate without bias in rad/s.
     *
     * @param gapS time since the foot's last reading, s
     * @return whether the foot has just come to rest after a movement that may be a stride
     */
    public boolean add(double ax, double ay, double az, double gx, double gy, double gz, double gapS) {
        double turn = Math.sqrt(gx * gx + gy * gy + gz * gz);
        double force = Math.sqrt(ax * ax + ay * ay + az * az);
        double share = gapS / (SMOOTH_S + gapS);
        smoothRadps += share * (turn - smoothRadps);
        smoothMps2 += share * (force - smoothMps2);
        if (gapS > GAP_S) {
            moving = false;
            quietS = 0;
        }
        boolean quiet = smoothRadps < REST_RADPS && (!rested || Math.abs(smoothMps2 - restMps2) < REST_MPS2);
        quietS = quiet ? quietS + gapS : 0;
        boolean ended = false;
        if (moving) {
            integrate(ax, ay, az, gx, gy, gz, gapS);
        }
        if (resting) {
            rest(quiet, ax, ay, az, gapS);
        } else if (quietS >= (rested ? SHORTEST_REST_S : FIRST_REST_S)) {
            ended = moving && movedS >= SHORTEST_S;
            if (ended) {
                finish();
            }
            moving = false;
            resting = true;
            rested = true;
            meanX = ax;
            meanY = ay;
            meanZ = az;
            restMps2 = force;
        }
        lastGx = gx;
        lastGy = gy;
        lastGz = gz;
        return ended;
    }

    private void rest(boolean quiet, double ax, double ay, double az, double gapS) {
        if (quiet) {
            double share = gapS / (MEAN_S + gapS);
            meanX += share * (ax - meanX);
            meanY += share * (ay - meanY);
            meanZ += share * (az - meanZ);
            restMps2 = Math.sqrt(meanX * meanX + meanY * meanY + meanZ * meanZ);
            return;
        }
        resting = false;
        moving = true;
        movedS = 0;
        q0 = 1;
        q1 = 0;
        q2 = 0;
        q3 = 0;
        gravX = meanX;
        gravY = meanY;
        gravZ = meanZ;
        vx = 0;
        vy = 0;
        vz = 0;
        px = 0;
        py = 0;
        pz = 0;
        sumX = 0;
        sumY = 0;
        sumZ = 0;
    }

    private void integrate(double ax, double ay, double az, double gx, double gy, double gz, double dtS) {
        movedS += dtS;
        if (movedS > LONGEST_S) {
            moving = false;
            return;
        }
        turn((lastGx + gx) * dtS / 4, (lastGy + gy) * dtS / 4, (lastGz + gz) * dtS / 4);
        // The force in the axes of the first rest: v + 2 q x (q x v + q0 v).
        double cx = q2 * az - q3 * ay + q0 * ax;
        double cy = q3 * ax - q1 * az + q0 * ay;
        double cz = q1 * ay - q2 * ax + q0 * az;
        vx += (ax + 2 * (q2 * cz - q3 * cy) - gravX) * dtS;
        vy += (ay + 2 * (q3 * cx - q1 * cz) - gravY) * dtS;
        vz += (az + 2 * (q1 * cy - q2 * cx) - gravZ) * dtS;
        px += vx * dtS;
        py += vy * dtS;
        pz += vz * dtS;
        sumX += px * dtS;
        sumY += py * dtS;
        sumZ += pz * dtS;
    }

    /** Multiplies by a small turn, given as half its angle about each axis, rad. */
    private void turn(double hx, double hy, double hz) {
        double square = hx * hx + hy * hy + hz * hz;
        double c = 1 - square / 2 + square * square / 24;
        double s = 1 - square / 6;
        double x = s * hx;
        double y = s * hy;
        double z = s * hz;
        double n0 = q0 * c - q1 * x - q2 * y - q3 * z;
        double n1 = q0 * x + q1 * c + q2 * z - q3 * y;
        double n2 = q0 * y + q2 * c + q3 * x - q1 * z;
        double n3 = q0 * z + q3 * c + q1 * y - q2 * x;
        double norm = 1 / Math.sqrt(n0 * n0 + n1 * n1 + n2 * n2 + n3 * n3);
        q0 = n0 * norm;
        q1 = n1 * norm;
        q2 = n2 * norm;
        q3 = n3 * norm;
    }

    private void finish() {
        double size = Math.sqrt(gravX * gravX + gravY * gravY + gravZ * gravZ);
        lengthM = 0;
        if (size < LEAST_GRAVITY_MPS2 || size > MOST_GRAVITY_MPS2) {
            upX = Double.NaN;
            upY = Double.NaN;
            upZ = Double.NaN;
            return;
        }
        upX = gravX / size;
        upY = gravY / size;
        upZ = gravZ / size;
        yawRad = 2 * Math.atan2(q1 * upX + q2 * upY + q3 * upZ, q0);
        yawRad -= 2 * Math.PI * Math.rint(yawRad / (2 * Math.PI));
        double half = movedS / 2;
        double dx = px - vx * half;
        double dy = py - vy * half;
        double dz = pz - vz * half;
        double rise = dx * upX + dy * upY + dz * upZ;
        double hx = dx - rise * upX;
        double hy = dy - rise * upY;
        double hz = dz - rise * upZ;
        lengthM = Math.sqrt(hx * hx + hy * hy + hz * hz);
        double lift = vx * upX + vy * upY + vz * upZ;
        correctedM = Math.sqrt(Math.max(0, vx * vx + vy * vy + vz * vz - lift * lift)) * half;
        if (lengthM < 1e-3) {
            return;
        }
        rightX = (hy * upZ - hz * upY) / lengthM;
        rightY = (hz * upX - hx * upZ) / lengthM;
        rightZ = (hx * upY - hy * upX) / lengthM;
        // Mean of the path less the mean of the straight way; an even error of the velocity leaves v T / 6 in the mean.
        double sixth = movedS / 6;
        double mx = sumX / movedS - vx * sixth - dx / 2;
        double my = sumY / movedS - vy * sixth - dy / 2;
        double mz = sumZ / movedS - vz * sixth - dz / 2;
        leftwardM = -(mx * rightX + my * rightY + mz * rightZ);
    }

    /** Returns whether the accelerometer held gravity at the last stride's start. */
    public boolean hasGravity() {
        return !Double.isNaN(upX);
    }

    /** Returns up at the start of the last stride, a unit vector; NaN without gravity. */
    public double upX() {
        return upX;
    }

    /** See {@link #upX()}. */
    public double upY() {
        return upY;
    }

    /** See {@link #upX()}. */
    public double upZ() {
        return upZ;
    }

    /** Returns the direction to the right of the way the foot went, a level unit vector: a swing's turn points there. */
    public double rightX() {
        return rightX;
    }

    /** See {@link #rightX()}. */
    public double rightY() {
        return rightY;
    }

    /** See {@link #rightX()}. */
    public double rightZ() {
        return rightZ;
    }

    /** Returns how far the last stride went over the ground, m; 0 without gravity. */
    public double lengthM() {
        return lengthM;
    }

    /** Returns whether the correction of the last stride was small beside its length, so that its direction means something. */
    public boolean isSound() {
        return correctedM < SOUND_SHARE * lengthM;
    }

    /** Returns how far the foot turned in all between the rests of the last stride, rad, with gravity or without. */
    public double turnRad() {
        return 2 * Math.acos(Math.min(1, Math.abs(q0)));
    }

    /** Returns how far the foot turned about up in the last stride, rad, positive to the left. */
    public double yawRad() {
        return yawRad;
    }

    /** Returns how far to the left of the straight way the last stride ran on average, m. */
    public double leftwardM() {
        return leftwardM;
    }
}
