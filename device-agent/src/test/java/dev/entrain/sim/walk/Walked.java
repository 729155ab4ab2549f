package dev.entrain.sim.walk;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A simulated walk kept whole, for tests. */
final class Walked implements TruthSink {
    record Event(GaitEvent.Kind kind, Foot foot, long timeNs) {}

    record Stride(Foot foot, long startNs, long endNs, double lengthM) {}

    record Turned(long startNs, long endNs, double angleDeg) {}

    final List<ImuSample> samples = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    final List<Stride> strides = new ArrayList<>();
    final List<Turned> turns = new ArrayList<>();

    @Override
    public void onEvent(GaitEvent.Kind kind, Foot foot, long timeNs) {
        events.add(new Event(kind, foot, timeNs));
    }

    @Override
    public void onStride(Foot foot, long startNs, long endNs, double lengthM) {
        strides.add(new Stride(foot, startNs, endNs, lengthM));
    }

    @Override
    public void onTurn(long startNs, long endNs, double angleDeg) {
        turns.add(new Turned(startNs, endNs, angleDeg));
    }

    static Walked of(WalkScenario scenario, WalkOptions options) {
        Walked walked = new Walked();
        walked.run(new WalkModel(scenario, options, walked), true);
        return walked;
    }

    static Walked of(Walker walker, WalkOptions options) {
        Walked walked = new Walked();
        walked.run(new WalkModel(walker, options, walked), true);
        return walked;
    }

    /** Only the truth, without synthesising readings at more than 50 Hz. */
    static Walked truthOf(Gait gait, double durationS, long seed) {
        Walked walked = new Walked();
        WalkOptions options = new WalkOptions(50, durationS, seed, SensorOptions.ideal());
        walked.run(new WalkModel(straight(gait), options, walked), false);
        return walked;
    }

    static WalkScenario straight(Gait gait) {
        return new WalkScenario("straight", "test", List.of(new WalkSegment.Walk(86_400, gait)));
    }

    private void run(WalkModel model, boolean keep) {
        ImuSample sample = new ImuSample();
        while (model.next(sample)) {
            if (keep) {
                ImuSample copy = new ImuSample();
                copy.copyFrom(sample);
                samples.add(copy);
            }
        }
    }

    List<ImuSample> samples(Foot foot) {
        return samples.stream().filter(s -> s.foot == foot).toList();
    }

    /** Every reading as numbers, for comparison. */
    double[][] rows() {
        double[][] rows = new double[samples.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(samples.get(i));
        }
        return rows;
    }

    static double[] row(ImuSample s) {
        return new double[] {
            s.foot.ordinal(), s.timeNs, s.seq, s.axMps2, s.ayMps2, s.azMps2, s.gxRadps, s.gyRadps, s.gzRadps
        };
    }

    List<Event> contacts() {
        return events.stream()
                .filter(e -> e.kind() == GaitEvent.Kind.INITIAL_CONTACT)
                .toList();
    }

    long[] timesNs(GaitEvent.Kind kind, Foot foot) {
        return events.stream()
                .filter(e -> e.kind() == kind && e.foot() == foot)
                .mapToLong(Event::timeNs)
                .toArray();
    }

    double[] strideTimesS(Foot foot) {
        long[] t = timesNs(GaitEvent.Kind.INITIAL_CONTACT, foot);
        double[] s = new double[t.length - 1];
        for (int i = 0; i < s.length; i++) {
            s[i] = (t[i + 1] - t[i]) * 1e-9;
        }
        return s;
    }

    /** Step times that end at a foot's initial contact, s. */
    double[] stepTimesS(Foot foot) {
        List<Event> c = contacts();
        return IntStream.range(1, c.size())
                .filter(i -> c.get(i).foot() == foot)
                .mapToDouble(i -> (c.get(i).timeNs() - c.get(i - 1).timeNs()) * 1e-9)
                .toArray();
    }

    static double mean(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v;
        }
        return sum / x.length;
    }

    static double sd(double[] x) {
        double m = mean(x);
        double sum = 0;
        for (double v : x) {
            sum += (v - m) * (v - m);
        }
        return Math.sqrt(sum / x.length);
    }
}
