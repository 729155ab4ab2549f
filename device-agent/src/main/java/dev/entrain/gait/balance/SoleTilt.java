package dev.entrain.gait.balance;

/**
 * How long one foot has been far from how it stands in this walk, by where gravity pulls. Without gravity in the readings it
 * knows nothing. Not thread-safe; realtime-safe.
 */
final class SoleTilt {
    /** Cosine of the tilt at which no sole stands: 50 degrees, more than a steep stair or ramp asks of it. */
    private static final double FAR = Math.cos(Math.toRadians(50));

    /** Smoothing of the specific force, s: a swing tips the foot for less. */
    private static final double SMOOTH_S = 0.15;

    /** Learning of how the foot stands, s of standing. */
    private static final double LEARN_S = 1.0;

    /** The foot stands when it turns slower, rad/s, and is pulled by gravity alone to within, m/s2. */
    private static final double STILL_RADPS = 0.4;

    private static final double GRAVITY_MPS2 = 9.81;
    private static final double NEAR_MPS2 = 1.0;

    private final double[] mean = new double[3];
    private final double[] level = new double[3];
    private double learntS;
    private double sinceS;

    SoleTilt() {
        reset();
    }

    /** Forgets how the foot stands. */
    void reset() {
        learntS = 0;
        sinceS = Double.NaN;
        for (int i = 0; i < 3; i++) {
            mean[i] = 0;
            level[i] = 0;
        }
    }

    /** Consumes a reading; {@code walking} while the foot's stance is that of a walk. */
    void add(double timeS, double dtS, double turnRadps, double ax, double ay, double az, boolean walking) {
        double size = Math.sqrt(ax * ax + ay * ay + az * az);
        learn(
                dtS,
                turnRadps < STILL_RADPS && Math.abs(size - GRAVITY_MPS2) < NEAR_MPS2 && walking && !(sinceS <= timeS),
                ax,
                ay,
                az);
        double share = dtS / (SMOOTH_S + dtS);
        mean[0] += share * (ax - mean[0]);
        mean[1] += share * (ay - mean[1]);
        mean[2] += share * (az - mean[2]);
        double dot = mean[0] * level[0] + mean[1] * level[1] + mean[2] * level[2];
        boolean far = isKnown() && dot < FAR * length(mean) * length(level);
        sinceS = far ? (sinceS <= timeS ? sinceS : timeS) : Double.NaN;
    }

    /** Returns whether it is known how the foot stands. */
    boolean isKnown() {
        return learntS > LEARN_S;
    }

    /** Returns since when the foot has been far from level, s; NaN if it is not. */
    double sinceS() {
        return sinceS;
    }

    private void learn(double dtS, boolean stands, double ax, double ay, double az) {
        if (stands) {
            learntS += dtS;
            double share = dtS / (Math.min(learntS, LEARN_S) + dtS);
            level[0] += share * (ax - level[0]);
            level[1] += share * (ay - level[1]);
            level[2] += share * (az - level[2]);
        }
    }

    private static double length(double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }
}
