package dev.entrain.entrainment;

/**
 * Tells whether a window of relative phases is locked. Live ({@link LockDetector}) and afterwards (the locked fraction of a
 * session) it is the same criterion. Not thread-safe; realtime-safe (0 bytes).
 *
 * <p>Each phase {@code theta = 2 pi asynchrony / period} belongs to a step with a {@link StepPlace}. All phases of even places
 * are centred on their circular mean, all of odd places on theirs: a hemiparetic walker's feet keep two different phases,
 * and he is locked when each keeps its own. Then the window of n phases is locked when both hold:
 *
 * <ul>
 *   <li><b>concentrated</b>: {@code R = (|sum of even| + |sum of odd|) / n >= 2.5 / sqrt(n)}. Phases at random reach that in
 *       1 % of windows (Rayleigh's criterion; with two means taken from the data the bound is higher than with one).
 *   <li><b>not drifting</b>: the least-squares slope b of the centred phase over the place is within {@code |b| <=
 *       max(0.04 rad, 3 s)}, s its standard error times {@code sqrt((1 + r) / (1 - r))}, r the lag-1 autocorrelation of the
 *       residuals, 0 to 0.9. 0.04 rad a step are 0.6 % of tempo. A locked walker corrects only a part of an asynchrony at each
 *       step, so his phase wanders: without r such wandering would be taken for a drift.
 * </ul>
 *
 * The slope needs no unwrapping: about the mean direction a concentrated window does not wrap, and one that goes round
 * is not concentrated. The two tests are those of Fayyad et al. (2024), PLOS ONE 19(12): e0315607, who found 91 % of
 * windows as people judged them; windows and bounds are our own.
 *
 * <p>Measured on 300 simulated walkers each, 0.55 s a beat, 32 steps (LockDetectorTest holds them): locked with an
 * asynchrony's standard deviation of 20, 40, 60, 80, 100 ms: 100, 100, 96, 94, 87 % called locked; feet 120 or 200 ms apart:
 * 100, 95 %. Not listening and 1 % off the tempo: 17 % still called locked; 2 % off: 0 to 2 %; 3 % and more: under 1 %;
 * steps at random: 1 %.
 *
 * <p>What it cannot tell: a walker who does not listen and by chance walks at the beat's own tempo within 0.5 % looks
 * locked in a window of 17 s. At one step for every second beat he counts as locked as well; tempo accuracy shows that.
 */
public final class LockCriterion {
    private static final double CONCENTRATED = 2.5;
    private static final double LEAST_DRIFT_RAD = 0.04;
    private static final double SLOPE_ERRORS = 3;
    private static final double GREATEST_CORRELATION = 0.9;

    private final double[] centred;

    /**
     * Makes a criterion.
     *
     * @param longest most phases of a window, at least 3
     */
    public LockCriterion(int longest) {
        centred = new double[longest];
    }

    /**
     * Judges a window.
     *
     * @param thetaRad relative phases in order of time, rad
     * @param place each one's place, see {@link StepPlace}
     * @param count how many there are, 3 to the longest
     */
    public boolean locked(double[] thetaRad, long[] place, int count) {
        double resultant = centre(thetaRad, place, count, 0) + centre(thetaRad, place, count, 1);
        return resultant >= CONCENTRATED * Math.sqrt(count) && !drifting(place, count);
    }

    /** Centres one side on its mean direction and returns the length of its sum. */
    private double centre(double[] thetaRad, long[] place, int count, int side) {
        double x = 0;
        double y = 0;
        for (int i = 0; i < count; i++) {
            if ((place[i] & 1) == side) {
                x += Math.cos(thetaRad[i]);
                y += Math.sin(thetaRad[i]);
            }
        }
        double mean = Math.atan2(y, x);
        for (int i = 0; i < count; i++) {
            if ((place[i] & 1) == side) {
                centred[i] = Math.IEEEremainder(thetaRad[i] - mean, 2 * Math.PI);
            }
        }
        return Math.sqrt(x * x + y * y);
    }

    private boolean drifting(long[] place, int count) {
        double meanPlace = 0;
        double meanPhase = 0;
        for (int i = 0; i < count; i++) {
            meanPlace += place[i] - place[0];
            meanPhase += centred[i];
        }
        meanPlace /= count;
        meanPhase /= count;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < count; i++) {
            double x = place[i] - place[0] - meanPlace;
            xx += x * x;
            xy += x * (centred[i] - meanPhase);
        }
        if (xx == 0) {
            return true;
        }
        double slope = xy / xx;
        double squares = 0;
        double products = 0;
        double former = 0;
        for (int i = 0; i < count; i++) {
            double residual = centred[i] - meanPhase - slope * (place[i] - place[0] - meanPlace);
            squares += residual * residual;
            products += residual * former;
            former = residual;
        }
        double r = squares == 0 ? 0 : Math.clamp(products / squares, 0, GREATEST_CORRELATION);
        double error = Math.sqrt(squares / (count - 2) / xx * (1 + r) / (1 - r));
        return Math.abs(slope) > Math.max(LEAST_DRIFT_RAD, SLOPE_ERRORS * error);
    }
}
