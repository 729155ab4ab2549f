package dev.entrain.cue;

import java.util.Arrays;

/**
 * How far before the beat this walker steps when left alone: the negative mean asynchrony, 20 to 80 ms in most, up to 180
 * (Repp 2005; Repp and Su 2013). A median of the latest {@link #WINDOW} steps, followed slowly, within {@link #LEAST_NS}
 * and {@link #MOST_NS}; learnt about a walker, so it outlives a bout. Not thread-safe; realtime-safe.
 */
final class NaturalAsynchrony {
    /** Earliest step against its beat that is still natural, ns. */
    static final long LEAST_NS = -180_000_000L;

    /** Latest step against its beat that is still natural, ns. */
    static final long MOST_NS = 20_000_000L;

    /** Steps the median is of. */
    static final int WINDOW = 32;

    /** Steps before anything is believed. */
    static final int ENOUGH = 16;

    /** The estimate moves by no more than this from step to step: 60 ms take at least a minute's walking. */
    private static final long MOST_MOVE_NS = 500_000L;

    private final long[] recentNs = new long[WINDOW];
    private final long[] sorted = new long[WINDOW];
    private int count;
    private int at;
    private boolean known;
    private long ns;

    void learn(long asynchronyNs) {
        recentNs[at] = asynchronyNs;
        at = (at + 1) % WINDOW;
        count = Math.min(count + 1, WINDOW);
        if (count < ENOUGH) {
            return;
        }
        System.arraycopy(recentNs, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        long medianNs = Math.clamp((sorted[(count - 1) / 2] + sorted[count / 2]) / 2, LEAST_NS, MOST_NS);
        ns = known ? ns + Math.clamp(medianNs - ns, -MOST_MOVE_NS, MOST_MOVE_NS) : medianNs;
        known = true;
    }

    boolean known() {
        return known;
    }

    /** Returns step minus beat, ns, negative = step first; 0 while unknown. */
    long ns() {
        return ns;
    }
}
