package dev.entrain.sim.walk;

/**
 * Reproducible randomness: the same seed gives the same numbers on every machine and every Java release, which the
 * library's generators do not promise for Gaussian values. SplitMix64 (Steele, Lea and Flood 2014). Not thread-safe.
 */
public final class SeededNoise {
    private static final double UNIT_53 = 0x1.0p-53;

    /** Eight uniform values of variance (2^32 - 1) / 12 each. */
    private static final double GAUSSIAN_SCALE = 1.0 / Math.sqrt(8 * ((double) (1L << 32) - 1) / 12);

    private static final double GAUSSIAN_MEAN = 8 * 65535 / 2.0;

    private long state;

    /** Creates one of many independent sequences of a seed. */
    public SeededNoise(long seed, int sequence) {
        state = seed;
        state = nextLong() + sequence * 0x632BE59BD9B4E019L;
        state = nextLong();
    }

    private long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a value in [0, 1). */
    public double uniform() {
        return (nextLong() >>> 11) * UNIT_53;
    }

    /** Returns a value in [low, high). */
    public double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /**
     * Returns a value of mean 0 and standard deviation 1, near enough to Gaussian: a sum of eight uniform values, so
     * never beyond 4.9, which also spares every user a guard against absurd draws.
     */
    public double gaussian() {
        long a = nextLong();
        long b = nextLong();
        long sum = (a & 0xFFFF) + (a >>> 16 & 0xFFFF) + (a >>> 32 & 0xFFFF) + (a >>> 48);
        sum += (b & 0xFFFF) + (b >>> 16 & 0xFFFF) + (b >>> 32 & 0xFFFF) + (b >>> 48);
        return (sum - GAUSSIAN_MEAN) * GAUSSIAN_SCALE;
    }
}
