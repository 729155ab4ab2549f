package dev.entrain.report;

import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.outcome.SessionSummary.Scope;
import dev.entrain.outcome.Trend;
import dev.entrain.plot.Axis;
import dev.entrain.plot.Canvas;
import dev.entrain.plot.Panel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How sessions compare over weeks: one mark a session. */
final class TrendPlots {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final int DATES = 4;
    private static final double DAY_S = 86400;
    private static final double MARK = 3.2;

    private final Trend trend;
    private final double prescribedMin;
    private final LocalDate first;
    private final int weeks;

    TrendPlots(SessionReport report) {
        this.trend = report.trend();
        this.prescribedMin = report.programme() == null ? Double.NaN : Trend.prescribedMin(report.programme());
        this.first = trend.weeks().getFirst().monday();
        this.weeks =
                (int) ChronoUnit.WEEKS.between(first, trend.weeks().getLast().monday()) + 1;
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

    /**
     * Values over days since the first Monday, NaN where there is none.
     *
     * @param square whether its marks are squares with a dashed line, else dots
     */
    private record Row(List<Double> day, List<Double> value, boolean square) {
        double extreme(int sign) {
            double extreme = Double.NEGATIVE_INFINITY;
            for (double one : value) {
                extreme = Double.isNaN(one) ? extreme : Math.max(extreme, sign * one);
            }
            return sign * extreme;
        }
    }

    /** Returns all panels, in the order a reader asks. */
    List<Plot> all() {
        String prescribed = Double.isNaN(prescribedMin) ? "prescription not known" : "dashed: prescribed";
        return List.of(
                new Plot("Cued minutes a week (" + prescribed + ")", this::adherence),
                new Plot("Baseline cadence C0, steps/min", (c, b) -> rows(c, b, false, baseline())),
                new Plot(
                        "Cadence cued (dots), uncued (squares), steps/min",
                        (c, b) -> rows(
                                c,
                                b,
                                false,
                                metric(Scope.CUED, MetricName.CADENCE, false),
                                metric(Scope.UNCUED, MetricName.CADENCE, true))),
                new Plot(
                        "Cadence, cued − uncued, steps/min",
                        (c, b) -> rows(c, b, true, difference(MetricName.CADENCE))),
                new Plot(
                        "Walking speed, cued − uncued, m/s",
                        (c, b) -> rows(c, b, true, difference(MetricName.WALKING_SPEED))),
                new Plot(
                        "Step time asymmetry, 0 = even",
                        (c, b) -> rows(c, b, true, metric(Scope.ALL, MetricName.STEP_ASYMMETRY, false))),
                new Plot(
                        "Share of windows locked (dots), R (squares)",
                        (c, b) -> draw(
                                panel(c, b, new Axis(0, 1, 0.5)),
                                metric(Scope.CUED, MetricName.LOCKED_FRACTION, false),
                                metric(Scope.CUED, MetricName.RESULTANT_LENGTH, true))),
                new Plot(
                        "Retention (dots), baseline to earlier (squares), %",
                        (c, b) -> rows(
                                c,
                                b,
                                true,
                                carry(Trend.Carry::sessionPct, false),
                                carry(Trend.Carry::baselinePct, true))));
    }

    private Row baseline() {
        Row row = new Row(new ArrayList<>(), new ArrayList<>(), false);
        for (SessionSummary session : trend.sessions()) {
            add(row, session.startedUtc(), session.baselineSpm());
        }
        return row;
    }

    private Row metric(Scope scope, MetricName name, boolean square) {
        Row row = new Row(new ArrayList<>(), new ArrayList<>(), square);
        for (Trend.Point point : trend.series(name, scope)) {
            add(row, point.startedUtc(), point.metric().value());
        }
        return row;
    }

    private Row difference(MetricName name) {
        Row row = new Row(new ArrayList<>(), new ArrayList<>(), false);
        for (Trend.Difference difference : trend.differences()) {
            if (difference.cued().name() == name) {
                add(row, difference.startedUtc(), difference.difference());
            }
        }
        return row;
    }

    private Row carry(ToDoubleFunction<Trend.Carry> value, boolean square) {
        Row row = new Row(new ArrayList<>(), new ArrayList<>(), square);
        for (Trend.Carry carry : trend.carries()) {
            add(row, carry.startedUtc(), value.applyAsDouble(carry));
        }
        return row;
    }

    private void add(Row row, Instant moment, double value) {
        Instant from = first.atStartOfDay(ZoneOffset.UTC).toInstant();
        row.day.add(ChronoUnit.SECONDS.between(from, moment) / DAY_S);
        row.value.add(value);
    }

    private void adherence(Canvas canvas, Box box) {
        double most = Double.isNaN(prescribedMin) ? 1 : prescribedMin;
        for (Trend.Week week : trend.weeks()) {
            most = Math.max(most, week.cuedMin());
        }
        Panel panel = panel(canvas, box, Axis.around(0, most, 3));
        for (Trend.Week week : trend.weeks()) {
            double monday = ChronoUnit.DAYS.between(first, week.monday());
            panel.bar(monday + 0.5, monday + 6.5, week.cuedMin(), "fblue");
        }
        if (!Double.isNaN(prescribedMin)) {
            panel.horizontal(prescribedMin, "curve red dash");
        }
    }

    private void rows(Canvas canvas, Box box, boolean zero, Row... rows) {
        double low = zero ? 0 : Double.POSITIVE_INFINITY;
        double high = zero ? 0 : Double.NEGATIVE_INFINITY;
        for (Row row : rows) {
            low = Math.min(low, row.extreme(-1));
            high = Math.max(high, row.extreme(1));
        }
        draw(panel(canvas, box, around(low, high)), rows);
    }

    private static void draw(Panel panel, Row... rows) {
        for (Row row : rows) {
            draw(panel, row);
        }
    }

    private static Axis around(double low, double high) {
        if (low > high) {
            return new Axis(0, 1, 1); // nothing to show
        }
        double room = Math.max((high - low) * 0.08, Math.max(Math.abs(high), Math.abs(low)) * 0.01 + 1e-3);
        return Axis.around(low == 0 ? 0 : low - room, high == 0 ? 0 : high + room, 3);
    }

    private static void draw(Panel panel, Row row) {
        double[] days = new double[row.day.size()];
        double[] values = new double[days.length];
        int n = 0;
        for (int i = 0; i < days.length; i++) {
            double value = row.value.get(i);
            if (!Double.isNaN(value)) {
                days[n] = row.day.get(i);
                values[n++] = value;
                if (row.square) {
                    panel.square(row.day.get(i), value, MARK, "fred");
                } else {
                    panel.dot(row.day.get(i), value, MARK, "fblue");
                }
            }
        }
        panel.curve(
                Arrays.copyOf(days, n),
                Arrays.copyOf(values, n),
                row.square ? "red thin dash faint" : "blue thin faint");
    }

    private Panel panel(Canvas canvas, Box box, Axis up) {
        int ticks = Math.max(1, Math.ceilDiv(weeks, DATES));
        Axis across = new Axis(0, weeks * 7.0, 7.0 * Math.max(1, Math.ceilDiv(weeks, 12)));
        Panel panel = new Panel(canvas, box.left(), box.top(), box.width(), box.height(), across, up);
        panel.frame("");
        for (int week = 0; week <= weeks; week += ticks) {
            String date = DATE.format(first.plusDays(week * 7L));
            canvas.text(panel.x(week * 7.0), box.bottom() + 13, date, week == weeks ? "end tiny" : "mid tiny");
        }
        return panel;
    }
}
