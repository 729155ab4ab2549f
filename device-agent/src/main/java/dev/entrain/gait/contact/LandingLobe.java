package dev.entrain.gait.contact;

/**
 * The short negative lobe of the pitch rate after a swing, while the forefoot comes down, and where in it the foot
 * touched.
 *
 * <p>The rate passes zero when the leg has braked the foot, which some walkers do in the air; it is deepest when the sole
 * slaps, which comes late after a hard heel strike. The touch is taken half way between the zero crossing and the moment
 * at which the rate has reached {@value #SHARE} of its trough. Not thread-safe; realtime-safe.
 */
final class LandingLobe {
    private static final double SHARE = 0.7;

    /** Samples kept; at 400 Hz over twice what a landing takes. Later ones are ignored. */
    private static final int MOST = 128;

    private final double[] timesS = new double[MOST];
    private final double[] ratesRadps = new double[MOST];
    private int size;
    private double reversalS;
    private double troughRadps;

    /** Starts a lobe: the rate passed zero at {@code reversalS}. */
    void start(double reversalS) {
        this.reversalS = reversalS;
        size = 0;
        troughRadps = 0;
    }

    /** Adds a sample of the lobe. */
    void add(double timeS, double rateRadps) {
        if (size < MOST) {
            timesS[size] = timeS;
            ratesRadps[size++] = rateRadps;
            troughRadps = Math.min(troughRadps, rateRadps);
        }
    }

    /** Returns when the rate passed zero, s. */
    double reversalS() {
        return reversalS;
    }

    /** Returns the lowest rate so far, rad/s, at most 0. */
    double troughRadps() {
        return troughRadps;
    }

    /** Returns when the foot touched, s. */
    double touchS() {
        double level = SHARE * troughRadps;
        double beforeS = reversalS;
        double before = 0;
        for (int i = 0; i < size; i++) {
            double rate = ratesRadps[i];
            if (rate <= level) {
                double share = rate < before ? (level - before) / (rate - before) : 1;
                return 0.5 * (reversalS + beforeS + share * (timesS[i] - beforeS));
            }
            beforeS = timesS[i];
            before = Math.min(0, rate);
        }
        return reversalS;
    }
}
