package dev.entrain.validation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scores strides where the reference marks one moment of stance each: between two there is exactly one initial contact. */
final class StanceScore {
    private final Map<String, long[]> groups = new TreeMap<>();
    private final Map<Trial, Double> f1 = new HashMap<>();

    StanceScore(List<Trial> trials, Mishap.Sink sink) {
        for (Trial trial : trials) {
            long[] counts = count(trial, sink);
            f1.put(trial, Statistics.f1(counts[0], counts[1], counts[2]));
            long[] group = groups.computeIfAbsent(trial.facts().group(), name -> new long[3]);
            for (int i = 0; i < group.length; i++) {
                group[i] += counts[i];
            }
        }
    }

    /** Returns strides found, contacts detected and strides of the reference. */
    private static long[] count(Trial trial, Mishap.Sink sink) {
        List<EventList.Event> stances = trial.truth().all();
        double[] contacts = trial.detected().times(null, "IC");
        long found = 0;
        long detected = 0;
        for (int k = 0; k + 1 < stances.size(); k++) {
            double from = stances.get(k).timeS();
            double to = stances.get(k + 1).timeS();
            int inside = 0;
            for (double contact : contacts) {
                inside += contact > from && contact <= to ? 1 : 0;
            }
            found += inside >= 1 ? 1 : 0;
            detected += inside;
            if (inside != 1) {
                String what = inside == 0 ? "missed stride" : inside + " contacts in one stride";
                sink.found(new Mishap(trial, null, (from + to) / 2, Mishap.WHOLE_EVENT_S, what));
            }
        }
        return new long[] {found, detected, Math.max(stances.size() - 1, 0)};
    }

    /** Harmonic mean of recall and precision of one recording. */
    double f1Of(Trial trial) {
        return f1.getOrDefault(trial, Double.NaN);
    }

    void addTo(String dataset, Map<String, Figures> table) {
        for (Map.Entry<String, long[]> entry : groups.entrySet()) {
            long[] counts = entry.getValue();
            table.put(
                    dataset + " strides " + entry.getKey(),
                    new Figures("steps")
                            .count("n", counts[2])
                            .number("f1", Statistics.f1(counts[0], counts[1], counts[2])));
        }
    }
}
