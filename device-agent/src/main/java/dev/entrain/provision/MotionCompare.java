package dev.entrain.provision;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/**
 * Says which of two sensors was moved, by the energy of its turning. A foot that is lifted turns at some rad/s, one that
 * stands at a few hundredths. Used by one thread.
 */
final class MotionCompare {
    /** Mean squared angular rate under which nothing was lifted, (rad/s)^2: a sway is a tenth of it. */
    static final double LEAST = 0.05;

    /** The lifted foot has at least so many times the energy of the other. */
    static final double MARGIN = 5;

    private static final int LEAST_SAMPLES = 50;

    private final double[] sum = new double[Foot.COUNT];
    private final long[] count = new long[Foot.COUNT];
    private final double[] meanX = new double[Foot.COUNT];
    private final double[] meanY = new double[Foot.COUNT];
    private final double[] meanZ = new double[Foot.COUNT];

    /** What the movement says. */
    enum Verdict {
        /** The sensor called left moved. */
        LEFT,
        /** The sensor called right moved. */
        RIGHT,
        /** Neither did. */
        NEITHER,
        /** Both did. */
        BOTH,
        /** Too few readings came. */
        NO_READINGS
    }

    /** Takes a reading; {@code sample.foot} is whose it was taken for. */
    void add(ImuSample sample) {
        int i = sample.foot.ordinal();
        sum[i] += sample.gxRadps * sample.gxRadps + sample.gyRadps * sample.gyRadps + sample.gzRadps * sample.gzRadps;
        meanX[i] += sample.gxRadps;
        meanY[i] += sample.gyRadps;
        meanZ[i] += sample.gzRadps;
        count[i]++;
    }

    /** Returns the energy of a sensor without its constant offset, (rad/s)^2. */
    double energy(Foot foot) {
        int i = foot.ordinal();
        if (count[i] == 0) {
            return 0;
        }
        double n = count[i];
        double offset = meanX[i] / n * (meanX[i] / n) + meanY[i] / n * (meanY[i] / n) + meanZ[i] / n * (meanZ[i] / n);
        return Math.max(0, sum[i] / n - offset);
    }

    long readings(Foot foot) {
        return count[foot.ordinal()];
    }

    Verdict verdict() {
        if (readings(Foot.LEFT) < LEAST_SAMPLES || readings(Foot.RIGHT) < LEAST_SAMPLES) {
            return Verdict.NO_READINGS;
        }
        double left = energy(Foot.LEFT);
        double right = energy(Foot.RIGHT);
        if (Math.max(left, right) < LEAST) {
            return Verdict.NEITHER;
        }
        if (Math.max(left, right) < MARGIN * Math.min(left, right)) {
            return Verdict.BOTH;
        }
        return left > right ? Verdict.LEFT : Verdict.RIGHT;
    }
}
