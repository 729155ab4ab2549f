package dev.entrain.gait.stride;

/**
 * Groups strides of both feet into walking bouts: at least {@link #LEAST_STRIDES} plausible strides with breaks under 3 s
 * (Mobilise-D; Kluge et al. 2021). Not thread-safe; realtime-safe.
 */
public final class BoutFinder {
    /** Fewer strides are no bout. */
    public static final int LEAST_STRIDES = 4;

    /** A longer break ends a bout, s. */
    private static final double BREAK_S = 3.0;

    private static final double SHORTEST_S = 0.2;
    private static final double LONGEST_S = 3.0;

    /** A shorter stride is stepping on the spot, m. */
    private static final double SHORTEST_M = 0.15;

    private int strides;
    private double startS;
    private double endS = Double.NEGATIVE_INFINITY;
    private double contactS = Double.NEGATIVE_INFINITY;
    private double meanS;
    private double squares;
    private double wayM;
    private double wayS;
    private int measured;

    /** Forgets an open bout. */
    public void reset() {
        strides = 0;
        endS = Double.NEGATIVE_INFINITY;
        contactS = Double.NEGATIVE_INFINITY;
    }

    /** A foot touched the ground: the stride that begins so may go on with the bout. */
    public void contact(double timeS) {
        contactS = Math.max(contactS, timeS);
    }

    /**
     * Returns whether a bout is over by now; ask before {@link #add}. A stride whose end is not yet known began with a
     * contact, so nothing that belongs to the bout can come later.
     */
    public boolean isOver(double nowS) {
        return strides > 0 && nowS - Math.max(contactS, endS) > BREAK_S;
    }

    /** Closes the bout; the next stride begins another. */
    public void close() {
        strides = 0;
    }

    /**
     * Consumes a stride from initial contact to initial contact, s.
     *
     * @param lengthM its length, m, or NaN
     * @return whether it is the one that makes a bout
     */
    public boolean add(double fromS, double toS, double lengthM) {
        double spanS = toS - fromS;
        if (!(spanS >= SHORTEST_S && spanS <= LONGEST_S) || lengthM < SHORTEST_M) {
            return false;
        }
        if (strides == 0) {
            startS = fromS;
            meanS = 0;
            squares = 0;
            wayM = 0;
            wayS = 0;
            measured = 0;
        }
        strides++;
        startS = Math.min(startS, fromS);
        endS = strides == 1 ? toS : Math.max(endS, toS);
        double off = spanS - meanS;
        meanS += off / strides;
        squares += off * (spanS - meanS);
        if (!Double.isNaN(lengthM)) {
            wayM += lengthM;
            wayS += spanS;
            measured++;
        }
        return strides == LEAST_STRIDES;
    }

    /** Returns when the bout began, s. */
    public double startS() {
        return startS;
    }

    /** Returns when its last stride ended, s. */
    public double endS() {
        return endS;
    }

    /** Returns the number of strides of the open bout; after {@link #close} 0. */
    public int strides() {
        return strides;
    }

    /** Returns the mean stride time, s. */
    public double strideTimeS() {
        return meanS;
    }

    /** Returns standard deviation over mean of the stride time; ask before {@link #close}. */
    public double strideTimeCv() {
        return strides < 2 ? Double.NaN : Math.sqrt(squares / (strides - 1)) / meanS;
    }

    /** Returns the mean stride length, m; NaN if none is known. */
    public double strideLengthM() {
        return measured == 0 ? Double.NaN : wayM / measured;
    }

    /** Returns the walking speed, m/s; NaN if no length is known. */
    public double speedMps() {
        return measured == 0 ? Double.NaN : wayM / wayS;
    }
}
