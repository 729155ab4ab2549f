package dev.entrain.gait.stride;

/**
 * Measures one foot's way between two moments at which it stood: orientation from the gyroscope, starting level with the
 * measured gravity, then velocity and place, and what velocity remains at the end is drift and taken back (Skog et al.
 * 2010; Rampp et al. 2015 for strides). GEOMETRY.md derives every formula. Not thread-safe; realtime-safe.
 */
public final class Strapdown {
    private static final double GRAVITY_MPS2 = 9.81;

    /** A rest whose specific force differs more from gravity has none in it, or is no rest, m/s2. */
    private static final double GRAVITY_TOLERANCE_MPS2 = 1.5;

    /** More than this is no drift of a level, rad. */
    private static final double LARGEST_TILT_RAD = 0.1;

    /** Half the span over which the direction of gravity is averaged, s. */
    private static final double HALF_UP_S = 0.05;

    /** Half the span over which the rate of a stance is averaged, s. */
    private static final double HALF_RATE_S = 0.03;

    /** Without samples for longer a way cannot be integrated, s: 0.1 s of swing is a fifth of the stride. */
    private static final double BLIND_S = 0.1;

    /** Uncertainty of an acceleration that is wrong all stride long, m/s2: a tilt of 6 mrad. */
    private static final double STEADY_MPS2 = 0.06;

    /** Uncertainty of the integral between two readings as a share of their difference. */
    private static final double SUDDEN = 0.18;

    /** The same for rates, whose course between readings is followed by a cubic. */
    private static final double SUDDEN_TURN = 0.06;

    /** Readings this many times as far apart as usual lie on both sides of a gap. */
    private static final double GAP = 1.5;

    /** No gyroscope for feet ends at a smaller rate, rad/s. */
    private static final double LEAST_RANGE_RADPS = 2.0;

    /** Readings that differ by a smaller share are the same. */
    private static final double SAME = 1e-4;

    /** The learned bias moves the end of the range by less than this share. */
    private static final double CLIP_MARGIN = 0.03;

    /** A clipped rate may have been greater by this share. */
    private static final double BEYOND = 0.5;

    /** Height of the sensor over the ground, m, between an insole's and an instep's; a foot that rolls moves it. */
    private static final double HEIGHT_M = 0.05;

    /** How much that height differs between mountings, m. */
    private static final double HEIGHT_SD_M = 0.04;

    /** Velocity of a foot that stands, m/s: shoes give way. */
    private static final double STANDING_MPS = 0.01;

    /** Scale error of accelerometers and gyroscopes, as a share of the length. */
    private static final double SCALE = 0.01;

    /** A length less sure than this is none, m. */
    private static final double LARGEST_SD_M = 0.3;

    private final Attitude attitude = new Attitude();
    private final LevelError levelError = new LevelError();
    private final double[] up = new double[3];
    private final double[] rate0 = new double[3];
    private final double[] rate1 = new double[3];
    private final double[] time = new double[StrideSamples.CAPACITY];
    private final double[][] force = new double[3][StrideSamples.CAPACITY];
    private final double[] height = new double[StrideSamples.CAPACITY];
    private final double[] jolt2 = new double[StrideSamples.CAPACITY];
    private final double[] slip2 = new double[StrideSamples.CAPACITY];
    private final double[] a = new double[3];
    private long kept = StrideSamples.NONE;
    private double clippedRad;
    private double greatestRadps;
    private double force2;
    private double unrest0;
    private double unrest1;
    private final double[] v = new double[3];
    private final double[] p = new double[3];
    private final double[] v1 = new double[3];
    private double lengthM;
    private double lengthSdM;
    private double clearanceM;
    private double turnRad;

    /** Returns the distance on the ground, m; NaN if the readings do not offer it. */
    public double lengthM() {
        return lengthM;
    }

    /** Returns the standard deviation that {@link #lengthM} is believed to have, m; NaN with it. */
    public double lengthSdM() {
        return lengthSdM;
    }

    /** Returns the greatest height over the line between the sensor's two places, m; NaN like the length. */
    public double clearanceM() {
        return clearanceM;
    }

    /** Returns by how much the foot points elsewhere, rad, positive to the left; NaN without gravity. */
    public double turnRad() {
        return turnRad;
    }

    /** Returns by what rate the level came out wrong. */
    public LevelError levelError() {
        return levelError;
    }

    /** Measures from one place to a later one; the foot stands at both. */
    void measure(StrideSamples samples, long from, long to) {
        lengthM = Double.NaN;
        lengthSdM = Double.NaN;
        clearanceM = Double.NaN;
        turnRad = Double.NaN;
        levelError.forget();
        boolean level = start(samples, from);
        kept = StrideSamples.NONE;
        if (!level) {
            return;
        }
        int n = turnAndLevel(samples, from, to);
        if (n == 0) {
            return;
        }
        turnRad = attitude.turned();
        compareLevel(n);
        integrate(n);
        settle(n);
        keep(to, time[n - 1]);
    }

