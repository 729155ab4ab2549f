package dev.entrain.report;

import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionData.Event;
import dev.entrain.session.Block;
import dev.entrain.session.SessionEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Stretches of a session's time. */
final class Spans {
    private static final Set<Kind> NOT_LOCKED = Set.of(Kind.UNLOCKED, Kind.PAUSED, Kind.ENDED);

    private Spans() {}

    /** Returns the last moment anything is known of, s. */
    static double endS(SessionData data) {
        double end = 0;
        if (!data.blocks().isEmpty()) {
            end = data.blocks().getLast().endS();
        }
        if (!data.steps().isEmpty()) {
            end = Math.max(end, data.steps().getLast().timeS());
        }
        return end;
    }

    /** Returns the stretches in which the walker was locked to the beat, s, s. */
    static List<double[]> locked(SessionData data) {
        return between(data, Set.of(Kind.LOCKED), NOT_LOCKED);
    }

    /** Returns the stretches of silence until the patient went on, s, s. */
    static List<double[]> paused(SessionData data) {
        return between(data, Set.of(Kind.PAUSED), Set.of(Kind.RESUMED, Kind.ENDED));
    }

    /** Returns the freezing episodes, s, s; one whose end is not known lasts as long as its block. */
    static List<double[]> frozen(SessionData data) {
        List<double[]> spans = new ArrayList<>();
        for (SessionData.Freeze freeze : data.freezes()) {
            spans.add(new double[] {freeze.startS(), data.endS(freeze)});
        }
        return spans;
    }

    private static List<double[]> between(SessionData data, Set<Kind> begin, Set<Kind> end) {
        List<double[]> spans = new ArrayList<>();
        double from = Double.NaN;
        for (Event event : data.events()) {
            if (!Double.isNaN(from) && end.contains(event.kind())) {
                spans.add(new double[] {from, event.timeS()});
                from = Double.NaN;
            } else if (Double.isNaN(from) && begin.contains(event.kind())) {
                from = event.timeS();
            }
        }
        if (!Double.isNaN(from)) {
            spans.add(new double[] {from, endS(data)});
        }
        return spans;
    }

    /** Returns a block's name in at most so many letters; empty where none fits. */
    static String fit(Block.Kind kind, int letters) {
        for (String name : List.of(
                kind.name().toLowerCase(Locale.ROOT), brief(kind), kind.name().substring(0, 1))) {
            if (name.length() <= letters) {
                return name;
            }
        }
        return "";
    }

    private static String brief(Block.Kind kind) {
        return switch (kind) {
            case BASELINE -> "base";
            case MATCH -> "mat.";
            case PROGRESS -> "prog";
            case EXERCISE -> "exer";
            case FADE, FREE, REST -> kind.name().toLowerCase(Locale.ROOT);
            case RETENTION -> "ret.";
        };
    }
}
