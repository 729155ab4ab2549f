package dev.entrain.sim.insole;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.Arrays;
import java.util.List;

/** One foot's samples of a recording, walked through once or for ever. Used by one thread. */
final class FootTrack {
    private static final double DEFAULT_RATE_HZ = 100;

    private final ImuSample[] samples;
    private final long originNs;
    private final long lengthNs;
    private final boolean loop;
    private final double rateHz;
    private int at;
    private long round;

    /**
     * Takes one foot's samples out of a walk.
     *
     * @param walk both feet, each in time order
     * @param originNs time of the walk's first sample
     * @param lengthNs after this time a looping walk starts over
     */
    FootTrack(List<ImuSample> walk, Foot foot, long originNs, long lengthNs, boolean loop) {
        samples = walk.stream().filter(sample -> sample.foot == foot).toArray(ImuSample[]::new);
        this.originNs = originNs;
        this.lengthNs = lengthNs;
        this.loop = loop && samples.length > 0;
        rateHz = medianRateHz();
    }

    boolean ended() {
        return at == samples.length;
    }

    /** The sample at hand; only before the end. */
    ImuSample sample() {
        return samples[at];
    }

    /** When the sample at hand is made, ns after the start. */
    long dueNs() {
        return samples[at].timeNs - originNs + round * lengthNs;
    }

    /** Running number of the sample at hand; goes on through the rounds. */
    int seq() {
        int span = samples[samples.length - 1].seq - samples[0].seq + 1;
        return samples[at].seq + (int) (round * span);
    }

    void next() {
        at++;
        if (at == samples.length && loop) {
            at = 0;
            round++;
        }
    }

    /** Nominal rate, Hz: the inverse of the median interval. */
    double rateHz() {
        return rateHz;
    }

    /** Greatest absolute acceleration, m/s2. */
    double greatestAccMps2() {
        double most = 0;
        for (ImuSample s : samples) {
            most = Math.max(most, Math.max(Math.abs(s.axMps2), Math.max(Math.abs(s.ayMps2), Math.abs(s.azMps2))));
        }
        return most;
    }

    /** Greatest absolute angular rate, rad/s. */
    double greatestGyrRadps() {
        double most = 0;
        for (ImuSample s : samples) {
            most = Math.max(most, Math.max(Math.abs(s.gxRadps), Math.max(Math.abs(s.gyRadps), Math.abs(s.gzRadps))));
        }
        return most;
    }

    private double medianRateHz() {
        if (samples.length < 2) {
            return DEFAULT_RATE_HZ;
        }
        long[] intervalsNs = new long[samples.length - 1];
        for (int i = 0; i < intervalsNs.length; i++) {
            intervalsNs[i] = samples[i + 1].timeNs - samples[i].timeNs;
        }
        Arrays.sort(intervalsNs);
        // Times are rounded to microseconds, so the rate is rounded to a tenth of a hertz.
        return Math.rint(1e10 / Math.max(1, intervalsNs[intervalsNs.length / 2])) / 10;
    }
}
