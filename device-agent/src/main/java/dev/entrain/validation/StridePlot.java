package dev.entrain.validation;

import dev.entrain.plot.Axis;
import dev.entrain.plot.Panel;
import dev.entrain.plot.Svg;
import dev.entrain.sample.Foot;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Draws one stretch of a recording: signals, events with their confidence, phase and countdown, of both feet. */
final class StridePlot {
    private static final int WIDTH = 960;
    private static final int LEFT = 96;
    private static final int PLOT_WIDTH = WIDTH - LEFT - 24;
    private static final int TOP = 134;
    private static final int FOOT_HEIGHT = 478;
    private static final int FREEZE_HEIGHT = 34;
    private static final int BOTTOM = 50;
    private static final int TIME_TICKS = 10;
    private static final double LEAST_COUNTDOWN_S = 1;

    private final DatasetScore score;
    private final WorstMoments.Stretch stretch;
    private final Trial trial;
    private final double fromS;
    private final double toS;
    private final Axis time;
    private final Svg svg;
    private final StrideWindow[] windows;
    private double at = TOP;

    private StridePlot(DatasetScore score, WorstMoments.Stretch stretch) throws IOException {
        this.score = score;
        this.stretch = stretch;
        trial = stretch.worst().trial();
        fromS = Math.max(stretch.fromS(), 0);
        toS = stretch.toS();
        time = Axis.exactly(fromS, toS, TIME_TICKS);
        windows = StrideWindow.read(trial, fromS, toS);
        int freezes = hasFreezes() ? FREEZE_HEIGHT : 0;
        svg = new Svg(WIDTH, TOP + FOOT_HEIGHT * trial.feet().size() + freezes + BOTTOM);
    }

    /**
     * Draws a stretch.
     *
     * @param number its place among the worst, from 1
     * @throws IOException if a file of the recording can't be read any more
     */
    static String draw(DatasetScore score, WorstMoments.Stretch stretch, int number) throws IOException {
        StridePlot plot = new StridePlot(score, stretch);
        plot.heading(number);
        plot.freezes();
        for (Foot foot : plot.trial.feet()) {
            plot.foot(foot);
        }
        return plot.svg.document();
    }

    /** Returns what is wrong in a stretch, in a few words. */
    static String caption(WorstMoments.Stretch stretch) {
        StringBuilder text = new StringBuilder(describe(stretch.worst()));
        for (int i = 0; i < Math.min(3, stretch.all().size()); i++) {
            text.append("; ").append(describe(stretch.all().get(i)));
        }
        int more = stretch.all().size() - 3;
        return more > 0 ? text.append("; ").append(more).append(" more").toString() : text.toString();
    }

    private static String describe(Mishap mishap) {
        Foot foot = mishap.foot();
        return String.format(
                Locale.ROOT, "%s%s at %.2f s", mishap.what(), foot == null ? "" : " " + foot.word(), mishap.timeS());
    }

    private void heading(int number) {
        svg.text(20, 26, score.name() + " / " + trial.name() + "  (" + number + ")", "title");
        svg.text(20, 46, caption(stretch), "sub");
        StringBuilder moved = new StringBuilder();
        for (ContactScore contacts : score.contacts()) {
            moved.append(String.format(
                    Locale.ROOT,
                    "%s%s %+.1f ms",
                    moved.isEmpty() ? "; reference moved by the median offset of the data set: " : ", ",
                    contacts.event(),
                    contacts.biasS() * 1e3));
        }
        String group = "group: " + trial.facts().group();
        svg.text(20, 66, group + moved, "sub small");
        double x = 20;
        x = legend(x, "fred", "v", "initial contact (IC)");
        x = legend(x, "fblue", "^", "final contact (FC)");
        x = legend(x, "fgrey", "o", "mid-swing");
        legend(x, "fgrey", "s", "foot flat, heel off, stance (bar: the foot moves)");
        svg.line(20, 106, 44, 106, "curve red");
        svg.line(20, 110, 44, 110, "curve blue");
        svg.text(50, 112, "as Entrain told it (numbers: confidence)", "");
        svg.line(330, 108, 354, 108, "curve black dash");
        svg.text(360, 112, "reference", "");
        svg.rectangle(450, 101, 12, 14, "mark");
        svg.text(468, 112, "the disagreement", "");
    }

    private double legend(double x, String style, String shape, String text) {
        EventLane.mark(svg, x + 6, 84, shape, style);
        svg.text(x + 17, 88, text, "");
        return x + 36 + 6.9 * text.length();
    }

    private boolean hasFreezes() {
        return !trial.truth().of(null, "FOG_ON").isEmpty()
                || !trial.detected().of(null, "FOG_ON").isEmpty();
    }

    private void freezes() {
        if (!hasFreezes()) {
            return;
        }
        Panel lane = new Panel(svg, LEFT, at - 8, PLOT_WIDTH, 28, time, Axis.exactly(0, 2, 1));
        svg.rectangle(LEFT, at - 8, PLOT_WIDTH, 28, "panel");
        svg.text(LEFT - 6, at + 3, "freezing, ref.", "end small");
        svg.text(LEFT - 6, at + 17, "Entrain", "end small");
        span(lane, trial.truth().all(), 1, "fblack");
        span(lane, trial.detected().all(), 0, "fpurple");
        at += FREEZE_HEIGHT;
    }

