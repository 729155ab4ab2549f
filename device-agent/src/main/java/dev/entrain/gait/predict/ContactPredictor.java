package dev.entrain.gait.predict;

/**
 * Expects one foot's next contact from everything that already happened in the stride: its last contact, the other foot's
 * contact, its own final contact, mid-swing, and the reversal at the end of swing. Each moment has its own learned lead;
 * leads are averaged with the inverse of their variance (the best linear mix of independent guesses; they are not quite
 * independent, so the interval comes from the errors of the mix itself). Not thread-safe; realtime-safe.
 */
public final class ContactPredictor {
    /** What a prediction can start from, in the order of a stride. */
    public enum Source {
        CONTACT,
        OTHER_CONTACT,
        FINAL_CONTACT,
        MID_SWING,
        SWING_END
    }

    /** Longest stride, s (Mobilise-D plausibility bound). */
    public static final double LONGEST_STRIDE_S = 3.0;

    private static final int SOURCES = Source.values().length;

    private final Lead[] leads = new Lead[SOURCES];
    private final ErrorBand[] bands = new ErrorBand[SOURCES];
    private double expectedS = Double.NaN;
    private double halfWidthS;

    public ContactPredictor() {
        for (int i = 0; i < SOURCES; i++) {
            leads[i] = new Lead();
            bands[i] = new ErrorBand();
        }
    }

    /** Forgets the walker. */
    public void reset() {
        for (int i = 0; i < SOURCES; i++) {
            leads[i].reset();
            bands[i].reset();
        }
        expectedS = Double.NaN;
    }

    /**
     * The foot touched: learns, and starts the next stride.
     *
     * @param timeS time of the contact, s
     */
    public void contact(double timeS) {
        double usualS = strideS();
        double longestS = Double.isNaN(usualS) ? LONGEST_STRIDE_S : Math.min(LONGEST_STRIDE_S, 2 * usualS);
        for (int i = 0; i < SOURCES; i++) {
            leads[i].learn(timeS, longestS);
            leads[i].drop();
            bands[i].learn(timeS);
        }
        leads[Source.CONTACT.ordinal()].anchor(timeS);
    }

    /** A moment of the stride happened. */
    public void happened(Source source, double timeS) {
        leads[source.ordinal()].anchor(timeS);
    }

    /** A moment did not happen after all. */
    public void revoked(Source source) {
        leads[source.ordinal()].drop();
        bands[source.ordinal()].drop();
    }

    /**
     * Mixes all leads that the present time has not yet refuted into {@link #expectedS()}.
     *
     * @param nowS time of the newest sample, s
     * @param newest the moment that made this prediction worth while; names the error band
     * @return whether there is a prediction
     */
    public boolean predict(double nowS, Source newest) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < SOURCES; i++) {
            double guessS = leads[i].expectedS();
            if (guessS > nowS || (i == newest.ordinal() && !Double.isNaN(guessS))) {
                double weight = 1 / (leads[i].spreadS() * leads[i].spreadS());
                sum += weight * (guessS - nowS);
                weights += weight;
            }
        }
        if (weights == 0) {
            return false;
        }
        expectedS = nowS + sum / weights;
        ErrorBand band = bands[newest.ordinal()];
        band.said(expectedS);
        halfWidthS = band.halfWidthS();
        return true;
    }

    /** Returns the newest prediction, s; NaN before there was one. */
    public double expectedS() {
        return expectedS;
    }

    /** Returns the half width of its 80 % interval, s. */
    public double halfWidthS() {
        return halfWidthS;
    }

    /** Returns the usual stride time, s; NaN while unknown. */
    public double strideS() {
        return leads[Source.CONTACT.ordinal()].meanS();
    }
}
