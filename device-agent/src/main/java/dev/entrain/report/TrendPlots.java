package dev.entrain.report;

import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Scope;
import dev.entrain.plot.Axis;
import dev.entrain.plot.Canvas;
import dev.entrain.plot.Panel;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** How sessions compare over weeks: one dot a session, hollow where a simulated patient walked. */
final class TrendPlots {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final int DATES = 4;

    private final List<SessionSummary> past;
    private final SessionReport report;
    private final ZoneId zone;
    private final LocalDate first;
    private final Axis days;

    TrendPlots(SessionReport report) {
        this.report = report;
        this.past = report.past();
        this.zone = report.zone();
        this.first = date(past.getFirst()).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        LocalDate last = date(past.getLast()).with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
        this.days = new Axis(0, ChronoUnit.DAYS.between(first, last) + 1.0, 7);
    }

    /**
     * One panel of the trend.
     *
     * @param title what is seen, with its unit
     * @param draw draws it: 8 px above the panel, 20 below
     */
    record Plot(String title, Drawing draw) {}

    /** Draws a panel. */
    @FunctionalInterface
    interface Drawing {
        /** Draws into the place given. */
        void draw(Canvas canvas, Box box);
    }

    /** Returns all panels, in the order a reader asks. */
    List<Plot> all() {
        return List.of(
                new Plot(
                        report.prescription() == null
                                ? "Cued minutes a week (prescription not known)"
                                : "Cued minutes a week (dashed: prescribed)",
                        this::adherence),
                new Plot("Baseline cadence C0, steps/min", (c, b) -> dots(c, b, SessionSummary::baselineSpm, false)),
                new Plot(
                        "Cadence: cued (dots), uncued (squares), steps/min",
                        (c, b) -> two(
                                c, b, value(Scope.CUED, MetricName.CADENCE), value(Scope.UNCUED, MetricName.CADENCE))),
                new Plot(
                        "Cadence, cued minus uncued, steps/min",
                        (c, b) -> dots(c, b, s -> Parts.difference(s, MetricName.CADENCE), true)),
                new Plot(
                        "Speed, cued minus uncued, m/s",
                        (c, b) -> dots(c, b, s -> Parts.difference(s, MetricName.WALKING_SPEED), true)),
                new Plot(
                        "Step asymmetry, 0 = even",
                        (c, b) -> dots(c, b, value(Scope.ALL, MetricName.STEP_ASYMMETRY), true)),
                new Plot(
                        "Share of windows locked (dots), R (squares)",
                        (c, b) -> shares(
                                c,
                                b,
                                value(Scope.CUED, MetricName.LOCKED_FRACTION),
                                value(Scope.CUED, MetricName.RESULTANT_LENGTH))),
                new Plot(
                        "Retention: uncued at the end against C0, %",
                        (c, b) -> dots(c, b, value(Scope.ALL, MetricName.RETENTION), true)));
    }

    private static ToDoubleFunction<SessionSummary> value(Scope scope, MetricName name) {
        return summary -> Parts.value(summary, scope, name);
    }

    private LocalDate date(SessionSummary summary) {
        return summary.startedUtc().atZone(zone).toLocalDate();
    }

    /** Days since the first Monday, the hour as a part of a day. */
    private double day(SessionSummary summary) {
        return ChronoUnit.DAYS.between(first, date(summary))
                + summary.startedUtc().atZone(zone).toLocalTime().toSecondOfDay() / 86400.0;
    }

    private void adherence(Canvas canvas, Box box) {
        TreeMap<Long, Double> weeks = new TreeMap<>();
        for (SessionSummary summary : past) {
            weeks.merge(ChronoUnit.DAYS.between(first, date(summary)) / 7, summary.cuedS() / 60, Double::sum);
        }
        double most = weeks.values().stream().mapToDouble(v -> v).max().orElse(1);
        SessionReport.Prescription prescription = report.prescription();
        double prescribed = prescription == null ? Double.NaN : prescription.cuedMinutesPerWeek();
        Panel panel =
                panel(canvas, box, Axis.around(0, Double.isNaN(prescribed) ? most : Math.max(most, prescribed), 3));
        weeks.forEach((week, minutes) -> panel.bar(week * 7 + 0.5, week * 7 + 6.5, minutes, "fblue"));
        if (!Double.isNaN(prescribed)) {
            panel.horizontal(prescribed, "curve red dash");
        }
    }

