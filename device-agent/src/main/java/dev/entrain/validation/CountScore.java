package dev.entrain.validation;

import dev.entrain.sample.Foot;
import java.util.List;
import java.util.Map;

/** Describes recordings without reference events: how many contacts were seen, and how regular they are. */
final class CountScore {
    private static final String NO_REFERENCE = "none";
    private static final String UNLABELLED_DATASET = "movingreality";
    private static final double REGULAR_WITHIN = 0.25;

    private CountScore() {}

    static void addTo(String dataset, List<Trial> trials, Map<String, Figures> table) {
        for (Trial trial : trials) {
            TrialFacts facts = trial.facts();
            if (facts.swings() >= 0) {
                table.put(
                        dataset + " " + trial.name() + " swings",
                        new Figures("swings")
                                .count("n", facts.swings())
                                .count(
                                        "detected",
                                        trial.detected().of(null, "IC").size()));
            }
            boolean unlabelled =
                    facts.truth().equals(NO_REFERENCE) && trial.feet().size() == Foot.COUNT;
            if (unlabelled || dataset.equals(UNLABELLED_DATASET)) {
                table.put(dataset + " " + trial.name() + " left/right", leftRight(trial));
            }
        }
    }

    private static Figures leftRight(Trial trial) {
        List<Foot> feet = trial.feet();
        int[] counts = new int[feet.size()];
        double[] regular = new double[feet.size()];
        for (int i = 0; i < counts.length; i++) {
            double[] contacts = trial.detected().times(feet.get(i), "IC");
            counts[i] = contacts.length;
            regular[i] = contacts.length < 2 ? 0 : regularity(contacts);
        }
        return new Figures("leftRight").counts("counts", counts).numbers("regular", regular);
    }

    /** Share of strides within a quarter of the median stride. */
    private static double regularity(double[] contactsS) {
        double[] strides = new double[contactsS.length - 1];
        for (int i = 0; i < strides.length; i++) {
            strides[i] = contactsS[i + 1] - contactsS[i];
        }
        double median = Statistics.median(strides);
        int regular = 0;
        for (double stride : strides) {
            regular += Math.abs(stride - median) < REGULAR_WITHIN * median ? 1 : 0;
        }
        return (double) regular / strides.length;
    }
}
