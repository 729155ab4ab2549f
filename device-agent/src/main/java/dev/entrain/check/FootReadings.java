package dev.entrain.check;

import dev.entrain.sample.ImuSample;
import org.jspecify.annotations.Nullable;

/** Rate, loss, mean and spread of one sensor's readings (Welford 1962). Not thread-safe. */
final class FootReadings {
    private static final double STANDARD_GRAVITY = 9.80665;
    private static final int CHANNELS = 6;
    private static final int LEAST = 50;

    /** A jump over more readings is a sensor that began anew, no loss. */
    private static final int LONGEST_JUMP = 1000;

    private final double[] mean = new double[CHANNELS];
    private final double[] spread = new double[CHANNELS];
    private long count;
    private long lost;
    private long firstNs;
    private long lastNs;
    private int lastSeq;

    void take(ImuSample sample) {
        int step = sample.seq - lastSeq;
        if (count > 0 && step > 1 && step <= LONGEST_JUMP) {
            lost += step - 1;
        }
        lastSeq = sample.seq;
        firstNs = count == 0 ? sample.timeNs : firstNs;
        lastNs = sample.timeNs;
        count++;
        add(0, Math.toDegrees(sample.gxRadps));
        add(1, Math.toDegrees(sample.gyRadps));
        add(2, Math.toDegrees(sample.gzRadps));
        add(3, sample.axMps2 / STANDARD_GRAVITY);
        add(4, sample.ayMps2 / STANDARD_GRAVITY);
        add(5, sample.azMps2 / STANDARD_GRAVITY);
    }

    /** Returns the time from the first to the last reading, s. */
    double spanS() {
        return count == 0 ? 0 : (lastNs - firstNs) * 1e-9;
    }

    /** Returns readings a second, lost ones not counted; NaN before the second. */
    double rateHz() {
        return count < 2 || lastNs <= firstNs ? Double.NaN : (count - 1) / spanS();
    }

    /** Returns the share that did not come, %; NaN before the first. */
    double lossPct() {
        return count == 0 ? Double.NaN : 100.0 * lost / (count + lost);
    }

    /** Returns the noise and what it stands on; null after too few readings. */
    SensorFigures.@Nullable Rest rest() {
        if (count < LEAST) {
            return null;
        }
        double gyr = Math.max(deviation(0), Math.max(deviation(1), deviation(2)));
        double acc = Math.max(deviation(3), Math.max(deviation(4), deviation(5)));
        return new SensorFigures.Rest(gyr, 1000 * acc, length(0), length(3));
    }

    private void add(int channel, double value) {
        double before = value - mean[channel];
        mean[channel] += before / count;
        spread[channel] += before * (value - mean[channel]);
    }

    private double deviation(int channel) {
        return Math.sqrt(spread[channel] / (count - 1));
    }

    private double length(int from) {
        return Math.sqrt(mean[from] * mean[from] + mean[from + 1] * mean[from + 1] + mean[from + 2] * mean[from + 2]);
    }
}
