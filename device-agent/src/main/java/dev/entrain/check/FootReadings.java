package dev.entrain.check;

import dev.entrain.sample.ImuSample;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Rate, loss, mean and spread of one sensor's readings (Welford 1962). Not thread-safe. */
final class FootReadings {
    private static final double STANDARD_GRAVITY = 9.80665;
    private static final int CHANNELS = 6;
    private static final int LEAST = 50;

    /** The first readings have times that are still learnt. */
    private static final long SETTLE_NS = 500_000_000L;

    /** A jump over more readings is a sensor that began anew, no loss. */
    private static final int LONGEST_JUMP = 1000;

    private final double[] mean = new double[CHANNELS];
    private final double[] spread = new double[CHANNELS];
    private final double[] last = new double[CHANNELS];
    private final double[] squaredSteps = new double[CHANNELS];
    private boolean begun;
    private long settledNs;
    private double differences;
    private long count;
    private long lost;
    private long firstNs;
    private long lastNs;
    private int lastSeq;

    void take(ImuSample sample) {
        if (!begun) {
            begun = true;
            settledNs = sample.timeNs + SETTLE_NS;
        }
        if (sample.timeNs - settledNs < 0) {
            return;
        }
        boolean next = count > 0 && sample.seq == lastSeq + 1;
        int step = sample.seq - lastSeq;
        if (count > 0 && step > 1 && step <= LONGEST_JUMP) {
            lost += step - 1;
        }
        lastSeq = sample.seq;
        firstNs = count == 0 ? sample.timeNs : firstNs;
        lastNs = sample.timeNs;
        count++;
        differences += next ? 1 : 0;
        add(0, Math.toDegrees(sample.gxRadps), next);
        add(1, Math.toDegrees(sample.gyRadps), next);
        add(2, Math.toDegrees(sample.gzRadps), next);
        add(3, sample.axMps2 / STANDARD_GRAVITY, next);
        add(4, sample.ayMps2 / STANDARD_GRAVITY, next);
        add(5, sample.azMps2 / STANDARD_GRAVITY, next);
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
        if (differences < LEAST) {
            return null;
        }
        return new SensorFigures.Rest(
                worst(0, this::noise),
                1000 * worst(3, this::noise),
                worst(0, this::deviation),
                1000 * worst(3, this::deviation),
                length(0),
                length(3));
    }

    private void add(int channel, double value, boolean next) {
        if (next) {
            double step = value - last[channel];
            squaredSteps[channel] += step * step;
        }
        last[channel] = value;
        double before = value - mean[channel];
        mean[channel] += before / count;
        spread[channel] += before * (value - mean[channel]);
    }

    private static double worst(int from, IntToDoubleFunction of) {
        return Math.max(of.applyAsDouble(from), Math.max(of.applyAsDouble(from + 1), of.applyAsDouble(from + 2)));
    }

    /** From one reading to the next a foot hardly moves, and the noise does (von Neumann 1941). */
    private double noise(int channel) {
        return Math.sqrt(squaredSteps[channel] / (2 * differences));
    }

    private double deviation(int channel) {
        return Math.sqrt(spread[channel] / (count - 1));
    }

    private double length(int from) {
        return Math.sqrt(mean[from] * mean[from] + mean[from + 1] * mean[from + 1] + mean[from + 2] * mean[from + 2]);
    }
}
