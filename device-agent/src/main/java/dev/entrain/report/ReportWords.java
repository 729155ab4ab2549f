package dev.entrain.report;

import dev.entrain.outcome.Metric;
import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionData.Event;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Scope;
import dev.entrain.outcome.Trend;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session in plain words and in rows of a table, the same in every kind of report. */
public final class ReportWords {
    /** Stands wherever a reader could be misled. */
    public static final String NOTICE = "Research software, not a medical device.";

    /** Heads of the table. */
    public static final List<String> COLUMNS = List.of("", "", "whole (n)", "cued (n)", "uncued (n)", "cued − uncued");

    /** What a reader of the table must know. */
    public static final String TABLE_NOTE =
            "n: steps, strides, steps with a beat, windows or episodes the value rests on;"
                    + " insufficient: too few of them; –: nothing to measure or to compare. Asymmetry is (left − right) / (left + right), 0 ="
                    + " even. Asynchrony is step minus beat, below zero the step comes first. Retention is the uncued walk at the end"
                    + " against the session's baseline walk. A part with cues counts as cued throughout, its silence too: the end"
                    + " of a fade, on-demand parts without freezing. The difference of one session is no proof of an effect; cues can also slow a patient.";

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
    private static final int WEEKS_TOLD = 4;

    private ReportWords() {}

    /**
     * A row of the table of figures; n in brackets behind each value.
     *
     * @param name the metric in words
     * @param unit for people; may be empty
     */
    public record Row(
            MetricName metric, String name, String unit, String whole, String cued, String uncued, String difference) {}

    /** Returns a metric in words. */
    public static String name(MetricName name) {
        return switch (name) {
            case CADENCE -> "Cadence";
            case STRIDE_DURATION -> "Stride time";
            case STRIDE_DURATION_CV -> "Stride time variability (CV)";
            case STEP_ASYMMETRY -> "Step time asymmetry";
            case STANCE_ASYMMETRY -> "Stance time asymmetry";
            case SWING_ASYMMETRY -> "Swing time asymmetry";
            case DOUBLE_SUPPORT -> "Double support";
            case STRIDE_LENGTH -> "Stride length (estimate)";
            case WALKING_SPEED -> "Walking speed (estimate)";
            case ASYNCHRONY -> "Asynchrony, mean";
            case ASYNCHRONY_SD -> "Asynchrony, SD";
            case RELATIVE_PHASE -> "Relative phase, mean";
            case RESULTANT_LENGTH -> "Resultant length R";
            case LOCKED_FRACTION -> "Share of windows locked";
            case TEMPO_ACCURACY -> "Tempo accuracy";
            case PHASE_CORRECTION -> "Phase correction gain";
            case DFA_ALPHA -> "DFA alpha of stride times";
            case FREEZING_TIME -> "Time frozen";
            case FREEZE_COUNT -> "Freezing episodes";
            case FREEZE_TO_CUE -> "Freeze to first beat, median";
            case RETENTION -> "Retention";
        };
    }

    /** Returns a unit for people; UCUM is for programs. */
    public static String unit(MetricName name) {
        return switch (name.unit()) {
            case "{steps}/min" -> "steps/min";
            case "1", "{episodes}" -> "";
            default -> name.unit();
        };
    }

    /** Returns the table, one row a metric. */
    public static List<Row> table(SessionReport report) {
        SessionSummary summary = report.summary();
        List<Row> rows = new ArrayList<>();
        for (MetricName name : MetricName.values()) {
            rows.add(new Row(
                    name,
                    name(name),
                    unit(name),
                    cell(Parts.metric(summary, Scope.ALL, name)),
                    cell(Parts.metric(summary, Scope.CUED, name)),
                    cell(Parts.metric(summary, Scope.UNCUED, name)),
                    difference(report, name)));
        }
        return rows;
    }

    private static String difference(SessionReport report, MetricName name) {
        return name.comparable() ? Parts.signed(name, report.difference(name)) : "–";
    }

    /** A value and what it rests on; a dash where there was nothing to measure at all. */
    private static String cell(Metric metric) {
        if (!metric.sufficient()) {
            return metric.n() == 0 ? "–" : "insufficient (" + metric.n() + ")";
        }
        return metric.text().replace('-', '−') + " (" + metric.n() + ")";
    }

