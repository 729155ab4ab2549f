package dev.entrain.sim.walk;

/**
 * Endless noise with a 1/f^beta spectrum in constant memory: a sum of first-order processes whose time constants grow
 * geometrically, weighted so that their spectra add up to the asked slope (Hausdorff and Peng 1996 made such sums for
 * gait). The slope holds over periods of about 2 to 20 000 values. Long-run standard deviation 1. Not thread-safe.
 */
public final class FractalNoise {
    private static final int PROCESSES = 10;
    private static final double SHORTEST_VALUES = 0.2;
    private static final double RATIO = 3;

    private final SeededNoise noise;
    private final double[] keep = new double[PROCESSES];
    private final double[] drive = new double[PROCESSES];
    private final double[] state = new double[PROCESSES];
    private final double neighbourCorrelation;

    /**
     * @param noise source of randomness
     * @param exponent beta, 0 (white) to 1.5; detrended fluctuation analysis then finds (1 + beta) / 2
     */
    public FractalNoise(SeededNoise noise, double exponent) {
        this.noise = noise;
        double[] variance = new double[PROCESSES];
        double sum = 0;
        for (int i = 0; i < PROCESSES; i++) {
            double constantValues = SHORTEST_VALUES * StrictMath.pow(RATIO, i);
            keep[i] = exponent == 0 ? 0 : StrictMath.exp(-1 / constantValues);
            variance[i] = StrictMath.pow(constantValues, exponent - 1);
            sum += variance[i];
        }
        double correlation = 0;
        for (int i = 0; i < PROCESSES; i++) {
            drive[i] = StrictMath.sqrt(variance[i] / sum * (1 - keep[i] * keep[i]));
            correlation += variance[i] / sum * keep[i];
        }
        neighbourCorrelation = correlation;
    }

    /** Returns the correlation of two successive values, 0 to 1. */
    public double neighbourCorrelation() {
        return neighbourCorrelation;
    }

    /** Returns the next value. Starts near 0: the slow processes need their time to wander off. */
    public double next() {
        double sum = 0;
        for (int i = 0; i < PROCESSES; i++) {
            state[i] = keep[i] * state[i] + drive[i] * noise.gaussian();
            sum += state[i];
        }
        return sum;
    }
}
