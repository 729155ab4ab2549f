package dev.entrain.health;

import java.util.Arrays;

/**
 * How large timing errors were, as counts per class at one moment. Class 0 holds everything up to the first edge; each
 * further class is a fixed part of an octave wide; the last one holds everything beyond the edge before it. Immutable.
 */
public final class TimingCounts {
    private final long firstNs;
    private final int perOctave;
    private final long[] counts;
    private final long maxNs;

    /**
     * Keeps a copy.
     *
     * @param firstNs upper edge of the first class, ns
     * @param perOctave classes per doubling of the error
     * @param counts errors in each class, at least two classes
     * @param maxNs the largest error, ns; 0 before the first
     */
    public TimingCounts(long firstNs, int perOctave, long[] counts, long maxNs) {
        if (firstNs < 1 || perOctave < 1 || counts.length < 2) {
            throw new IllegalArgumentException("no classes: first edge " + firstNs + " ns, " + perOctave
                    + " per octave, " + counts.length + " in all");
        }
        this.firstNs = firstNs;
        this.perOctave = perOctave;
        this.counts = counts.clone();
        this.maxNs = maxNs;
    }

    /** Returns the upper edge of the first class, ns. */
    public long firstNs() {
        return firstNs;
    }

    /** Returns classes per doubling of the error. */
    public int perOctave() {
        return perOctave;
    }

    /** Returns how many classes there are. */
    public int classes() {
        return counts.length;
    }

    /** Returns how many errors were counted. */
    public long count() {
        long all = 0;
        for (long each : counts) {
            all += each;
        }
        return all;
    }

    /** Returns how many errors fell into a class, 0 to {@link #classes} - 1. */
    public long countOf(int index) {
        return counts[index];
    }

    /** Returns the largest error, ns; 0 before the first. */
    public long maxNs() {
        return maxNs;
    }

    /** Returns the upper edge of a class, ns; the last one has none, so the largest error stands for it. */
    public long upperNs(int index) {
        int last = counts.length - 1;
        return index == last ? Math.max(maxNs, edgeNs(last - 1)) : edgeNs(index);
    }

    /**
     * Returns a size that a share of all errors did not exceed: the upper edge of the class it falls into, at most the
     * largest error.
     *
     * @param share 0 to 1, such as 0.99
     * @return ns; 0 before the first error
     */
    public long quantileNs(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * count()));
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            if (sum >= wanted) {
                return Math.min(maxNs, upperNs(i));
            }
        }
        return 0;
    }

    /**
     * Returns what was counted since an earlier moment. Its largest error is exact if it is the largest of all, and
     * otherwise the upper edge of its last class that holds any.
     *
     * @param earlier the same counts at that moment
     */
    public TimingCounts since(TimingCounts earlier) {
        long[] between = new long[counts.length];
        int highest = -1;
        for (int i = 0; i < between.length; i++) {
            between[i] = counts[i] - earlier.counts[i];
            highest = between[i] > 0 ? i : highest;
        }
        long largest = maxNs > earlier.maxNs ? maxNs : highest < 0 ? 0 : Math.min(maxNs, upperNs(highest));
        return new TimingCounts(firstNs, perOctave, between, largest);
    }

    private long edgeNs(int index) {
        return Math.round(firstNs * Math.pow(2, (double) index / perOctave));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimingCounts that
                && firstNs == that.firstNs
                && perOctave == that.perOctave
                && maxNs == that.maxNs
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return count() + " errors, max " + maxNs + " ns, classes " + Arrays.toString(counts);
    }
}
