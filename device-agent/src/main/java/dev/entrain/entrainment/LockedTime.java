package dev.entrain.entrainment;

/** How much of the latest stretch of walking was locked. Not thread-safe; realtime-safe. */
final class LockedTime {
    /** More steps than 60 s hold at 250 a minute. */
    private static final int KEPT = 256;

    private final long[] spansNs = new long[KEPT];
    private final boolean[] locked = new boolean[KEPT];
    private final long longestNs;
    private int count;
    private int at;
    private long totalNs;
    private long lockedNs;
    private boolean dropped;

    LockedTime(long longestNs) {
        this.longestNs = longestNs;
    }

    /** Returns whether it looks back as far as it may. */
    boolean whole() {
        return dropped;
    }

    void reset() {
        dropped = false;
        count = 0;
        totalNs = 0;
        lockedNs = 0;
    }

    void add(long spanNs, boolean wasLocked) {
        if (count == KEPT) {
            drop();
        }
        spansNs[at] = spanNs;
        locked[at] = wasLocked;
        at = (at + 1) % KEPT;
        count++;
        totalNs += spanNs;
        lockedNs += wasLocked ? spanNs : 0;
        while (totalNs > longestNs) {
            drop();
        }
    }

    double share() {
        return totalNs == 0 ? Double.NaN : (double) lockedNs / totalNs;
    }

    private void drop() {
        int oldest = (at + KEPT - count) % KEPT;
        totalNs -= spansNs[oldest];
        lockedNs -= locked[oldest] ? spansNs[oldest] : 0;
        count--;
        dropped = true;
    }
}
