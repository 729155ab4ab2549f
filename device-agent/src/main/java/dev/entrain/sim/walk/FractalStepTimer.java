package dev.entrain.sim.walk;

import dev.entrain.noise.FractalNoise;
import dev.entrain.noise.SeededNoise;
import dev.entrain.sample.Foot;

/**
 * Step times with 1/f noise around the gait's own, so that the stride times have the asked coefficient of variation in
 * the long run. Not thread-safe.
 */
public final class FractalStepTimer implements StepTimer {
    /** Neither absurd nor overlapping steps, however unlucky the noise. */
    private static final double MOST_DEVIATION = 0.4;

    private final SeededNoise noise;
    private FractalNoise fractal;
    private double exponent;

    /** Creates a timer whose noise is its own sequence of the seed. */
    public FractalStepTimer(long seed) {
        noise = new SeededNoise(seed, 1);
        fractal = new FractalNoise(noise, exponent);
    }

    @Override
    public double stepTimeS(long nowNs, Foot foot, long previousContactNs, Gait gait) {
        if (gait.fractalExponent() != exponent) {
            exponent = gait.fractalExponent();
            fractal = new FractalNoise(noise, exponent);
        }
        // A stride is two successive steps: the variance of their mean is (1 + r) / 2 of a step's.
        double stepCv = gait.strideTimeCv() / Math.sqrt((1 + fractal.neighbourCorrelation()) / 2);
        double deviation = Math.clamp(stepCv * fractal.next(), -MOST_DEVIATION, MOST_DEVIATION);
        return gait.stepTimeS(foot) * (1 + deviation);
    }
}
