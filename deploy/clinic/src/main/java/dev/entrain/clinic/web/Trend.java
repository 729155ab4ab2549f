package dev.entrain.clinic.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A patient's sessions over weeks, as the clinic's handbook defines it. The session shown is the newest of a programme; its
 * prescription holds for earlier weeks too; sessions for another condition, and simulated ones among real ones, are left out.
 */
final class Trend {
    /** Metrics that are not compared, because cued walking pools several tempi (clinic's handbook). */
    private static final List<String> NOT_COMPARED = List.of("stride_duration_cv_pct", "dfa_alpha");

    private Trend() {}

    /**
     * One session.
     *
     * @param startedUtc when it began, or when it was first heard of where the unit's clock is not known
     * @param sessionsPerWeek as prescribed; NaN if not known
     * @param plannedCuedS cued time of a full session as prescribed, s; NaN if not known
     * @param cuedS time in cued blocks, s; 0 while not known
     * @param metrics {all, cued, uncued} as the unit computed them; empty while the session has not ended
     */
    record Session(
            String session,
            String unit,
            Instant startedUtc,
            @Nullable String programme,
            @Nullable String condition,
            boolean simulated,
            @Nullable String end,
            double sessionsPerWeek,
            double plannedCuedS,
            double cuedS,
            JsonNode metrics) {
        boolean plain() {
            return programme == null || programme.equals("plain");
        }

        boolean belongsTo(Session shown) {
            return simulated == shown.simulated
                    && Objects.equals(condition, shown.condition)
                    && plain() == shown.plain();
        }

        /** Whether what it was walked to may stand beside what that one was walked to: plain walks have songs too. */
        boolean standsBeside(Session shown) {
            return belongsTo(shown) || (plain() && simulated == shown.simulated);
        }

        double plannedMin() {
            return sessionsPerWeek * plannedCuedS / 60;
        }
    }

    /**
     * Which sessions count.
     *
     * @param shown the one the others are compared with; null if there is none
     * @param sessions of the weeks asked for, oldest first
     */
    record Counted(@Nullable Session shown, List<Session> sessions) {}

    /** Returns the sessions of the weeks up to this one that may be compared with each other. */
    static Counted counted(List<Session> all, int weeks, Instant now) {
        return counted(all, weeks, now, Session::belongsTo);
    }

    /** Returns the same with the patient's plain walks, for what is compared within each session. */
    static Counted countedWithPlain(List<Session> all, int weeks, Instant now) {
        return counted(all, weeks, now, Session::standsBeside);
    }

    private static Counted counted(List<Session> all, int weeks, Instant now, BiPredicate<Session, Session> counts) {
        List<Session> ordered = all.stream()
                .sorted(Comparator.comparing(Session::startedUtc).thenComparing(Session::session))
                .toList();
        Optional<Session> shown = ordered.reversed().stream()
                .filter(session -> !session.plain())
                .findFirst()
                .or(() -> ordered.reversed().stream().findFirst());
        if (shown.isEmpty()) {
            return new Counted(null, List.of());
        }
        LocalDate thisWeek = monday(now);
        LocalDate first = thisWeek.minusWeeks(weeks - 1L);
        return new Counted(
                shown.get(),
                ordered.stream()
                        .filter(session -> counts.test(session, shown.get()))
                        .filter(session -> !monday(session.startedUtc()).isBefore(first))
                        .filter(session -> !monday(session.startedUtc()).isAfter(thisWeek))
                        .toList());
    }

    /** Returns the trend of the weeks up to this one; weeks before the first session are not there. */
    static ObjectNode of(List<Session> all, int weeks, Instant now) {
        Counted chosen = counted(all, weeks, now);
        Session shown = chosen.shown();
        List<Session> counted = chosen.sessions();
        ObjectNode answer = Json.object();
        ArrayNode weekList = answer.putArray("weeks");
        ArrayNode sessionList = answer.putArray("sessions");
        if (shown == null) {
            return answer;
        }
        answer.put("simulated", shown.simulated());
        Json.put(answer, "condition", shown.condition());
        answer.put("left_out", all.size() - counted.size());
        if (!counted.isEmpty()) {
            LocalDate thisWeek = monday(now);
            LocalDate start = monday(counted.getFirst().startedUtc());
            double plannedMin = shown.plannedMin();
            for (LocalDate week = start; !week.isAfter(thisWeek); week = week.plusWeeks(1)) {
                weekList.add(week(week, counted, plannedMin, week.equals(thisWeek)));
            }
        }
        counted.forEach(session -> sessionList.add(session(session)));
        return answer;
    }

    /** Returns the adherence of all whole weeks and this one so far, from the first session's on, %; NaN if nothing is planned. */
    static double adherencePct(List<Session> all, int weeks, Instant now) {
        JsonNode list = of(all, weeks, now).path("weeks");
        double cuedMin = 0;
        double plannedMin = 0;
        for (JsonNode week : list) {
            if (!week.path("current").asBoolean()) {
                cuedMin += week.path("cued_min").asDouble();
                plannedMin += week.path("planned_cued_min").asDouble();
            }
        }
        return plannedMin > 0 ? 100 * cuedMin / plannedMin : Double.NaN;
    }

    private static ObjectNode week(LocalDate monday, List<Session> counted, double plannedMin, boolean current) {
        int sessions = 0;
        double cuedMin = 0;
        for (Session session : counted) {
            if (monday(session.startedUtc()).equals(monday)) {
                sessions++;
                cuedMin += session.cuedS() / 60;
            }
        }
        String name = "%04d-W%02d"
                .formatted(monday.get(IsoFields.WEEK_BASED_YEAR), monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        ObjectNode week = Json.object().put("week", name).put("from", monday.toString());
        week.put("sessions", sessions);
        Json.put(week, "cued_min", cuedMin, 10);
        Json.put(week, "planned_cued_min", plannedMin, 10);
        Json.put(week, "adherence_pct", plannedMin > 0 ? 100 * cuedMin / plannedMin : Double.NaN, 10);
        if (current) {
            week.put("current", true);
        }
        return week;
    }

    private static ObjectNode session(Session session) {
        ObjectNode object = Json.object().put("session", session.session()).put("unit", session.unit());
        Json.put(object, "started", session.startedUtc().truncatedTo(ChronoUnit.MILLIS));
        Json.put(object, "programme", session.programme());
        Json.put(object, "end", session.end());
        Json.put(object, "cued_min", session.cuedS() / 60, 10);
        object.set("metrics", session.metrics());
        object.set("cued_minus_uncued", difference(session.metrics()));
        Json.put(object, "retention_pct", value(session.metrics().path("all").path("retention_pct")), 100);
        return object;
    }

    /** Returns cued minus uncued with its sign, metric by metric, where both rest on enough. */
    private static ObjectNode difference(JsonNode metrics) {
        ObjectNode difference = Json.object();
        metrics.path("cued").properties().forEach(entry -> {
            double cued = value(entry.getValue());
            double uncued = value(metrics.path("uncued").path(entry.getKey()));
            if (!NOT_COMPARED.contains(entry.getKey())) {
                Json.put(difference, entry.getKey(), cued - uncued, 1e6);
            }
        });
        return difference;
    }

    private static double value(JsonNode metric) {
        JsonNode value = metric.path("value");
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }

    private static LocalDate monday(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
