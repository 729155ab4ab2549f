package dev.entrain.gait.contact;

/**
 * How hard the specific force of a foot changed of late, and when. A foot that meets the ground changes it within some
 * milliseconds, in whatever direction; the change needs neither gravity nor a known mounting. Not thread-safe;
 * realtime-safe.
 */
final class Jolts {
    /** Jolts kept: 0.32 s at 400 Hz, a landing and what comes before it. */
    private static final int MOST = 128;

    /** A jolt stands out when it is this many times as hard as the mean: in an undisturbed swing none is. */
    private static final double CLEAR = 3.0;

    /** Jolts of this share of the hardest are hard too: a strike may be followed by a harder slap of the sole. */
    private static final double HARD = 0.5;

    private final double[] timesS = new double[MOST];
    private final double[] joltsMps3 = new double[MOST];
    private int next;
    private int size;
    private double x;
    private double y;
    private double z;
    private double lastS = Double.NaN;

    /** Forgets what was. */
    void clear() {
        size = 0;
        next = 0;
        lastS = Double.NaN;
    }

    /** Consumes a specific force, m/s2, with or without gravity; times only grow. */
    void add(double timeS, double ax, double ay, double az) {
        double dx = ax - x;
        double dy = ay - y;
        double dz = az - z;
        double fromS = lastS;
        x = ax;
        y = ay;
        z = az;
        lastS = timeS;
        if (Double.isNaN(fromS)) {
            return;
        }
        timesS[next] = 0.5 * (fromS + timeS);
        joltsMps3[next] = Math.sqrt(dx * dx + dy * dy + dz * dz) / (timeS - fromS);
        next = next + 1 == MOST ? 0 : next + 1;
        size = Math.min(MOST, size + 1);
    }

    /** Returns when the hardest jolt since a time was, s; NaN if none stands out. */
    double hardestS(double sinceS) {
        double most = 0;
        double mostS = Double.NaN;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (timesS[i] >= sinceS) {
                sum += joltsMps3[i];
                count++;
                if (joltsMps3[i] > most) {
                    most = joltsMps3[i];
                    mostS = timesS[i];
                }
            }
        }
        return most * count >= CLEAR * sum ? mostS : Double.NaN;
    }

    /** Returns when the first hard jolt since a time was, s; infinity if nothing was felt since. */
    double firstHardS(double sinceS) {
        double most = hardestMps3(sinceS);
        double firstS = Double.POSITIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            if (timesS[i] >= sinceS && joltsMps3[i] >= HARD * most) {
                firstS = Math.min(firstS, timesS[i]);
            }
        }
        return firstS;
    }

    /** Returns how hard the hardest jolt since a time was, m/s3; 0 if nothing was felt since. */
    double hardestMps3(double sinceS) {
        double most = 0;
        for (int i = 0; i < size; i++) {
            if (timesS[i] >= sinceS) {
                most = Math.max(most, joltsMps3[i]);
            }
        }
        return most;
    }

    /** Returns the middle of the jolts since a time, weighed by their squares, s; NaN if nothing was felt since. */
    double middleS(double sinceS) {
        double weight = 0;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            if (timesS[i] >= sinceS) {
                double square = joltsMps3[i] * joltsMps3[i];
                weight += square;
                sum += square * (timesS[i] - sinceS);
            }
        }
        return weight > 0 ? sinceS + sum / weight : Double.NaN;
    }
}
