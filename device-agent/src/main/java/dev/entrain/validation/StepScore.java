package dev.entrain.validation;

import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores steps where the reference marks only when a foot moves (HEEL_OFF to FOOT_FLAT): a step is found if one initial
 * contact, put back by 0.12 s, falls into its movement.
 */
final class StepScore {
    private static final double AROUND_S = 0.3;
    private static final double BACK_S = 0.12;

    private final Map<String, Tally> groups = new TreeMap<>();
    private final Map<Trial, Double> f1 = new HashMap<>();

    /** Steps of a group. */
    private static final class Tally {
        private long found;
        private long detected;
        private long reference;
        private final List<Double> trials = new ArrayList<>();

        void add(Tally other) {
            found += other.found;
            detected += other.detected;
            reference += other.reference;
        }

        double f1() {
            return Statistics.f1(found, detected, reference);
        }
    }

    StepScore(List<Trial> trials, Mishap.Sink sink) {
        for (Trial trial : trials) {
            Tally tally = new Tally();
            for (Foot foot : trial.feet()) {
                count(trial, foot, tally, sink);
            }
            Tally group = groups.computeIfAbsent(trial.facts().group(), name -> new Tally());
            group.add(tally);
            group.trials.add(tally.f1());
            f1.put(trial, tally.f1());
        }
    }

    private static void count(Trial trial, Foot foot, Tally tally, Mishap.Sink sink) {
        double[] off = trial.truth().times(foot, "HEEL_OFF");
        double[] flat = trial.truth().times(foot, "FOOT_FLAT");
        if (off.length == 0) {
            return;
        }
        boolean[] used = new boolean[off.length];
        for (double contact : trial.detected().times(foot, "IC")) {
            if (!(contact >= off[0] - AROUND_S && contact <= flat[flat.length - 1] + AROUND_S)) {
                continue;
            }
            tally.detected++;
            int swing = firstHolding(off, flat, contact - BACK_S);
            if (swing >= 0 && !used[swing]) {
                used[swing] = true;
                tally.found++;
            } else {
                sink.found(new Mishap(trial, foot, contact, Mishap.WHOLE_EVENT_S, "false step"));
            }
        }
        tally.reference += flat.length;
        for (int k = 0; k < used.length; k++) {
            if (!used[k]) {
                sink.found(new Mishap(trial, foot, flat[k], Mishap.WHOLE_EVENT_S, "missed step"));
            }
        }
    }

    private static int firstHolding(double[] from, double[] to, double time) {
        for (int k = 0; k < from.length; k++) {
            if (from[k] <= time && time <= to[k]) {
                return k;
            }
        }
        return -1;
    }

    /** Harmonic mean of recall and precision of one recording. */
    double f1Of(Trial trial) {
        return f1.getOrDefault(trial, Double.NaN);
    }

    void addTo(String dataset, Map<String, Figures> table) {
        Tally all = new Tally();
        double worst = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, Tally> entry : groups.entrySet()) {
            Tally group = entry.getValue();
            double worstOfGroup = Collections.min(group.trials);
            worst = Math.min(worst, worstOfGroup);
            all.add(group);
            table.put(
                    dataset + " steps " + entry.getKey(),
                    new Figures("steps")
                            .count("n", group.reference)
                            .number("f1", group.f1())
                            .number("recall", Statistics.share(group.found, group.reference))
                            .number("precision", Statistics.share(group.found, group.detected))
                            .number("worst", worstOfGroup));
        }
        table.put(
                dataset + " steps all",
                new Figures("steps")
                        .count("n", all.reference)
                        .number("f1", all.f1())
                        .number("worst", worst));
    }
}
