package dev.entrain.validation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All figures of one data set. Which lines there are follows from the events its reference has: IC and FC, HEEL_OFF and
 * FOOT_FLAT, STANCE, FOG_ON and FOG_OFF, counted swings, or none.
 */
public final class DatasetScore {
    /** The data set whose freezing line belongs to the first table; of others it stands in the second. */
    private static final String FREEZING_DATASET = "stanford_fog";

    /** Bars for the time from a contact to its decision, s. */
    private static final double IC_DECIDED_S = 0.06;

    private static final double FC_DECIDED_S = 0.08;

    private static final double[] HORIZONS_S = {0.15, 0.30};

    private final String name;
    private final List<Trial> trials;
    private final Map<String, Figures> table = new LinkedHashMap<>();
    private final Map<String, Figures> more = new LinkedHashMap<>();
    private final List<Mishap> mishaps = new ArrayList<>();
    private final @Nullable ContactScore initial;
    private final @Nullable ContactScore last;
    private final @Nullable StepScore steps;
    private final @Nullable StanceScore stances;
    private final LengthScore lengths;

    /**
     * Scores a data set.
     *
     * @param name of the data set
     * @param trials its recordings
     * @throws IOException if a file of results is damaged; the message names it
     */
    DatasetScore(String name, List<Trial> trials) throws IOException {
        this.name = name;
        this.trials = List.copyOf(trials);
        Set<String> names = new HashSet<>();
        trials.forEach(trial -> names.addAll(trial.truth().names()));
        initial = ContactScore.of(trials, "IC", IC_DECIDED_S);
        last = ContactScore.of(trials, "FC", FC_DECIDED_S);
        scoreContacts();
        steps = names.contains("HEEL_OFF") ? new StepScore(trials, mishaps::add) : null;
        if (steps != null) {
            steps.addTo(name, table);
        }
        stances = names.contains("STANCE") ? new StanceScore(trials, mishaps::add) : null;
        if (stances != null) {
            stances.addTo(name, table);
        }
        scoreFreezing(names);
        CountScore.addTo(name, trials, table);
        lengths = new LengthScore(trials, mishaps::add);
        put(table, "stride length", lengths.figures());
    }

    private void scoreContacts() throws IOException {
        if (initial != null) {
            put(table, "IC", initial.figures());
            for (PredictionScore score : PredictionScore.of(initial, HORIZONS_S)) {
                String horizon = Math.round(score.horizonS() * 1e3) + " ms";
                put(table, "next-IC at " + horizon, score.figures());
                put(more, "interval at " + horizon, score.interval());
            }
            put(table, "phase", PhaseScore.of(initial, mishaps::add).figures());
        }
        if (last != null) {
            put(table, "FC", last.figures());
        }
        for (ContactScore contacts : contacts()) {
            put(more, "decisions " + contacts.event(), contacts.decisions());
            put(more, "confidence " + contacts.event(), contacts.confidence());
            contacts.tellMishaps(mishaps::add);
        }
    }

    private void scoreFreezing(Set<String> names) {
        boolean reference = names.contains("FOG_ON") || name.equals(FREEZING_DATASET);
        if (reference) {
            FreezeScore freezing = new FreezeScore(trials, mishaps::add);
            put(name.equals(FREEZING_DATASET) ? table : more, "freezing", freezing.figures());
        }
        List<Trial> without = trials.stream()
                .filter(trial -> trial.truth().of(null, "FOG_ON").isEmpty())
                .toList();
        if (!without.isEmpty()) {
            put(more, "false freezes", FreezeScore.falseFreezes(without));
        }
    }

    private void put(Map<String, Figures> block, String line, @Nullable Figures figures) {
        if (figures != null) {
            block.put(name + " " + line, figures);
        }
    }

    /** Returns the data set's name. */
    public String name() {
        return name;
    }

    /** Returns the lines of the first table by name, in order; read-only. */
    public Map<String, Figures> table() {
        return Collections.unmodifiableMap(table);
    }

    /** Returns the lines beyond it by name, in order; read-only. */
    public Map<String, Figures> more() {
        return Collections.unmodifiableMap(more);
    }

    /** Returns how many recordings were scored. */
    public int recordings() {
        return trials.size();
    }

    /** Returns how long they are together, s. */
    public double lengthS() {
        return trials.stream().mapToDouble(trial -> trial.scan().lengthS()).sum();
    }

    List<Trial> trials() {
        return trials;
    }

    List<Mishap> mishaps() {
        return mishaps;
    }

    /** Initial and final contacts, as far as the reference has them. */
    List<ContactScore> contacts() {
        List<ContactScore> contacts = new ArrayList<>();
        if (initial != null) {
            contacts.add(initial);
        }
        if (last != null) {
            contacts.add(last);
        }
        return contacts;
    }

    LengthScore lengths() {
        return lengths;
    }

    /** Returns a recording's F1 by what its reference has, in the order IC, FC, steps, strides. */
    Map<String, Double> f1Of(Trial trial) {
        Map<String, Double> f1 = new LinkedHashMap<>();
        contacts().forEach(score -> f1.put(score.event(), score.f1Of(trial)));
        if (steps != null) {
            f1.put("steps", steps.f1Of(trial));
        }
        if (stances != null) {
            f1.put("strides", stances.f1Of(trial));
        }
        return f1;
    }
}
