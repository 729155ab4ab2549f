package dev.entrain.clinic.load;

import java.util.Arrays;

/** Times from a message's first publish to its acknowledgement, ns. For one thread until it ended. */
public final class Latencies {
    private long[] values = new long[4096];
    private int count;
    private volatile boolean startOver;

    /** Forgets those so far: programs that have just started are slow. Takes effect with the next time. */
    public void startOver() {
        startOver = true;
    }

    void add(long ns) {
        if (startOver) {
            startOver = false;
            count = 0;
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = ns;
    }

    /** Returns how many there are. */
    public int count() {
        return count;
    }

    /** Returns the time that a share of all does not exceed, ms; NaN if there is none. */
    public double quantileMs(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, (long) (share * count))] / 1e6;
    }
}
