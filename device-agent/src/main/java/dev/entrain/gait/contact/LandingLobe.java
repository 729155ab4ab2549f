package dev.entrain.gait.contact;

/**
 * The short negative lobe of the pitch rate after a swing, while the forefoot comes down. The rate passes zero when the leg
 * has braked the foot; it is deepest when the sole slaps. Not thread-safe; realtime-safe.
 */
final class LandingLobe {
    /** The trough itself may be flat and long: this share of it is passed quickly. */
    private static final double LEVEL = 0.7;

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

    /** Returns when the rate first fell to 0.7 of its trough, s; the reversal if it never fell. */
    double levelS() {
        double level = LEVEL * troughRadps;
        double beforeS = reversalS;
        double before = 0;
        for (int i = 0; i < size; i++) {
            double rate = ratesRadps[i];
            if (rate <= level) {
                double share = rate < before ? (level - before) / (rate - before) : 1;
                return beforeS + share * (timesS[i] - beforeS);
            }
            beforeS = timesS[i];
            before = Math.min(0, rate);
        }
        return reversalS;
    }
}
