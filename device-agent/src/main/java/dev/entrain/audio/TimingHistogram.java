package dev.entrain.audio;

import dev.entrain.health.TimingCounts;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How large timing errors were, counted in classes a quarter of an octave wide from 1 us to 1 s, so that a percentile is
 * known to within 19 % and nothing is kept per event. One thread adds, any thread reads; adding is realtime-safe.
 */
public final class TimingHistogram {
    /** Classes per doubling of the error. */
    private static final int PER_OCTAVE = 4;

    /** Upper edge of the first class, ns. */
    private static final long FIRST_NS = 1_000;

    /** Classes; the last takes everything beyond 1 s. */
    public static final int CLASSES = 1 + PER_OCTAVE * 20;

    private final AtomicLongArray counts = new AtomicLongArray(CLASSES);
    private volatile long count;
    private volatile long maxNs;

    /** Counts an error, ns of either sign. */
    public void add(long errorNs) {
        long size = errorNs < 0 ? -Math.max(errorNs, -Long.MAX_VALUE) : errorNs;
        int index = classOf(size);
        counts.setRelease(index, counts.getPlain(index) + 1);
        maxNs = Math.max(maxNs, size);
        long all = count + 1; // One thread writes, so no update is lost.
        count = all;
    }

    /** Returns how many errors were counted. */
    public long count() {
        return count;
    }

    /** Returns the largest error, ns; 0 before the first. */
    public long maxNs() {
        return maxNs;
    }

    /** Returns how many errors fell into a class, 0 to {@link #CLASSES} - 1. */
    public long countOf(int index) {
        return counts.get(index);
    }

    /** Returns the counts as they are now. Allocates: not for the thread that adds. */
    public TimingCounts snapshot() {
        long[] now = new long[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            now[i] = counts.get(i);
        }
        return new TimingCounts(FIRST_NS, PER_OCTAVE, now, maxNs);
    }

    /** Returns the upper edge of a class, ns; see {@link TimingCounts#upperNs}. */
    public long upperNs(int index) {
        return snapshot().upperNs(index);
    }

    /** Returns a size that a share of all errors did not exceed, ns; see {@link TimingCounts#quantileNs}. */
    public long quantileNs(double share) {
        return snapshot().quantileNs(share);
    }

    private static int classOf(long sizeNs) {
        if (sizeNs <= FIRST_NS) {
            return 0;
        }
        double octaves = Math.log((double) sizeNs / FIRST_NS) / Math.log(2);
        return Math.min(CLASSES - 1, 1 + (int) (octaves * PER_OCTAVE));
    }
}