    private void span(Panel lane, List<EventList.Event> events, int row, String style) {
        double on = Double.NaN;
        for (EventList.Event event : events) {
            // What is told counts from its decision, as an application would hear of it.
            double timeS = Double.isNaN(event.decidedS()) ? event.timeS() : event.decidedS();
            if (event.name().equals("FOG_ON")) {
                on = timeS;
            } else if (event.name().equals("FOG_OFF") && !Double.isNaN(on)) {
                bar(lane, on, timeS, row, style);
                on = Double.NaN;
            }
        }
        if (!Double.isNaN(on)) {
            bar(lane, on, toS, row, style);
        }
    }

    private void bar(Panel lane, double onS, double offS, int row, String style) {
        if (offS > fromS && onS < toS) {
            double y = lane.y(row + 0.8);
            svg.rectangle(lane.x(onS), y, lane.x(offS) - lane.x(onS), 9, "bar " + style);
        }
    }

    private void foot(Foot foot) {
        StrideWindow window = windows[foot.ordinal()];
        svg.text(20, at + 8, foot.word(), "head");
        double top = at + 14;
        EventLane reference = new EventLane(svg, LEFT, top, PLOT_WIDTH, time, "reference");
        EventLane told = new EventLane(svg, LEFT, top + EventLane.HEIGHT + 3, PLOT_WIDTH, time, "Entrain");
        double y = top + 2 * EventLane.HEIGHT + 24;
        Panel rate = panel(
                y, 100, rateAxis(window.rateDps(trial.detected(), foot)), "rate about the sensor's main axis, deg/s");
        rate.curve(window.sampleS(), window.rateDps(trial.detected(), foot), "blue");
        Panel acc = panel(y += 120, 54, accAxis(window), "acceleration, magnitude, m/s\u00b2");
        acc.curve(window.sampleS(), window.accMps2(), "grey");
        double[] contacts = StrideReference.contacts(score, trial, foot);
        Panel phase = panel(y += 74, 54, Axis.exactly(0, 1, 2), "phase, share of the stride");
        double[][] truth = StrideReference.phase(contacts);
        phase.curve(truth[0], truth[1], "black thin dash");
        phase.curve(window.phaseS(), window.phase(), "red");
        Panel countdown = panel(
                y += 74,
                64,
                countdownAxis(contacts, window),
                "time to the next contact as told, with its 80 % interval, s");
        double[][] left = StrideReference.countdown(contacts);
        countdown.curve(left[0], left[1], "black thin dash");
        StrideReference.predictions(countdown, window.predictions(), fromS, toS);
        for (Panel panel : List.of(rate, acc, phase, countdown)) {
            StrideReference.verticals(score, trial, foot, panel);
        }
        StrideReference.events(score, trial, foot, reference);
        told.show(trial.detected().all(), foot);
        highlight(foot, top, FOOT_HEIGHT - 62);
        countdown.labelAcross(foot == trial.feet().getLast() ? "time in the recording, s" : "");
        at += FOOT_HEIGHT;
    }

    private void highlight(Foot foot, double top, double height) {
        Panel whole = new Panel(svg, LEFT, top, PLOT_WIDTH, height, time, Axis.exactly(0, 1, 1));
        Mishap worst = stretch.worst();
        if (worst.foot() == null || worst.foot() == foot) {
            double x = whole.x(worst.timeS());
            svg.rectangle(x - 10, top, 20, height, "mark");
        }
    }

    private Panel panel(double top, double height, Axis up, String title) {
        Panel panel = new Panel(svg, LEFT, top, PLOT_WIDTH, height, time, up);
        panel.frame(title);
        return panel;
    }

    private static Axis rateAxis(double[] ratesDps) {
        double low = -100;
        double high = 100;
        for (double rate : ratesDps) {
            low = Math.min(low, rate);
            high = Math.max(high, rate);
        }
        return Axis.around(low, high, 4);
    }

    private static Axis accAxis(StrideWindow window) {
        double high = 20;
        for (double acc : window.accMps2()) {
            high = Math.max(high, acc);
        }
        return Axis.around(0, high, 2);
    }

    private Axis countdownAxis(double[] contactsS, StrideWindow window) {
        double high = LEAST_COUNTDOWN_S;
        for (int i = 1; i < contactsS.length; i++) {
            if (contactsS[i] > fromS && contactsS[i - 1] < toS) {
                high = Math.max(high, Math.min(contactsS[i] - contactsS[i - 1], 2));
            }
        }
        for (Trial.Prediction prediction : window.predictions()) {
            if (prediction.decidedS() >= fromS) {
                high = Math.max(high, Math.min(prediction.contactS() - prediction.decidedS(), 2));
            }
        }
        return Axis.around(0, high, 2);
    }
}
