package dev.entrain.entrainment;

import java.util.Random;

/** Walkers as series of asynchronies: what a lock statistic is measured with. Asynchronies in s against an even beat. */
final class PhaseSeries {
    /** The beat, s. */
    static final double PERIOD_S = 0.55;

    private final Random random;

    PhaseSeries(long seed) {
        random = new Random(seed);
    }

    /**
     * A walker who corrects a share of each asynchrony (Vorberg and Wing 1996): timekeeper noise is corrected, motor noise
     * (16 % of the variance) is not passed on.
     */
    double[] locked(int count, double sdS, double gain, double footS) {
        double kept = 1 - gain;
        double coreS = sdS * Math.sqrt(0.84);
        double core = coreS * random.nextGaussian();
        double[] series = new double[count];
        for (int i = 0; i < count; i++) {
            series[i] = -0.04 + core + 0.4 * sdS * random.nextGaussian() + (i % 2 == 0 ? footS : -footS);
            core = kept * core + coreS * Math.sqrt(1 - kept * kept) * random.nextGaussian();
        }
        return series;
    }

    /** A walker who does not listen: his own tempo, and step times that vary by cv. */
    double[] drifting(int count, double fasterPct, double cv, double footS) {
        double stepS = PERIOD_S / (1 + fasterPct / 100);
        double atS = random.nextDouble() * PERIOD_S;
        double[] series = new double[count];
        for (int i = 0; i < count; i++) {
            atS += stepS * (1 + cv * random.nextGaussian()) - PERIOD_S;
            series[i] = atS + 0.01 * random.nextGaussian() + (i % 2 == 0 ? footS : -footS);
        }
        return series;
    }

    /** Steps anywhere between two beats. */
    double[] random(int count) {
        double[] series = new double[count];
        for (int i = 0; i < count; i++) {
            series[i] = random.nextDouble() * PERIOD_S;
        }
        return series;
    }

    Random source() {
        return random;
    }
}