    /** A line of the head. */
    public record Fact(String name, String value) {}

    /** Returns what a session is known by. */
    public static List<Fact> facts(SessionReport report) {
        SessionSummary summary = report.summary();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Session", summary.id()));
        facts.add(new Fact("Date", MOMENT.format(summary.startedUtc().atZone(report.zone()))));
        facts.add(new Fact(
                "Programme",
                report.programme() == null
                        ? summary.programme()
                        : report.programme().title() + " (" + summary.programme() + ")"));
        facts.add(new Fact("For", condition(summary)));
        if (report.programme() != null) {
            facts.add(new Fact(
                    "Prescribed",
                    String.format(Locale.ROOT, "%.0f a week", report.programme().sessionsPerWeek())));
        }
        if (!report.unit().isEmpty()) {
            facts.add(new Fact("Unit", report.unit()));
        }
        return facts;
    }

    private static String condition(SessionSummary summary) {
        return summary.condition().replace('_', ' ');
    }

    /** Returns what happened, a few sentences. */
    public static String story(SessionReport report) {
        SessionSummary summary = report.summary();
        StringBuilder story = new StringBuilder();
        if (summary.simulated()) {
            story.append("Simulated: no patient walked. ");
        }
        story.append(String.format(
                Locale.ROOT,
                "%s\u00a0min from first to last, pauses included, %s of them in parts with cues. ",
                minutes(summary.durationS()),
                minutes(summary.cuedS())));
        if (Double.isNaN(summary.baselineSpm())) {
            story.append("No baseline cadence was found. ");
        } else {
            story.append(
                    String.format(Locale.ROOT, "Baseline cadence (C0) %.1f\u00a0steps/min", summary.baselineSpm()));
            if (!Double.isNaN(summary.finalLevelPct())) {
                story.append(String.format(Locale.ROOT, "; the cues ended at %s", level(summary.finalLevelPct())));
            }
            story.append(". ");
        }
        Metric locked = Parts.metric(summary, Scope.CUED, MetricName.LOCKED_FRACTION);
        story.append(
                locked.sufficient()
                        ? String.format(
                                Locale.ROOT,
                                "The steps kept to the beat in %.0f\u00a0%% of the windows looked at",
                                100 * locked.value())
                        : "Whether the steps kept to the beat is not known (too few steps)");
        story.append(
                switch (summary.stepsBack()) {
                    case 0 -> ". ";
                    case 1 -> "; the tempo was taken back once. ";
                    default -> "; the tempo was taken back " + summary.stepsBack() + " times. ";
                });
        compare(story, report);
        story.append(ended(summary.end()));
        return story.toString();
    }

    /** Cues can slow a patient: what they did is told with its sign, whichever it is. */
    private static void compare(StringBuilder story, SessionReport report) {
        double speed = report.difference(MetricName.WALKING_SPEED);
        double cadence = report.difference(MetricName.CADENCE);
        if (!Double.isNaN(speed)) {
            story.append(change(speed, "with cues the patient walked", "faster", "slower", "%.2f\u00a0m/s"));
        } else if (!Double.isNaN(cadence)) {
            story.append(change(cadence, "with cues the steps were", "quicker", "slower", "%.1f\u00a0steps/min"));
        }
        Metric retention = Parts.metric(report.summary(), Scope.ALL, MetricName.RETENTION);
        if (retention.sufficient()) {
            story.append(change(
                    retention.value(),
                    "without cues at the end cadence was",
                    "over that of the baseline walk",
                    "under that of the baseline walk",
                    "%.1f\u00a0%%"));
        }
    }

    private static String change(double by, String what, String more, String less, String format) {
        String amount = String.format(Locale.ROOT, format, Math.abs(by));
        String sentence = String.format(Locale.ROOT, format, 0.0).equals(amount)
                ? what + " as without (no difference)"
                : what + " " + amount + " " + (by > 0 ? more : less);
        if (sentence.endsWith("(no difference)") && what.startsWith("without")) {
            sentence = what + " that of the baseline walk";
        }
        return Character.toUpperCase(sentence.charAt(0))
                + sentence.substring(1)
                + (what.startsWith("with cues") && !sentence.endsWith(")") ? " than without. " : ". ");
    }

