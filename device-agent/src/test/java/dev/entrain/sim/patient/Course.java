package dev.entrain.sim.patient;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import dev.entrain.sim.walk.Move;
import dev.entrain.sim.walk.TruthSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A patient walked through his decisions alone, without readings, and what came of it; for tests. */
final class Course implements TruthSink {
    record Contact(Foot foot, long timeNs) {}

    record Frozen(double startS, double durationS, boolean relieved) {}

    final List<Contact> contacts = new ArrayList<>();
    final List<Frozen> freezes = new ArrayList<>();
    final List<Double> turnsDeg = new ArrayList<>();
    final Patient patient;
    private final Move move = new Move();
    private long frozenSinceNs;
    private long nowNs;

    Course(PatientProfile profile, long seed) {
        patient = new Patient(profile, seed, this);
    }

    /** Lets him walk to a time with the beats that sound until then, each heard when it sounds. */
    Course walk(double untilS, long[] beatsNs) {
        return walk(
                untilS, beatsNs, beatsNs.length > 1 ? beatsNs[beatsNs.length - 1] - beatsNs[beatsNs.length - 2] : 0);
    }

    /** The same with beats that may lie beside the grid of their tempo. */
    Course walk(double untilS, long[] beatsNs, long gridNs) {
        int next = 0;
        while (nowNs < untilS * 1e9) {
            for (; next < beatsNs.length && beatsNs[next] <= nowNs; next++) {
                patient.hear(beatsNs[next], gridNs, Foot.LEFT);
            }
            patient.decide(nowNs, move);
            if (move.kind == Move.Kind.STEP) {
                contacts.add(new Contact(move.foot, move.initialContactNs));
            }
            nowNs = move.nextDecisionNs;
        }
        return this;
    }

    Course walk(double untilS) {
        return walk(untilS, new long[0]);
    }

    /** Told to walk at the very beginning. */
    Course told(Spoken word) {
        patient.hear(word, nowNs);
        return this;
    }

    static long[] beats(double fromS, double toS, double periodS) {
        int count = (int) ((toS - fromS) / periodS);
        long[] beats = new long[count];
        Arrays.setAll(beats, i -> Math.round((fromS + i * periodS) * 1e9));
        return beats;
    }

    /** Cadence over contacts between two times, steps/min. */
    double cadence(double fromS, double toS) {
        List<Contact> in = between(fromS, toS);
        return 60e9 * (in.size() - 1) / (in.getLast().timeNs - in.getFirst().timeNs);
    }

    List<Contact> between(double fromS, double toS) {
        return contacts.stream()
                .filter(c -> c.timeNs >= fromS * 1e9 && c.timeNs < toS * 1e9)
                .toList();
    }

    /** Stride times of one foot, s. */
    double[] strides(Foot foot, double fromS, double toS) {
        double[] times = between(fromS, toS).stream()
                .filter(c -> c.foot == foot)
                .mapToDouble(c -> c.timeNs * 1e-9)
                .toArray();
        double[] strides = new double[times.length - 1];
        Arrays.setAll(strides, i -> times[i + 1] - times[i]);
        return strides;
    }

    /** Step minus nearest beat, s. */
    double[] asynchronies(double fromS, double toS, long[] beatsNs) {
        return between(fromS, toS).stream()
                .mapToDouble(c -> {
                    int at = Arrays.binarySearch(beatsNs, c.timeNs);
                    int after = Math.min(at >= 0 ? at : -at - 1, beatsNs.length - 1);
                    int before = Math.max(0, after - 1);
                    long toAfter = c.timeNs - beatsNs[after];
                    long toBefore = c.timeNs - beatsNs[before];
                    return (Math.abs(toAfter) < Math.abs(toBefore) ? toAfter : toBefore) * 1e-9;
                })
                .toArray();
    }

    /** Left less right step time over their sum. */
    double asymmetry(double fromS, double toS) {
        List<Contact> in = between(fromS, toS);
        double left = 0;
        double right = 0;
        for (int i = 1; i < in.size(); i++) {
            double step = in.get(i).timeNs - in.get(i - 1).timeNs;
            if (in.get(i).foot == Foot.LEFT) {
                left += step;
            } else {
                right += step;
            }
        }
        return (left - right) / (left + right);
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    static double sd(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }

    @Override
    public void onEvent(GaitEvent.Kind kind, Foot foot, long timeNs) {
        if (kind == GaitEvent.Kind.FREEZE_ON) {
            frozenSinceNs = timeNs;
        } else if (kind == GaitEvent.Kind.FREEZE_OFF) {
            freezes.add(new Frozen(frozenSinceNs * 1e-9, (timeNs - frozenSinceNs) * 1e-9, patient.relieved()));
        }
    }

    @Override
    public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

    @Override
    public void onTurn(long startNs, long endNs, double angleDeg) {
        turnsDeg.add(angleDeg);
    }
}
