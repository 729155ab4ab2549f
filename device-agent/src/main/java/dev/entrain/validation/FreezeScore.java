package dev.entrain.validation;

import java.util.List;

/**
 * Scores freezing of gait: which episodes were told while they lasted, how soon, and which were made up. Sensitivity and
 * specificity are shares of time, in steps of 50 ms.
 */
final class FreezeScore {
    private static final double STEP_S = 0.05;
    private static final double LATE_S = 0.25;
    private static final double NEAR_S = 1;

    /** How much time around an episode a plot shows. */
    private static final double AROUND_S = 5;

    private static final double LENGTH_WITHOUT_EVENTS_S = 60;

    private final Doubles latenciesS = new Doubles();
    private long episodes;
    private long hit;
    private long falseAlarms;
    private double minutes;
    private long frozenTold;
    private long frozenMissed;
    private long freeTold;
    private long freeQuiet;

    FreezeScore(List<Trial> trials, Mishap.Sink sink) {
        for (Trial trial : trials) {
            add(trial, sink);
        }
    }

    private void add(Trial trial, Mishap.Sink sink) {
        double endS = trial.detected().isEmpty()
                ? LENGTH_WITHOUT_EVENTS_S
                : trial.detected().lastDecisionS();
        double[] on = trial.truth().times(null, "FOG_ON");
        double[] off = trial.truth().times(null, "FOG_OFF");
        Spans truth = new Spans();
        for (int i = 0; i < Math.min(on.length, off.length); i++) {
            truth.add(on[i], off[i]);
        }
        Spans told = told(trial, endS);
        minutes += endS / 60;
        for (Spans.Span episode : truth.all()) {
            score(episode, told, trial, sink);
        }
        for (Spans.Span span : told.all()) {
            boolean near = truth.all().stream()
                    .anyMatch(episode ->
                            span.fromS() <= episode.toS() + NEAR_S && span.toS() >= episode.fromS() - NEAR_S);
            if (!near) {
                falseAlarms++;
                sink.found(new Mishap(trial, null, span.fromS(), Mishap.WHOLE_EVENT_S, "false freeze", AROUND_S));
            }
        }
        long steps = (long) Math.ceil(endS / STEP_S);
        for (long k = 0; k < steps; k++) {
            double time = k * STEP_S;
            boolean frozen = truth.hold(time);
            boolean tells = told.hold(time);
            frozenTold += frozen && tells ? 1 : 0;
            frozenMissed += frozen && !tells ? 1 : 0;
            freeTold += !frozen && tells ? 1 : 0;
            freeQuiet += !frozen && !tells ? 1 : 0;
        }
    }

    private void score(Spans.Span episode, Spans told, Trial trial, Mishap.Sink sink) {
        episodes++;
        double first = Double.POSITIVE_INFINITY;
        for (Spans.Span span : told.all()) {
            if (span.fromS() <= episode.toS() + LATE_S && span.toS() >= episode.fromS()) {
                first = Math.min(first, span.fromS());
            }
        }
        if (first < Double.POSITIVE_INFINITY) {
            hit++;
            latenciesS.add(Math.max(0, first - episode.fromS()));
        } else {
            sink.found(new Mishap(trial, null, episode.fromS(), 2 * Mishap.WHOLE_EVENT_S, "missed freeze", AROUND_S));
        }
    }

    /** Each told onset lasts to the first end after it, or to the end of the recording. */
    private static Spans told(Trial trial, double endS) {
        Spans told = new Spans();
        double[] ends = trial.detected().decisions(null, "FOG_OFF");
        for (double from : trial.detected().decisions(null, "FOG_ON")) {
            double to = Double.POSITIVE_INFINITY;
            for (double end : ends) {
                to = end > from ? Math.min(to, end) : to;
            }
            told.add(from, to < Double.POSITIVE_INFINITY ? to : endS);
        }
        return told;
    }

    Figures figures() {
        Figures figures = new Figures("freezing")
                .count("n", episodes)
                .number("episodes_hit", Statistics.share(hit, episodes))
                .number("sensitivity", Statistics.share(frozenTold, frozenTold + frozenMissed))
                .number("specificity", Statistics.share(freeQuiet, freeQuiet + freeTold))
                .number("false_alarms_per_min", falseAlarms / Math.max(minutes, 1e-9));
        return latenciesS.size() == 0
                ? figures.none("latency_s")
                : figures.number("latency_s", Statistics.median(latenciesS.toArray()));
    }

    /** Freezes told in recordings whose walkers did not freeze. */
    static Figures falseFreezes(List<Trial> trials) {
        long freezes = 0;
        double minutes = 0;
        for (Trial trial : trials) {
            freezes += trial.detected().of(null, "FOG_ON").size();
            minutes += trial.scan().lengthS() / 60;
        }
        return new Figures("falseFreezes")
                .count("n", freezes)
                .number("minutes", minutes)
                .number("per_min", freezes / Math.max(minutes, 1e-9));
    }
}
