package dev.entrain.report;

import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionData.BlockSpan;
import dev.entrain.outcome.SessionData.Event;
import dev.entrain.outcome.SessionData.Freeze;
import dev.entrain.plot.Axis;
import dev.entrain.plot.Canvas;
import dev.entrain.plot.Panel;
import dev.entrain.report.SessionSeries.Curve;
import dev.entrain.session.SessionEvent.Kind;

/** The plots of one session over time, min. */
final class TimePlots {
    /** Height of a lane under the cadence plot, px. */
    private static final double LANE = 11;

    private static final double LETTER = 6.2;
    private static final double LEAST_SPAN_SPM = 20;

    private final SessionReport report;
    private final SessionData data;
    private final SessionSeries series;
    private final Axis minutes;

    TimePlots(SessionReport report, SessionSeries series) {
        this.report = report;
        this.data = report.data();
        this.series = series;
        this.minutes = Axis.exactly(0, Math.max(Spans.endS(data), 60) / 60, 8);
    }

    /** Cadence against the cue, with the blocks above, lock, freezing and rules below: 16 px above the panel, 62 below. */
    void cadence(Canvas canvas, Box box) {
        double low = least(series.cadenceMedian().quantile(0.01), series.cue().quantile(0));
        double high = most(series.cadenceMedian().quantile(0.99), series.cue().quantile(1));
        if (!Double.isNaN(report.summary().baselineSpm())) {
            low = Math.min(low, report.summary().baselineSpm());
            high = Math.max(high, report.summary().baselineSpm());
        }
        double spread = Math.max(0, LEAST_SPAN_SPM - (high - low)) / 2;
        Axis up = Axis.around(low - spread, high + spread, 5);
        Panel panel = new Panel(canvas, box.left(), box.top(), box.width(), box.height(), minutes, up);
        panel.frame("");
        shade(panel);
        blocks(canvas, panel, box);
        for (Freeze freeze : data.freezes()) {
            panel.span(freeze.startS() / 60, data.endS(freeze) / 60, "fpurple pale");
        }
        double baseline = report.summary().baselineSpm();
        if (!Double.isNaN(baseline)) {
            panel.horizontal(baseline, "limit");
        }
        panel.curve(scaled(series.cadenceMedian()), series.cadenceMedian().value(), "blue");
        panel.curve(scaled(series.cue()), series.cue().value(), "red dash thick");
        if (!Double.isNaN(baseline)) {
            canvas.text(box.right() + 4, panel.y(baseline) + 4, "C0", "tiny");
        }
        lanes(canvas, panel, box);
    }

    private static double least(double a, double b) {
        return Double.isNaN(a) ? Double.isNaN(b) ? 80 : b : Double.isNaN(b) ? a : Math.min(a, b);
    }

    private static double most(double a, double b) {
        return Double.isNaN(a) ? Double.isNaN(b) ? 100 : b : Double.isNaN(b) ? a : Math.max(a, b);
    }

    private void blocks(Canvas canvas, Panel panel, Box box) {
        for (BlockSpan block : data.blocks()) {
            double from = panel.x(block.startS() / 60);
            double width = panel.x(block.endS() / 60) - from;
            canvas.rectangle(from, box.top() - 15, width, 15, block.kind().cued() ? "strip cuedstrip" : "strip");
            String name = Spans.fit(block.kind(), (int) ((width - 3) / LETTER));
            canvas.text(from + width / 2, box.top() - 4, name, "mid tiny");
        }
    }

    /** What a reader looks for in time: was he on the beat, did he freeze, did a rule act. */
    private void lanes(Canvas canvas, Panel panel, Box box) {
        double y = box.bottom() + 4;
        lane(canvas, box, y, "locked");
        for (double[] span : Spans.locked(data)) {
            bar(canvas, panel, span, y, "fgreen");
        }
        lane(canvas, box, y + LANE + 3, "freezing");
        for (Freeze freeze : data.freezes()) {
            bar(canvas, panel, new double[] {freeze.startS(), data.endS(freeze)}, y + LANE + 3, "fpurple");
        }
        lane(canvas, box, y + 2 * (LANE + 3), "rules");
        for (double[] span : Spans.paused(data)) {
            bar(canvas, panel, span, y + 2 * (LANE + 3), "fgrey pale");
        }
        for (Event event : data.events()) {
            if (event.kind() == Kind.RULE) {
                double x = panel.x(event.timeS() / 60);
                double under = y + 2 * (LANE + 3) + LANE;
                canvas.polygon("fred", x - 4, under, x + 4, under, x, under - 9);
            }
        }
        double labels = y + 3 * (LANE + 3) + 9;
        for (double tick = minutes.firstTick(); tick <= minutes.to() + 1e-9; tick += minutes.step()) {
            canvas.text(panel.x(tick), labels, minutes.label(tick), "mid small");
        }
        canvas.text(box.left() - 10, labels, "min", "end small");
    }

    private static void lane(Canvas canvas, Box box, double y, String name) {
        canvas.rectangle(box.left(), y, box.width(), LANE, "strip");
        canvas.text(box.left() - 6, y + LANE - 1.5, name, "end tiny");
    }

    private static void bar(Canvas canvas, Panel panel, double[] spanS, double y, String style) {
        double from = panel.x(spanS[0] / 60);
        canvas.rectangle(from, y + 0.5, Math.max(panel.x(spanS[1] / 60) - from, 1.5), LANE - 1, style);
    }

    /** Step-by-step asymmetry: 8 px above the panel, 34 below. */
    void asymmetry(Canvas canvas, Box box) {
        Curve curve = series.asymmetry();
        double reach = Math.max(Math.abs(curve.quantile(0.01)), Math.abs(curve.quantile(0.99)));
        double edge = Double.isNaN(reach) || reach < 0.1 ? 0.1 : Math.ceil(reach * 20) / 20;
        Panel panel = new Panel(
                canvas, box.left(), box.top(), box.width(), box.height(), minutes, Axis.exactly(-edge, edge, 4));
        panel.frame("");
        shade(panel);
        panel.horizontal(0, "zero");
        panel.curve(scaled(curve), curve.value(), "blue thin");
        canvas.text(box.left() + 5, box.top() + 13, "left step longer", "tiny");
        canvas.text(box.left() + 5, box.bottom() - 5, "right step longer", "tiny");
        panel.labelAcross("time, min");
    }

    /** Stride time variability of both feet: 8 px above the panel, 34 below. */
    void variability(Canvas canvas, Box box) {
        Curve left = series.variabilityLeft();
        Curve right = series.variabilityRight();
        double top = most(left.quantile(0.98), right.quantile(0.98));
        Axis up = Axis.around(0, Double.isNaN(left.quantile(1)) && Double.isNaN(right.quantile(1)) ? 5 : top, 4);
        Panel panel = new Panel(canvas, box.left(), box.top(), box.width(), box.height(), minutes, up);
        panel.frame("");
        shade(panel);
        panel.curve(scaled(left), left.value(), "blue");
        panel.curve(scaled(right), right.value(), "red dash");
        panel.labelAcross("time, min");
    }

    private void shade(Panel panel) {
        for (BlockSpan block : data.blocks()) {
            if (block.kind().cued()) {
                panel.span(block.startS() / 60, block.endS() / 60, "cued");
            }
        }
    }

    private static double[] scaled(Curve curve) {
        double[] minutes = new double[curve.timeS().length];
        for (int i = 0; i < minutes.length; i++) {
            minutes[i] = curve.timeS()[i] / 60;
        }
        return minutes;
    }
}
