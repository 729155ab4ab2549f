package dev.entrain.gait.freeze;

/**
 * How much one foot turned of late, and where to. Running sums on a fixed grid of time, so that any span of the last
 * seconds costs two look-ups at every sample rate. Not thread-safe; realtime-safe.
 */
final class FootActivity {
    /** Grid of the sums, s. */
    static final double BIN_S = 0.02;

    /** Bins kept, a power of two: 5.1 s, longer than the longest window. */
    private static final int BINS = 256;

    /** Time constant of the present rate, s: shorter than half a tremor, longer than the ringing of a heel strike. */
    private static final double RATE_S = 0.08;

    private final double[] angle = new double[BINS];
    private final double[] netX = new double[BINS];
    private final double[] netY = new double[BINS];
    private final double[] netZ = new double[BINS];

    private boolean started;
    private long firstBin;
    private long lastBin;
    private double lastS = Double.NEGATIVE_INFINITY;
    private double angleRad;
    private double xRad;
    private double yRad;
    private double zRad;
    private double rateRadps;

    /** Forgets everything. */
    void reset() {
        started = false;
        lastS = Double.NEGATIVE_INFINITY;
        angleRad = 0;
        xRad = 0;
        yRad = 0;
        zRad = 0;
        rateRadps = 0;
    }

    /**
     * Consumes the angular rate of the last {@code dtS} seconds.
     *
     * @param timeS time of the reading, s
     * @param dtS seconds it stands for
     * @param sizeRadps size of the whole rate, rad/s
     * @param x part of the rate that is no pitch, rad/s, in sensor axes
     * @param y the same
     * @param z the same
     */
    void add(double timeS, double dtS, double sizeRadps, double x, double y, double z) {
        long bin = (long) Math.floor(timeS / BIN_S);
        if (!started) {
            started = true;
            firstBin = bin;
            lastBin = bin - 1;
        }
        // A silent sensor leaves bins out: they hold the sums of before. At most the whole ring is written.
        long from = Math.max(lastBin + 1, bin - BINS + 1);
        for (long b = from; b <= bin; b++) {
            int slot = (int) (b & (BINS - 1));
            angle[slot] = angleRad;
            netX[slot] = xRad;
            netY[slot] = yRad;
            netZ[slot] = zRad;
        }
        lastBin = bin;
        lastS = timeS;
        angleRad += sizeRadps * dtS;
        xRad += x * dtS;
        yRad += y * dtS;
        zRad += z * dtS;
        rateRadps += dtS / (RATE_S + dtS) * (sizeRadps - rateRadps);
    }

    /** Returns the time of the last reading, s; minus infinity before the first. */
    double lastS() {
        return lastS;
    }

    /** Returns the size of the present rate, rad/s. */
    double rateRadps() {
        return rateRadps;
    }

    /** Returns the mean size of the rate over the newest whole bin, rad/s. */
    double binRateRadps() {
        return started
                ? (angle[(int) (lastBin & (BINS - 1))] - angle[(int) (Math.max(firstBin, lastBin - 1) & (BINS - 1))])
                        / BIN_S
                : 0;
    }

    /** Returns the angle turned, in whatever direction, from a time until now, rad. */
    double angleSinceRad(double fromS) {
        return started ? angleRad - angle[slot(fromS)] : 0;
    }

    /** Returns the angle turned between two times, rad. */
    double angleBetweenRad(double fromS, double toS) {
        return started ? angle[slot(toS)] - angle[slot(fromS)] : 0;
    }

    /** Returns how far the foot points elsewhere than at a time, leaving its pitch out, rad. */
    double turnedSinceRad(double fromS) {
        if (!started) {
            return 0;
        }
        int slot = slot(fromS);
        double x = xRad - netX[slot];
        double y = yRad - netY[slot];
        double z = zRad - netZ[slot];
        return Math.sqrt(x * x + y * y + z * z);
    }

    private int slot(double timeS) {
        long oldest = Math.max(firstBin, lastBin - BINS + 1);
        long bin = (long) Math.floor(timeS / BIN_S);
        return (int) (Math.clamp(bin, oldest, lastBin) & (BINS - 1));
    }
}
