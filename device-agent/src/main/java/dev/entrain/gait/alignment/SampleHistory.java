package dev.entrain.gait.alignment;

/**
 * The last seconds of one foot's readings, so that a walker's first steps can be looked at again once it is known how the
 * sensor sits. A ring of fixed size: the newest readings win. Not thread-safe; realtime-safe.
 */
public final class SampleHistory {
    private static final int WIDTH = 8;

    private final double[] values;
    private final int capacity;
    private int next;
    private int size;

    /** @param capacity readings that are kept */
    public SampleHistory(int capacity) {
        this.capacity = capacity;
        values = new double[capacity * WIDTH];
    }

    /**
     * Appends a reading: time in s, specific force in m/s2, angular rate in rad/s.
     *
     * @param otherRadps how fast the other foot turned meanwhile, rad/s; NaN if unknown
     */
    public void add(double timeS, double ax, double ay, double az, double gx, double gy, double gz, double otherRadps) {
        int at = next * WIDTH;
        values[at] = timeS;
        values[at + 1] = ax;
        values[at + 2] = ay;
        values[at + 3] = az;
        values[at + 4] = gx;
        values[at + 5] = gy;
        values[at + 6] = gz;
        values[at + 7] = otherRadps;
        next = next + 1 == capacity ? 0 : next + 1;
        size = Math.min(capacity, size + 1);
    }

    /** Returns how many readings are kept. */
    public int size() {
        return size;
    }

    /** Forgets all readings. */
    public void clear() {
        size = 0;
    }

    /** Returns the time of a reading, s; index 0 is the oldest. */
    public double timeS(int index) {
        return values[at(index)];
    }

    /** Returns an axis (0 to 2) of the specific force of a reading, m/s2. */
    public double acc(int index, int axis) {
        return values[at(index) + 1 + axis];
    }

    /** Returns an axis (0 to 2) of the angular rate of a reading, rad/s. */
    public double gyr(int index, int axis) {
        return values[at(index) + 4 + axis];
    }

    /** Returns how fast the other foot turned, rad/s; NaN if unknown. */
    public double otherRadps(int index) {
        return values[at(index) + 7];
    }

    private int at(int index) {
        int slot = next - size + index;
        return (slot < 0 ? slot + capacity : slot) * WIDTH;
    }
}
