package dev.entrain.protocol;

import java.util.Random;

/**
 * A device with a skewed counter that sends batches over a line which holds bytes back until the next USB frame, jitters
 * and sometimes stalls. Time is simulated; {@link #next()} moves on by one reading.
 */
final class SimulatedLine {
    static final long LEAST_DELAY_NS = 1_000_000;
    private static final long START_NS = 77_000_000_000_000L;

    /** Host time of the reading, the truth. */
    long trueNs;

    /** Host time when its message was read. */
    long arrivalNs;

    /** Raw counter at the reading. */
    long rawTicks;

    double usbNs = 16e6;
    double jitterNs = 0.5e6;
    double stallNs = 300e6;
    double stallsPerSecond = 0.05;
    int batch = 2;

    private final Random random;
    private final double ticksPerSecond;
    private final long mask;
    private final double hostPerDevice;
    private final double periodNs;
    private double deviceNs;
    private double bootNs;
    private long counterStart;
    private int inBatch;
    private double stallEndNs = Double.NEGATIVE_INFINITY;
    private double nextStallNs;

    SimulatedLine(long seed, double skewPpm, double rateHz, double ticksPerSecond, int tickBits, long counterStart) {
        random = new Random(seed);
        hostPerDevice = 1 / (1 + skewPpm * 1e-6);
        periodNs = 1e9 / rateHz;
        this.ticksPerSecond = ticksPerSecond;
        mask = (1L << tickBits) - 1;
        this.counterStart = counterStart;
        nextStallNs = random.nextDouble() * 20e9;
        deviceNs = random.nextDouble() * 1e9;
    }

    /** Makes the next reading and, at the start of a batch, its arrival. */
    void next() {
        deviceNs += periodNs;
        if (inBatch == 0) {
            inBatch = batch;
            double sentNs = (deviceNs + (batch - 1) * periodNs) * hostPerDevice;
            arrivalNs = Math.max(arrivalNs, START_NS + Math.round(arrivalOf(sentNs)));
        }
        inBatch--;
        trueNs = START_NS + Math.round(deviceNs * hostPerDevice);
        rawTicks = counterStart + (long) ((deviceNs - bootNs) * 1e-9 * ticksPerSecond) & mask;
    }

    /** Lets device time go by without readings, as an unplugged line does. */
    void silence(double seconds) {
        inBatch = 0;
        deviceNs += seconds * 1e9;
    }

    /** Restarts the counter. */
    void reboot() {
        inBatch = 0;
        bootNs = deviceNs;
        counterStart = 0;
    }

    private double arrivalOf(double sentNs) {
        double at = sentNs + LEAST_DELAY_NS - jitterNs * Math.log(1 - random.nextDouble());
        if (usbNs > 0) {
            at = Math.ceil(at / usbNs) * usbNs;
        }
        if (at > nextStallNs) {
            stallEndNs = nextStallNs + stallNs;
            nextStallNs += -Math.log(1 - random.nextDouble()) / stallsPerSecond * 1e9 + stallNs;
        }
        return Math.max(at, stallEndNs);
    }
}
