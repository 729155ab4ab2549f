package dev.entrain.validation;

import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scores initial or final contacts of one data set. Reference systems define contact differently, so the median error of
 * the data set (its bias) is taken off before an event counts as found within 50 ms.
 */
final class ContactScore {
    /** An event this close to its reference, less the bias, is found. */
    static final double FOUND_S = 0.05;

    /** Events this close to a reference belong to it; their errors are described. */
    static final double BELONGS_S = 0.25;

    private static final double TURN_PAD_S = 0.2;
    private static final double MS = 1e3;

    /** A confidence from here on claims that the event is almost certainly one. */
    private static final double SURE = 0.9;

    private final String event;
    private final double decideWithinS;
    private final List<Item> items;
    private final double[] errorsS;
    private final double biasS;
    private final double[] delaysS;

    /** One foot of one recording. */
    static final class Item {
        private final Trial trial;
        private final Foot foot;
        private final List<EventList.Event> detected;
        private final double[] detectedS;
        private final double[] referenceS;

        /**
         * Makes one.
         *
         * @param detected events inside the stretches the reference covers
         * @param referenceS reference times on the detector's clock, s
         */
        Item(Trial trial, Foot foot, List<EventList.Event> detected, double[] referenceS) {
            this.trial = trial;
            this.foot = foot;
            this.detected = detected;
            this.referenceS = referenceS;
            detectedS = detected.stream().mapToDouble(EventList.Event::timeS).toArray();
        }

        Trial trial() {
            return trial;
        }

        Foot foot() {
            return foot;
        }

        /** Reference times on the detector's clock, s; not to be changed. */
        double[] referenceS() {
            return referenceS;
        }

        EventMatch match(double biasS, double toleranceS) {
            return EventMatch.of(shifted(detectedS, biasS), referenceS, toleranceS);
        }

        static double[] shifted(double[] timesS, double byS) {
            return Arrays.stream(timesS).map(time -> time - byS).toArray();
        }
    }

    private ContactScore(String event, double decideWithinS, List<Item> items) {
        this.event = event;
        this.decideWithinS = decideWithinS;
        this.items = items;
        Doubles errors = new Doubles();
        for (Item item : items) {
            for (EventMatch.Pair pair : item.match(0, BELONGS_S).pairs()) {
                errors.add(item.detectedS[pair.detected()] - item.referenceS[pair.reference()]);
            }
        }
        errorsS = errors.toArray();
        biasS = errorsS.length == 0 ? 0 : Statistics.median(errorsS);
        Doubles delays = new Doubles();
        for (Item item : items) {
            for (EventMatch.Pair pair : item.match(0, BELONGS_S).pairs()) {
                double decidedS = item.detected.get(pair.detected()).decidedS();
                delays.add(decidedS - (item.referenceS[pair.reference()] + biasS));
            }
        }
        delaysS = delays.toArray();
    }

    /**
     * Gathers what there is of an event; null where no recording has a reference of it.
     *
     * @param event IC or FC
     * @param decideWithinS how soon after the event it should be decided, s
     */
    static @Nullable ContactScore of(List<Trial> trials, String event, double decideWithinS) {
        List<Item> items = new ArrayList<>();
        for (Trial trial : trials) {
            for (Foot foot : trial.feet()) {
                double[] reference = trial.truth().times(foot, event);
                if (reference.length > 0) {
                    items.add(item(trial, foot, event, reference));
                }
            }
        }
        return items.isEmpty() ? null : new ContactScore(event, decideWithinS, items);
    }

    private static Item item(Trial trial, Foot foot, String event, double[] truthS) {
        double[] allS = trial.detected().times(foot, event);
        double[] reference =
                trial.facts().clockFitted() ? ReferenceClock.fit(allS, truthS).map(truthS) : truthS;
        Spans covered = Spans.coveredBy(reference);
        List<EventList.Event> detected = trial.detected().of(foot, event).stream()
                .filter(found -> covered.hold(found.timeS()))
                .toList();
        return new Item(trial, foot, detected, reference);
    }

    String event() {
        return event;
    }

    List<Item> items() {
        return items;
    }

    /** Median error, s: what the two systems call this contact differs by it. */
    double biasS() {
        return biasS;
    }

    /** Errors of all events that belong to a reference, bias included, s. */
    double[] errorsS() {
        return errorsS;
    }

    /** Times from the reference event, moved by the bias, to the decision, s. */
    double[] delaysS() {
        return delaysS;
    }

    Figures figures() {
        long found = 0;
        long detected = 0;
        long reference = 0;
        for (Item item : items) {
            found += item.match(biasS, FOUND_S).size();
            detected += item.detectedS.length;
            reference += item.referenceS.length;
        }
        Figures figures = new Figures("contacts")
                .count("n", reference)
                .number("f1", Statistics.f1(found, detected, reference))
                .number("recall", Statistics.share(found, reference))
                .number("precision", Statistics.share(found, detected))
                .number("bias_ms", biasS * MS);
        if (errorsS.length == 0) {
            figures.none("sd_ms").none("mae_ms").none("p95_ms").none("delay_ms");
        } else {
            double[] distances = Statistics.distances(errorsS, biasS);
            figures.number("sd_ms", Statistics.deviation(errorsS) * MS)
                    .number("mae_ms", Statistics.mean(distances) * MS)
                    .number("p95_ms", Statistics.percentile(distances, 95) * MS)
                    .number("delay_ms", Statistics.median(delaysS) * MS);
        }
        addTurns(figures);
        return figures;
    }

