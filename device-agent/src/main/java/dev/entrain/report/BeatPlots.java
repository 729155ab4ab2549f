package dev.entrain.report;

import dev.entrain.outcome.Pair;
import dev.entrain.plot.Axis;
import dev.entrain.plot.Canvas;
import dev.entrain.plot.Panel;
import dev.entrain.sample.Foot;
import java.util.List;

/** The plots of steps against beats. */
final class BeatPlots {
    private static final int SECTORS = 24;
    private static final double BIN_MS = 20;
    private static final int BINS = 20;
    private static final double EDGE_MS = BIN_MS * BINS / 2;

    private final List<Pair> pairs;

    BeatPlots(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /**
     * Relative phase of one foot as a rose: up is on the beat, to the right is late. A sector's area is its share of the
     * steps; the arrow is the mean resultant, as long as the radius where all steps agree. 30 px around are for labels.
     */
    void rose(Canvas canvas, double x, double y, double radius, Foot foot) {
        int[] counts = new int[SECTORS];
        int n = 0;
        double sine = 0;
        double cosine = 0;
        for (Pair pair : pairs) {
            if (pair.foot() == foot) {
                double turn = pair.phaseRad() / (2 * Math.PI) + 1 + 0.5 / SECTORS;
                counts[(int) Math.floor(turn * SECTORS) % SECTORS]++;
                sine += Math.sin(pair.phaseRad());
                cosine += Math.cos(pair.phaseRad());
                n++;
            }
        }
        canvas.circle(x, y, radius, "panel");
        canvas.circle(x, y, radius / 2, "grid");
        canvas.line(x - radius, y, x + radius, y, "grid");
        canvas.line(x, y - radius, x, y + radius, "zero");
        sectors(canvas, x, y, radius, counts, foot == Foot.LEFT ? "bar fblue" : "bar fred");
        canvas.circle(x, y, radius, "grey fnone");
        if (n > 0) {
            arrow(canvas, x, y, radius * sine / n, -radius * cosine / n);
        }
        canvas.text(x, y - radius - 5, "on the beat", "mid tiny");
        canvas.text(x + radius + 4, y + 4, "late", "tiny");
        canvas.text(x - radius - 4, y + 4, "early", "end tiny");
        String name = foot == Foot.LEFT ? "left" : "right";
        canvas.text(x, y + radius + 16, n == 0 ? name + ": no steps with a beat" : name + ", n = " + n, "mid small");
    }

    private static void sectors(Canvas canvas, double x, double y, double radius, int[] counts, String style) {
        int most = 1;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        for (int i = 0; i < SECTORS; i++) {
            if (counts[i] == 0) {
                continue;
            }
            double reach = radius * Math.sqrt((double) counts[i] / most);
            double[] points = new double[14];
            points[0] = x;
            points[1] = y;
            for (int j = 0; j < 6; j++) {
                double angle = 2 * Math.PI * (i - 0.5 + j / 5.0) / SECTORS;
                points[2 * j + 2] = x + reach * Math.sin(angle);
                points[2 * j + 3] = y - reach * Math.cos(angle);
            }
            canvas.polygon(style, points);
        }
    }

    private static void arrow(Canvas canvas, double x, double y, double dx, double dy) {
        double length = Math.hypot(dx, dy);
        canvas.polyline("curve thick black", new double[] {x, y, x + dx, y + dy}, 4);
        if (length > 8) {
            double ux = dx / length;
            double uy = dy / length;
            canvas.polygon(
                    "fblack",
                    x + dx,
                    y + dy,
                    x + dx - 9 * ux + 4 * uy,
                    y + dy - 9 * uy - 4 * ux,
                    x + dx - 9 * ux - 4 * uy,
                    y + dy - 9 * uy + 4 * ux);
        }
    }

    /** Histogram of the asynchrony, left as bars, right as a line: 8 px above the panel, 38 below. */
    void asynchrony(Canvas canvas, Box box) {
        double[] left = shares(Foot.LEFT);
        double[] right = shares(Foot.RIGHT);
        double most = 10;
        for (int i = 0; i < BINS; i++) {
            most = Math.max(most, Math.max(left[i], right[i]));
        }
        Panel panel = new Panel(
                canvas,
                box.left(),
                box.top(),
                box.width(),
                box.height(),
                Axis.exactly(-EDGE_MS, EDGE_MS, 8),
                Axis.around(0, most, 4));
        panel.frame("");
        double[] xs = new double[2 * BINS + 2];
        double[] ys = new double[2 * BINS + 2];
        xs[0] = -EDGE_MS;
        for (int i = 0; i < BINS; i++) {
            double from = -EDGE_MS + i * BIN_MS;
            panel.bar(from + 1, from + BIN_MS - 1, left[i], "fblue pale");
            xs[2 * i + 1] = from;
            ys[2 * i + 1] = right[i];
            xs[2 * i + 2] = from + BIN_MS;
            ys[2 * i + 2] = right[i];
        }
        xs[2 * BINS + 1] = EDGE_MS;
        panel.curve(xs, ys, "red");
        panel.vertical(0, "curve black");
        canvas.text(panel.x(0) + 4, box.top() + 12, "beat", "tiny");
        canvas.text(box.left() + 4, box.top() + 12, "step first", "tiny");
        canvas.text(box.right() - 4, box.top() + 12, "beat first", "end tiny");
        panel.labelAcross("asynchrony, ms (outermost: all beyond)");
    }

    private double[] shares(Foot foot) {
        double[] shares = new double[BINS];
        int n = 0;
        for (Pair pair : pairs) {
            if (pair.foot() == foot) {
                int bin = (int) Math.floor((pair.asynchronyS() * 1000 + EDGE_MS) / BIN_MS);
                shares[Math.clamp(bin, 0, BINS - 1)]++;
                n++;
            }
        }
        for (int i = 0; i < BINS; i++) {
            shares[i] = n == 0 ? 0 : 100 * shares[i] / n;
        }
        return shares;
    }
}