    private void dots(Canvas canvas, Box box, ToDoubleFunction<SessionSummary> value, boolean zero) {
        double low = extreme(value, -1);
        double high = extreme(value, 1);
        if (zero) {
            low = Math.min(low, 0);
            high = Math.max(high, 0);
        }
        Panel panel = panel(canvas, box, around(low, high));
        row(panel, value, false);
    }

    private void two(Canvas canvas, Box box, ToDoubleFunction<SessionSummary> a, ToDoubleFunction<SessionSummary> b) {
        Axis up = around(Math.min(extreme(a, -1), extreme(b, -1)), Math.max(extreme(a, 1), extreme(b, 1)));
        both(panel(canvas, box, up), a, b);
    }

    private void shares(
            Canvas canvas, Box box, ToDoubleFunction<SessionSummary> a, ToDoubleFunction<SessionSummary> b) {
        both(panel(canvas, box, new Axis(0, 1, 0.5)), a, b);
    }

    private void both(Panel panel, ToDoubleFunction<SessionSummary> a, ToDoubleFunction<SessionSummary> b) {
        row(panel, b, true);
        row(panel, a, false);
    }

    private static Axis around(double low, double high) {
        if (low > high) {
            return new Axis(0, 1, 1); // nothing to show
        }
        double room = Math.max((high - low) * 0.08, Math.max(Math.abs(high), Math.abs(low)) * 0.01 + 1e-3);
        return Axis.around(low == 0 ? 0 : low - room, high == 0 ? 0 : high + room, 3);
    }

    /** The least (-1) or greatest (1) value there is; infinite where there is none. */
    private double extreme(ToDoubleFunction<SessionSummary> value, int sign) {
        double extreme = Double.NEGATIVE_INFINITY;
        for (SessionSummary summary : past) {
            double v = value.applyAsDouble(summary);
            extreme = Double.isNaN(v) ? extreme : Math.max(extreme, sign * v);
        }
        return sign * extreme;
    }

    private void row(Panel panel, ToDoubleFunction<SessionSummary> value, boolean squares) {
        double[] xs = new double[past.size()];
        double[] ys = new double[past.size()];
        int n = 0;
        for (SessionSummary summary : past) {
            double v = value.applyAsDouble(summary);
            if (!Double.isNaN(v)) {
                xs[n] = day(summary);
                ys[n++] = v;
                String colour = squares ? "red" : "blue";
                String style = summary.simulated() ? colour + " fwhite" : colour + " f" + colour;
                if (squares) {
                    panel.square(day(summary), v, 3.2, style);
                } else {
                    panel.dot(day(summary), v, 3.2, style);
                }
            }
        }
        panel.curve(Arrays.copyOf(xs, n), Arrays.copyOf(ys, n), squares ? "red thin dash faint" : "blue thin faint");
    }

    private Panel panel(Canvas canvas, Box box, Axis up) {
        int weeks = (int) Math.round(days.to() / 7);
        Axis across = new Axis(0, days.to(), 7.0 * Math.ceilDiv(weeks, 12));
        Panel panel = new Panel(canvas, box.left(), box.top(), box.width(), box.height(), across, up);
        panel.frame("");
        int step = Math.ceilDiv(weeks, DATES);
        for (int week = 0; week <= weeks; week += step) {
            String date = DATE.format(first.plusDays(week * 7L));
            canvas.text(panel.x(week * 7.0), box.bottom() + 13, date, week == weeks ? "end tiny" : "mid tiny");
        }
        return panel;
    }
}
