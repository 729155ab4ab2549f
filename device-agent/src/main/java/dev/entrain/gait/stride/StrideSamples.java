package dev.entrain.gait.stride;

/**
 * The newest readings of one foot, so that a stride can be measured when it is over and its ends are known. Holds {@link
 * #CAPACITY} readings (5 s at 400 Hz); older ones are overwritten. Places are running numbers. Not thread-safe;
 * realtime-safe.
 */
final class StrideSamples {
    /** Readings kept; a power of two. */
    static final int CAPACITY = 2048;

    /** No place. */
    static final long NONE = -1;

    private static final int CHANNELS = 7;
    private static final int MASK = CAPACITY - 1;

    private final double[] values = new double[CAPACITY * CHANNELS];
    private long count;
    private long first;

    /** Forgets all readings. */
    void clear() {
        first = count;
    }

    /** Consumes a reading: s, m/s2, rad/s. */
    void add(double timeS, double ax, double ay, double az, double gx, double gy, double gz) {
        int at = (int) (count & MASK) * CHANNELS;
        values[at] = timeS;
        values[at + 1] = ax;
        values[at + 2] = ay;
        values[at + 3] = az;
        values[at + 4] = gx;
        values[at + 5] = gy;
        values[at + 6] = gz;
        count++;
        first = Math.max(first, count - CAPACITY);
    }

    /** Returns the place of the oldest reading; equal to {@link #end} if there is none. */
    long first() {
        return first;
    }

    /** Returns the place after the newest reading. */
    long end() {
        return count;
    }

    /** Returns whether a place holds a reading. */
    boolean has(long place) {
        return place >= first && place < count;
    }

    /** Returns a reading's time, s. */
    double timeS(long place) {
        return values[(int) (place & MASK) * CHANNELS];
    }

    /** Returns a specific force, m/s2; axis 0 to 2. */
    double acc(long place, int axis) {
        return values[(int) (place & MASK) * CHANNELS + 1 + axis];
    }

    /** Returns an angular rate, rad/s; axis 0 to 2. */
    double gyr(long place, int axis) {
        return values[(int) (place & MASK) * CHANNELS + 4 + axis];
    }

    /** Returns the square of the angular rate, (rad/s)2. */
    double turn2(long place) {
        int at = (int) (place & MASK) * CHANNELS + 4;
        return values[at] * values[at] + values[at + 1] * values[at + 1] + values[at + 2] * values[at + 2];
    }

    /** Returns the first place at or after a time; {@link #end} if there is none. */
    long at(double timeS) {
        long low = first;
        long high = count;
        // Halving: ends after at most 11 turns.
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (timeS(middle) < timeS) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