    /** Returns a tempo against C0 in words. */
    static String level(double pct) {
        if (Math.abs(pct) < 0.05) {
            return "C0";
        }
        return String.format(Locale.ROOT, "%.1f\u00a0%% %s C0", Math.abs(pct), pct > 0 ? "over" : "under");
    }

    /** Returns how a session ended, a sentence. */
    static String ended(SessionEvent.@Nullable End end) {
        return end == null
                ? "The unit never said how the session ended."
                : switch (end) {
                    case COMPLETED -> "The session was completed.";
                    case PATIENT -> "The patient ended the session.";
                    case RULE -> "A safety rule ended the session.";
                    case NO_BASELINE -> "The session ended early: too few steady strides to know the baseline by.";
                    case ABANDONED -> "The session was left: paused, or the unit was off, for too long.";
                    case PLAIN -> "A walk without a programme; it was over.";
                };
    }

    /** Returns minutes with one decimal. */
    static String minutes(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds / 60);
    }

    /** Returns the rules that acted, each with how often and when first; empty if none did. */
    public static List<String> rules(SessionReport report) {
        Map<SafetyRule, Integer> counts = new EnumMap<>(SafetyRule.class);
        Map<SafetyRule, Double> firstS = new EnumMap<>(SafetyRule.class);
        for (Event event : report.data().events()) {
            if (event.kind() == SessionEvent.Kind.RULE && event.rule() != null) {
                counts.merge(event.rule(), 1, Integer::sum);
                firstS.putIfAbsent(event.rule(), event.timeS());
            }
        }
        List<String> rules = new ArrayList<>();
        counts.forEach((rule, count) -> rules.add(String.format(
                Locale.ROOT,
                "%s, %s at %s\u00a0min",
                rule(rule),
                count == 1 ? "once," : count + " times, first",
                minutes(firstS.getOrDefault(rule, 0.0)))));
        return rules;
    }

    /** Returns what the trend shows. */
    public static String trendNote(SessionReport report) {
        int sessions = report.trend().sessions().size();
        String kind = report.summary().simulated() ? "simulated " : "";
        String condition = condition(report.summary());
        String what = condition.isEmpty() ? "" : " for " + condition;
        if (sessions < 2) {
            return "This is the first " + kind + "session kept" + what + ", so there is no trend yet. "
                    + adherence(report);
        }
        return sessions + " " + kind + "sessions up to this one" + what
                + "; one mark each, none where a figure was insufficient."
                + " Sessions for another condition are left out; simulated and real walks are never mixed. "
                + adherence(report);
    }

    /** Adherence of the latest weeks, oldest first. */
    private static String adherence(SessionReport report) {
        List<Trend.Week> weeks = report.trend().weeks();
        if (report.programme() == null) {
            return "The prescription is not known, so adherence is not.";
        }
        List<String> told = new ArrayList<>();
        for (Trend.Week week : weeks.subList(Math.max(0, weeks.size() - WEEKS_TOLD), weeks.size())) {
            if (!Double.isNaN(week.adherencePct())) {
                told.add(String.format(Locale.ROOT, "%s %.0f\u00a0%%", DAY.format(week.monday()), week.adherencePct()));
            }
        }
        return told.isEmpty()
                ? "No cued minutes are prescribed, so there is no adherence."
                : "Cued minutes of those prescribed, by the week's Monday: " + String.join(", ", told)
                        + "; the prescription is today's, for earlier weeks too.";
    }

    /** Returns a rule and what it did. */
    static String rule(SafetyRule rule) {
        return switch (rule) {
            case NO_STEP -> "No step: silence";
            case SENSOR_GAP -> "Sensors silent: the beat held, then faded";
            case NEAR_FALL -> "Near-fall: stop";
            case BUTTON -> "Button: stop";
            case CADENCE_OVER_CUE -> "Cadence over 115 % of the cue: stop";
            case TEMPO_SLEW -> "Tempo limited to 1 % a second";
            case TEMPO_RANGE -> "Tempo kept within 40 to 160 a minute";
            case NEVER_FASTER_AFTER_FREEZE -> "Never faster after a freeze: tempo limited";
            case SILENT_AFTER_STOP -> "Silent after a stop";
            case BATTERY -> "Battery nearly empty: the session ended";
            case SESSION_LENGTH -> "Longest session reached: the session ended";
        };
    }
}