    private void compareLevel(int n) {
        double unrest = Math.max(unrest0, unrest1);
        if (unrest > GRAVITY_TOLERANCE_MPS2) {
            return;
        }
        double turn2 = 0;
        for (int i = 1; i < n; i++) {
            turn2 += slip2[i];
        }
        levelError.measure(attitude, up, time[n - 1], unrest, turn2 / (GRAVITY_MPS2 * GRAVITY_MPS2));
    }

    private boolean start(StrideSamples samples, long at) {
        unrest0 = unrest(samples, at);
        if (unrest0 <= GRAVITY_TOLERANCE_MPS2) {
            attitude.level(up);
        } else if (kept != at) {
            return false;
        }
        attitude.mark();
        for (int k = 0; k < 3; k++) {
            rate0[k] = mean(samples, at, HALF_RATE_S, k, false);
        }
        attitude.rotate(rate0);
        return true;
    }

    /** Fills {@link #up} and returns by how much it differs from gravity in size, m/s2. */
    private double unrest(StrideSamples samples, long at) {
        for (int k = 0; k < 3; k++) {
            up[k] = mean(samples, at, HALF_UP_S, k, true);
        }
        return Math.abs(Math.sqrt(up[0] * up[0] + up[1] * up[1] + up[2] * up[2]) - GRAVITY_MPS2);
    }

    /**
     * Keeps the orientation at the end for a next stride whose start shows no gravity, as in running. Velocity that is
     * drift tells how far the level was off on average.
     */
    private void keep(long at, double spanS) {
        double x = (v[0] - v1[0]) / (spanS * GRAVITY_MPS2);
        double y = (v[1] - v1[1]) / (spanS * GRAVITY_MPS2);
        if (x * x + y * y > LARGEST_TILT_RAD * LARGEST_TILT_RAD) {
            return;
        }
        attitude.tip(x, y);
        kept = at;
    }

    /** Follows the rotation and fills {@link #force} with the acceleration in level axes; returns the number of readings, 0 if too many are missing. */
    private int turnAndLevel(StrideSamples samples, long from, long to) {
        int n = (int) (to - from + 1);
        double lastS = samples.timeS(from);
        force2 = 0;
        clippedRad = 0;
        for (int i = 0; i < n; i++) {
            long at = from + i;
            double timeS = samples.timeS(at);
            if (timeS - lastS > BLIND_S) {
                return 0;
            }
            if (i > 0) {
                attitude.turn(samples, at - 1);
                slip2[i] = slip2(samples, at - 1);
            }
            time[i] = timeS - samples.timeS(from);
            lastS = timeS;
            a[0] = samples.acc(at, 0);
            a[1] = samples.acc(at, 1);
            a[2] = samples.acc(at, 2);
            attitude.rotate(a);
            force[0][i] = a[0];
            force[1][i] = a[1];
            force[2][i] = a[2] - GRAVITY_MPS2;
            force2 += (a[0] * a[0] + a[1] * a[1] + force[2][i] * force[2][i]) / n;
        }
        for (int k = 0; k < 3; k++) {
            rate1[k] = mean(samples, to, HALF_RATE_S, k, false);
        }
        attitude.rotate(rate1);
        unrest1 = unrest(samples, to);
        return n;
    }

    /** Variance of the acceleration, (m/s2)2, by which the tilt that came in from a reading to the next is felt from then on. */
    private double slip2(StrideSamples samples, long at) {
        double dtS = samples.timeS(at + 1) - samples.timeS(at);
        double step2 = 0;
        double missedRad = 0;
        for (int k = 0; k < 3; k++) {
            double rate = samples.gyr(at, k);
            double step = samples.gyr(at + 1, k) - rate;
            step2 += step * step;
            double size = Math.abs(rate);
            greatestRadps = Math.max(greatestRadps, size);
            // The end of a range is where readings do not change although none was ever greater.
            boolean flat = Math.abs(step) < SAME * size
                    && samples.has(at - 1)
                    && Math.abs(rate - samples.gyr(at - 1, k)) < SAME * size;
            if (flat && size > LEAST_RANGE_RADPS && size > (1 - CLIP_MARGIN) * greatestRadps) {
                missedRad += BEYOND * size * dtS;
            }
        }
        double before = clippedRad;
        clippedRad += missedRad;
        // What is clipped in one stride errs to one side: the doubt grows like the sum, not like its root.
        double clipped2 = clippedRad * clippedRad - before * before;
        return GRAVITY_MPS2 * GRAVITY_MPS2 * (clipped2 + SUDDEN_TURN * SUDDEN_TURN * step2 * dtS * dtS);
    }

