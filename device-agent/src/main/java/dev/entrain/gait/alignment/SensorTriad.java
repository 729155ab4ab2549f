package dev.entrain.gait.alignment;

/** Up and right in sensor axes, square to each other: how a sensor sits. Not thread-safe; realtime-safe. */
final class SensorTriad {
    double upX;
    double upY;
    double upZ;
    double rightX;
    double rightY;
    double rightZ;
    double carriedX;
    double carriedY;
    double carriedZ;

    /** Tells another triad where a direction of this one is in it. */
    void carry(double x, double y, double z, SensorTriad to) {
        double up = x * upX + y * upY + z * upZ;
        double right = x * rightX + y * rightY + z * rightZ;
        double front = x * (upY * rightZ - upZ * rightY)
                + y * (upZ * rightX - upX * rightZ)
                + z * (upX * rightY - upY * rightX);
        to.carriedX = up * to.upX + right * to.rightX + front * (to.upY * to.rightZ - to.upZ * to.rightY);
        to.carriedY = up * to.upY + right * to.rightY + front * (to.upZ * to.rightX - to.upX * to.rightZ);
        to.carriedZ = up * to.upZ + right * to.rightZ + front * (to.upX * to.rightY - to.upY * to.rightX);
    }

    void set(StridePath path) {
        upX = path.upX();
        upY = path.upY();
        upZ = path.upZ();
        rightX = path.rightX();
        rightY = path.rightY();
        rightZ = path.rightZ();
    }

    void copy(SensorTriad from) {
        upX = from.upX;
        upY = from.upY;
        upZ = from.upZ;
        rightX = from.rightX;
        rightY = from.rightY;
        rightZ = from.rightZ;
    }

    /** Moves by a share towards another that is not far away. */
    void follow(SensorTriad to, double by) {
        upX += by * (to.upX - upX);
        upY += by * (to.upY - upY);
        upZ += by * (to.upZ - upZ);
        double up = 1 / Math.sqrt(upX * upX + upY * upY + upZ * upZ);
        upX *= up;
        upY *= up;
        upZ *= up;
        rightX += by * (to.rightX - rightX);
        rightY += by * (to.rightY - rightY);
        rightZ += by * (to.rightZ - rightZ);
        double rise = rightX * upX + rightY * upY + rightZ * upZ;
        rightX -= rise * upX;
        rightY -= rise * upY;
        rightZ -= rise * upZ;
        double right = 1 / Math.sqrt(rightX * rightX + rightY * rightY + rightZ * rightZ);
        rightX *= right;
        rightY *= right;
        rightZ *= right;
    }

    /** Returns the cosine of the turn from this to another. */
    double turnCos(SensorTriad to) {
        double up = upX * to.upX + upY * to.upY + upZ * to.upZ;
        double right = rightX * to.rightX + rightY * to.rightY + rightZ * to.rightZ;
        double fx = upY * rightZ - upZ * rightY;
        double fy = upZ * rightX - upX * rightZ;
        double fz = upX * rightY - upY * rightX;
        double tx = to.upY * to.rightZ - to.upZ * to.rightY;
        double ty = to.upZ * to.rightX - to.upX * to.rightZ;
        double tz = to.upX * to.rightY - to.upY * to.rightX;
        return (up + right + fx * tx + fy * ty + fz * tz - 1) / 2;
    }
}
