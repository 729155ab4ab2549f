package dev.entrain.validation;

import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events of one recording, reference or detected, in the order of their file. */
final class EventList {
    private final List<Event> events = new ArrayList<>();

    /**
     * One event.
     *
     * @param timeS when it happened, s
     * @param decidedS time of the newest sample its decision used, s; NaN for a reference
     * @param foot L, R or - for neither
     * @param name IC, FC, ...
     * @param confidence 0 to 1, or NaN where unknown
     */
    record Event(double timeS, double decidedS, char foot, String name, double confidence) {}

    void add(Event event) {
        events.add(event);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    List<Event> all() {
        return events;
    }

    Set<String> names() {
        Set<String> names = new HashSet<>();
        for (Event event : events) {
            names.add(event.name);
        }
        return names;
    }

    /** Returns the events of a name; of one foot, or of all where it is null. */
    List<Event> of(@Nullable Foot foot, String name) {
        List<Event> found = new ArrayList<>();
        for (Event event : events) {
            if (event.name.equals(name) && (foot == null || event.foot == foot.letter())) {
                found.add(event);
            }
        }
        return found;
    }

    double[] times(@Nullable Foot foot, String name) {
        return of(foot, name).stream().mapToDouble(Event::timeS).toArray();
    }

    double[] decisions(@Nullable Foot foot, String name) {
        return of(foot, name).stream().mapToDouble(Event::decidedS).toArray();
    }

    /** Returns the latest decision, or NaN where there is none. */
    double lastDecisionS() {
        double last = Double.NaN;
        for (Event event : events) {
            last = event.decidedS > last || Double.isNaN(last) ? event.decidedS : last;
        }
        return last;
    }

    /** Returns the names that are not among the known ones, in order. */
    Set<String> unknown(Set<String> known) {
        Set<String> unknown = new LinkedHashSet<>();
        for (Event event : events) {
            if (!known.contains(event.name)) {
                unknown.add(event.name);
            }
        }
        return unknown;
    }
}