    /** Integrates twice into {@link #v} and {@link #p}; keeps the height's course and each step's doubt. */
    private void integrate(int n) {
        v[0] = HEIGHT_M * rate0[1];
        v[1] = -HEIGHT_M * rate0[0];
        v[2] = 0;
        p[0] = 0;
        p[1] = 0;
        p[2] = 0;
        height[0] = 0;
        double longS = GAP * time[n - 1] / (n - 1);
        for (int i = 1; i < n; i++) {
            double dtS = time[i] - time[i - 1];
            // What happened in a gap is unknown by as much as this stride's accelerations differ.
            double step2 = dtS > longS ? force2 : 0;
            for (int k = 0; k < 3; k++) {
                double[] f = force[k];
                double step = f[i] - f[i - 1];
                step2 += step * step;
                p[k] += dtS * (v[k] + dtS * (2 * f[i - 1] + f[i]) / 6);
                v[k] += 0.5 * dtS * (f[i - 1] + f[i]);
            }
            height[i] = p[2];
            jolt2[i] = SUDDEN * SUDDEN * step2 * dtS * dtS;
        }
        v1[0] = HEIGHT_M * rate1[1];
        v1[1] = -HEIGHT_M * rate1[0];
        v1[2] = 0;
    }

    /** Takes back the drift, which has a steady and a sudden cause, and says how sure the result is. */
    private void settle(int n) {
        double spanS = time[n - 1];
        double steady = STEADY_MPS2 * STEADY_MPS2;
        double whole = steady * spanS * spanS;
        double covariance = 0.5 * steady * spanS * spanS * spanS;
        double variance = 0.25 * steady * spanS * spanS * spanS * spanS;
        for (int i = 1; i < n; i++) {
            double leftS = spanS - 0.5 * (time[i] + time[i - 1]);
            double slip = slip2[i] * leftS * leftS;
            whole += jolt2[i] + slip;
            covariance += (jolt2[i] + 0.5 * slip) * leftS;
            variance += (jolt2[i] + 0.25 * slip) * leftS * leftS;
        }
        double leverS = covariance / whole;
        double x = p[0] - (v[0] - v1[0]) * leverS;
        double y = p[1] - (v[1] - v1[1]) * leverS;
        double length = Math.hypot(x, y);
        double doubt = variance - covariance * covariance / whole;
        double end2 = 0.25 * spanS * spanS * (standing2(rate0, unrest0) + standing2(rate1, unrest1));
        double sd = Math.sqrt(Math.max(0, doubt) + end2 + SCALE * SCALE * length * length);
        if (!(sd < LARGEST_SD_M)) {
            return;
        }
        lengthM = length;
        lengthSdM = sd;
        clearanceM = clearance(n, steady * spanS, whole);
    }

    /** Height over the line between both ends, the drift taken back as its causes came in. */
    private double clearance(int n, double steadyPerS, double whole) {
        double drift = (v[2] - v1[2]) / whole;
        double spanS = time[n - 1];
        double jolts = 0;
        double slope = steadyPerS;
        double offset = 0;
        double taken = 0;
        double last = 0;
        for (int i = 1; i < n; i++) {
            double middleS = 0.5 * (time[i] + time[i - 1]);
            double slip = slip2[i] * (spanS - middleS);
            jolts += jolt2[i];
            slope += slip;
            offset += slip * middleS;
            double now = slope * time[i] - offset + jolts;
            taken += 0.5 * (now + last) * (time[i] - time[i - 1]);
            last = now;
            height[i] -= drift * taken;
        }
        double rise = height[n - 1] / spanS;
        double most = 0;
        for (int i = 1; i < n; i++) {
            most = Math.max(most, height[i] - rise * time[i]);
        }
        return most;
    }

    /** Variance of the velocity at a moment that is taken for rest, (m/s)2: it rolls, gives way and is still accelerated. */
    private static double standing2(double[] rate, double unrest) {
        double turn2 = rate[0] * rate[0] + rate[1] * rate[1] + rate[2] * rate[2];
        return STANDING_MPS * STANDING_MPS
                + HEIGHT_SD_M * HEIGHT_SD_M * turn2
                + HALF_RATE_S * HALF_RATE_S * unrest * unrest;
    }

    private static double mean(StrideSamples samples, long at, double halfS, int axis, boolean force) {
        double timeS = samples.timeS(at);
        long last = samples.at(timeS + halfS);
        double sum = 0;
        int n = 0;
        // Ends: no more readings than are kept.
        for (long i = samples.at(timeS - halfS); i < last || i <= at; i++) {
            sum += force ? samples.acc(i, axis) : samples.gyr(i, axis);
            n++;
        }
        return sum / n;
    }
}
