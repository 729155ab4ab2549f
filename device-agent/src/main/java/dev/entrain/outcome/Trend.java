package dev.entrain.outcome;

import dev.entrain.session.Block;
import dev.entrain.session.Programme;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How a patient's sessions compare over weeks. One unit is one patient; simulated and real walks are never mixed: those
 * like the newest session count.
 *
 * @param weeks every calendar week (from Monday, UTC) from the first session's to the last one's
 * @param differences cued against uncued walking, session by session, metrics in order
 * @param carries what was left of the cues, session by session
 * @param sessions the sessions that count, in order of time
 */
public record Trend(
        List<Week> weeks, List<Difference> differences, List<Carry> carries, List<SessionSummary> sessions) {
    private static final int MOST_WEEKS = 520;

    /** Copies the lists. */
    public Trend {
        weeks = List.copyOf(weeks);
        differences = List.copyOf(differences);
        carries = List.copyOf(carries);
        sessions = List.copyOf(sessions);
    }

    /**
     * A week.
     *
     * @param sessions how many began in it
     * @param cuedMin time in cued blocks, min
     * @param adherencePct {@code cuedMin} over the prescribed minutes, %; NaN where nothing is prescribed
     */
    public record Week(LocalDate monday, int sessions, double cuedMin, double adherencePct) {}

    /**
     * One metric of one session.
     *
     * @param difference cued minus uncued, in the metric's unit; NaN where one of them is insufficient
     */
    public record Difference(String session, Instant startedUtc, Metric cued, Metric uncued, double difference) {
        /** Returns the difference with its sign, as many digits as the metric has, or "insufficient". */
        public String text() {
            String digits = "%+." + cued.name().decimals() + "f";
            return Double.isNaN(difference) ? "insufficient" : String.format(Locale.ROOT, digits, difference + 0.0);
        }
    }

    /**
     * What was left of the cues after a session; NaN where a figure it needs is insufficient.
     *
     * @param baselineSpm cadence of its last baseline walk, steps/min, measured as that of the retention walk is
     * @param retainedSpm cadence of its last retention walk, steps/min
     * @param sessionPct the session's {@link MetricName#RETENTION}: retained against its baseline walk, %
     * @param earlierPct retained against the mean baseline of all earlier sessions, %
     * @param baselinePct this session's baseline against that mean, %: what is left at the next visit
     */
    public record Carry(
            String session,
            Instant startedUtc,
            double baselineSpm,
            double retainedSpm,
            double sessionPct,
            double earlierPct,
            double baselinePct) {}

    /** One session's figure in a series. */
    public record Point(String session, Instant startedUtc, Metric metric) {}

    /**
     * Compares sessions.
     *
     * @param all in any order
     * @param prescribedMin cued minutes a week, see {@link #prescribedMin}; NaN if not known
     */
    public static Trend of(List<SessionSummary> all, double prescribedMin) {
        List<SessionSummary> ordered = new ArrayList<>(all);
        ordered.sort(Comparator.comparing(SessionSummary::startedUtc).thenComparing(SessionSummary::id));
        boolean simulated = !ordered.isEmpty() && ordered.getLast().simulated();
        List<SessionSummary> sessions =
                ordered.stream().filter(one -> one.simulated() == simulated).toList();
        List<Difference> differences = new ArrayList<>();
        List<Carry> carries = new ArrayList<>();
        double sumSpm = 0;
        int baselines = 0;
        for (SessionSummary session : sessions) {
            differences(session, differences);
            carries.add(carry(session, baselines == 0 ? Double.NaN : sumSpm / baselines));
            double baselineSpm = cadenceSpm(session, Block.Kind.BASELINE);
            if (!Double.isNaN(baselineSpm)) {
                sumSpm += baselineSpm;
                baselines++;
            }
        }
        return new Trend(weeks(sessions, prescribedMin), differences, carries, sessions);
    }

    /**
     * Returns the cued minutes a week that a programme prescribes: sessions a week times the cued blocks of a full session,
     * a match at its shortest duration, because ending it early is success, the others at their longest, all within the
     * session's longest duration.
     */
    public static double prescribedMin(Programme programme) {
        double cuedS = 0;
        for (Block block : programme.blocks()) {
            if (block instanceof Block.Match match) {
                cuedS += match.minS();
            } else if (block.kind().cued()) {
                cuedS += block.durationS();
            }
        }
        return programme.sessionsPerWeek() * Math.min(cuedS, programme.sessionS()) / 60;
    }

    /** Returns a metric of a scope (not BLOCK) over the sessions, insufficient ones included. */
    public List<Point> series(MetricName name, SessionSummary.Scope scope) {
        List<Point> points = new ArrayList<>();
        for (SessionSummary session : sessions) {
            points.add(new Point(
                    session.id(), session.startedUtc(), session.part(scope).metric(name)));
        }
        return points;
    }

    private static void differences(SessionSummary session, List<Difference> differences) {
        for (MetricName name : MetricName.values()) {
            if (name.comparable()) {
                Metric cued = session.part(SessionSummary.Scope.CUED).metric(name);
                Metric uncued = session.part(SessionSummary.Scope.UNCUED).metric(name);
                differences.add(new Difference(
                        session.id(), session.startedUtc(), cued, uncued, cued.value() - uncued.value()));
            }
        }
    }

    private static Carry carry(SessionSummary session, double earlierSpm) {
        double baselineSpm = cadenceSpm(session, Block.Kind.BASELINE);
        double retainedSpm = cadenceSpm(session, Block.Kind.RETENTION);
        return new Carry(
                session.id(),
                session.startedUtc(),
                baselineSpm,
                retainedSpm,
                session.part(SessionSummary.Scope.ALL)
                        .metric(MetricName.RETENTION)
                        .value(),
                percent(retainedSpm, earlierSpm),
                percent(baselineSpm, earlierSpm));
    }

    private static double cadenceSpm(SessionSummary session, Block.Kind kind) {
        double spm = Double.NaN;
        for (SessionSummary.Part part : session.parts()) {
            Metric cadence = part.metric(MetricName.CADENCE);
            spm = part.block() == kind && cadence.sufficient() ? cadence.value() : spm;
        }
        return spm;
    }

    private static double percent(double value, double of) {
        return 100 * (value - of) / of;
    }

    private static List<Week> weeks(List<SessionSummary> sessions, double prescribedMin) {
        List<Week> weeks = new ArrayList<>();
        if (sessions.isEmpty()) {
            return weeks;
        }
        LocalDate last = monday(sessions.getLast());
        LocalDate first = monday(sessions.getFirst());
        // A unit that lost its clock may date a session decades away: the latest ten years are enough to draw.
        LocalDate week = first.isBefore(last.minusWeeks(MOST_WEEKS)) ? last.minusWeeks(MOST_WEEKS) : first;
        for (; !week.isAfter(last); week = week.plusWeeks(1)) {
            int count = 0;
            double cuedMin = 0;
            for (SessionSummary session : sessions) {
                // A walk without a programme is nobody's prescription.
                if (monday(session).equals(week) && !session.programme().equals(SessionData.PLAIN)) {
                    count++;
                    cuedMin += session.cuedS() / 60;
                }
            }
            double adherencePct = prescribedMin > 0 ? 100 * cuedMin / prescribedMin : Double.NaN;
            weeks.add(new Week(week, count, cuedMin, adherencePct));
        }
        return weeks;
    }

    private static LocalDate monday(SessionSummary session) {
        return session.startedUtc()
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
