package dev.entrain.importing;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds by how much the clock of a reference instrument is behind the sensors': the offset at which its initial
 * contacts fall on the jolts of the feet. Steps are never quite regular, so over some dozens of them only one offset
 * fits. What a contact is called differs between instruments by some 10 ms and clocks drift apart by as much; whoever
 * scores against such contacts fits the rest ({@code "clock": "fit"}). Not thread-safe.
 */
final class ClockMatch {
    /** A jolt counts for this long around a contact, s. */
    private static final double REACH_S = 0.02;

    private final double rateHz;
    private final double[][] jolts;
    private final List<List<Double>> contacts = List.of(new ArrayList<>(), new ArrayList<>());

    /**
     * Takes in the readings.
     *
     * @param samples of both feet in order of time
     * @param rateHz readings per second and foot
     */
    ClockMatch(List<ImuSample> samples, double rateHz) {
        this.rateHz = rateHz;
        double lastS = samples.isEmpty() ? 0 : samples.getLast().timeNs * 1e-9;
        int slots = (int) Math.ceil(lastS * rateHz) + 2;
        jolts = new double[][] {new double[slots], new double[slots]};
        ImuSample[] before = new ImuSample[Foot.COUNT];
        for (ImuSample sample : samples) {
            int foot = sample.foot.ordinal();
            int slot = (int) Math.round(sample.timeNs * 1e-9 * rateHz);
            ImuSample last = before[foot];
            if (last != null && slot >= 0 && sample.seq == last.seq + 1) {
                jolts[foot][slot] = Math.hypot(
                        Math.hypot(sample.axMps2 - last.axMps2, sample.ayMps2 - last.ayMps2),
                        sample.azMps2 - last.azMps2);
            }
            before[foot] = sample;
        }
        for (int foot = 0; foot < Foot.COUNT; foot++) {
            jolts[foot] = smoothed(jolts[foot], (int) Math.round(REACH_S * rateHz));
        }
    }

    /** Adds an initial contact as the reference instrument dates it, s. */
    void addContact(double timeS, char foot) {
        if (!Double.isNaN(timeS)) {
            contacts.get(foot == 'L' ? 0 : 1).add(timeS);
        }
    }

    /** Returns what to add to the instrument's time for the sensors' time, s; 0 without contacts. */
    double offsetS() {
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (List<Double> foot : contacts) {
            for (double contact : foot) {
                first = Math.min(first, contact);
                last = Math.max(last, contact);
            }
        }
        if (first > last) {
            return 0;
        }
        // The walk must lie inside the recording, give or take a few contacts at its ends.
        int from = (int) Math.floor((-first - 2) * rateHz);
        int to = (int) Math.ceil(jolts[0].length - (last - 2) * rateHz);
        double best = Double.NEGATIVE_INFINITY;
        int bestShift = 0;
        for (int shift = from; shift <= to; shift++) {
            double sum = sumAt(shift);
            if (sum > best) {
                best = sum;
                bestShift = shift;
            }
        }
        return bestShift / rateHz;
    }

    private double sumAt(int shift) {
        double sum = 0;
        for (int foot = 0; foot < Foot.COUNT; foot++) {
            for (double contact : contacts.get(foot)) {
                int slot = (int) Math.round(contact * rateHz) + shift;
                if (slot >= 0 && slot < jolts[foot].length) {
                    // The root keeps a few hard stamps from outvoting all other steps.
                    sum += Math.sqrt(jolts[foot][slot]);
                }
            }
        }
        return sum;
    }

    private static double[] smoothed(double[] values, int reach) {
        double[] out = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            for (int j = Math.max(0, i - reach); j <= Math.min(values.length - 1, i + reach); j++) {
                out[i] += values[j];
            }
        }
        return out;
    }
}