    private void addTurns(Figures figures) {
        long found = 0;
        long detected = 0;
        long reference = 0;
        for (Item item : items) {
            for (Spans.Span turn : item.trial.facts().turns()) {
                Spans.Span padded = new Spans.Span(turn.fromS() - TURN_PAD_S, turn.toS() + TURN_PAD_S);
                double[] inTurn = Arrays.stream(item.detectedS)
                        .filter(time -> padded.holds(time - biasS))
                        .toArray();
                double[] truthInTurn =
                        Arrays.stream(item.referenceS).filter(padded::holds).toArray();
                found += EventMatch.of(Item.shifted(inTurn, biasS), truthInTurn, FOUND_S)
                        .size();
                detected += inTurn.length;
                reference += truthInTurn.length;
            }
        }
        if (reference > 0) {
            figures.number("uturn_f1", Statistics.f1(found, detected, reference));
        }
    }

    /** How late decisions come, beyond the median. */
    Figures decisions() {
        Figures figures = new Figures("decisions").count("n", delaysS.length);
        if (delaysS.length == 0) {
            return figures.none("p95_ms").none("worst_ms").none("in_time");
        }
        return figures.number("p95_ms", Statistics.percentile(delaysS, 95) * MS)
                .number("worst_ms", Statistics.percentile(delaysS, 100) * MS)
                .number(
                        "in_time",
                        Arrays.stream(delaysS)
                                        .filter(delay -> delay <= decideWithinS)
                                        .count()
                                / (double) delaysS.length);
    }

    /** Whether stated confidences are earned; null where the events state none. */
    @Nullable
    Figures confidence() {
        Doubles all = new Doubles();
        Doubles sure = new Doubles();
        long found = 0;
        long foundSure = 0;
        for (Item item : items) {
            boolean[] hit = new boolean[item.detectedS.length];
            item.match(biasS, FOUND_S).pairs().forEach(pair -> hit[pair.detected()] = true);
            for (int i = 0; i < hit.length; i++) {
                double confidence = item.detected.get(i).confidence();
                if (Double.isNaN(confidence)) {
                    continue;
                }
                all.add(confidence);
                found += hit[i] ? 1 : 0;
                if (confidence >= SURE) {
                    sure.add(confidence);
                    foundSure += hit[i] ? 1 : 0;
                }
            }
        }
        if (all.size() == 0) {
            return null;
        }
        Figures figures = new Figures("confidence")
                .count("n", all.size())
                .number("stated", Statistics.mean(all.toArray()))
                .number("found", Statistics.share(found, all.size()))
                .count("n_sure", sure.size());
        addShare(figures, "found_sure", foundSure, sure.size());
        addShare(figures, "found_unsure", found - foundSure, all.size() - sure.size());
        return figures;
    }

    private static void addShare(Figures figures, String name, long part, long whole) {
        if (whole == 0) {
            figures.none(name);
        } else {
            figures.number(name, Statistics.share(part, whole));
        }
    }

    /** Harmonic mean of recall and precision of one recording; NaN where it has no reference. */
    double f1Of(Trial trial) {
        long found = 0;
        long events = 0;
        boolean any = false;
        for (Item item : items) {
            if (item.trial == trial) {
                found += item.match(biasS, FOUND_S).size();
                events += item.detectedS.length + item.referenceS.length;
                any = true;
            }
        }
        return any ? Statistics.f1(found, events, 0) : Double.NaN;
    }

    /** Tells missed contacts, made up ones, and the errors of the others. */
    void tellMishaps(Mishap.Sink sink) {
        for (Item item : items) {
            boolean[] detected = new boolean[item.detectedS.length];
            boolean[] reference = new boolean[item.referenceS.length];
            for (EventMatch.Pair pair : item.match(biasS, BELONGS_S).pairs()) {
                detected[pair.detected()] = true;
                reference[pair.reference()] = true;
                double errorS = item.detectedS[pair.detected()] - biasS - item.referenceS[pair.reference()];
                String what = String.format(
                        Locale.ROOT, "%s %.0f ms %s", event, Math.abs(errorS) * MS, errorS > 0 ? "late" : "early");
                sink.found(new Mishap(item.trial, item.foot, item.detectedS[pair.detected()], Math.abs(errorS), what));
            }
            for (int i = 0; i < detected.length; i++) {
                if (!detected[i]) {
                    sink.found(new Mishap(
                            item.trial, item.foot, item.detectedS[i], Mishap.WHOLE_EVENT_S, "false " + event));
                }
            }
            for (int j = 0; j < reference.length; j++) {
                if (!reference[j]) {
                    sink.found(new Mishap(
                            item.trial,
                            item.foot,
                            item.referenceS[j] + biasS,
                            Mishap.WHOLE_EVENT_S,
                            "missed " + event));
                }
            }
        }
    }
}
