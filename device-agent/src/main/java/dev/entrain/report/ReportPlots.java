package dev.entrain.report;

import dev.entrain.outcome.Pair;
import dev.entrain.plot.Canvas;
import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The figures of a report in their order, whatever it is written on: 720 px for a whole line, 350 for half of one. */
public final class ReportPlots {
    /** Width of a line, px. */
    public static final int WIDTH = 720;

    /** Width of half a line, px. */
    public static final int HALF = 350;

    private static final int LEFT = 56;

    private final SessionReport report;
    private final TimePlots time;
    private final BeatPlots beats;

    /** Prepares the figures of a report. */
    public ReportPlots(SessionReport report) {
        this.report = report;
        this.time = new TimePlots(report, SessionSeries.of(report.data()));
        this.beats = new BeatPlots(Pair.of(report.data()));
    }

    /**
     * A figure.
     *
     * @param caption what is seen
     * @param width px
     * @param height px
     * @param draw draws it with its upper left corner at 0, 0
     */
    public record Figure(String caption, int width, int height, Consumer<Canvas> draw) {}

    /** Returns the figures that say what happened. */
    public List<Figure> first() {
        return List.of(
                new Figure(
                        "Cadence (blue line) against the cue (orange, dashed), steps/min. Blue ground: parts with cues;"
                                + " triangles: a safety rule acted; grey: paused.",
                        WIDTH,
                        250,
                        canvas -> time.cadence(canvas, new Box(LEFT, 18, WIDTH - LEFT - 20, 168))),
                new Figure(
                        "Where steps fell between beats, by foot (share by area, arrow: mean), and their asynchrony (bars:"
                                + " left, line: right; % of steps)",
                        WIDTH, 174, canvas -> {
                            beats.rose(canvas, 102, 84, 62, Foot.LEFT);
                            beats.rose(canvas, 292, 84, 62, Foot.RIGHT);
                            beats.asynchrony(canvas, new Box(424, 12, WIDTH - 424 - 18, 122));
                        }));
    }

    /** Returns the figures of single steps, half a line each. */
    public List<Figure> steps() {
        Box box = new Box(LEFT, 8, HALF - LEFT - 6, 110);
        return List.of(
                new Figure(
                        "Step time asymmetry, (left − right) / (left + right)",
                        HALF,
                        156,
                        canvas -> time.asymmetry(canvas, box)),
                new Figure(
                        "Stride time variability, CV of 20 strides, % (left: blue, right: dashed)",
                        HALF, 156, canvas -> time.variability(canvas, box)));
    }

    /** Returns the figures over weeks, half a line each. */
    public List<Figure> trend() {
        List<Figure> figures = new ArrayList<>();
        for (TrendPlots.Plot plot : new TrendPlots(report).all()) {
            figures.add(new Figure(
                    plot.title(),
                    HALF,
                    118,
                    canvas -> plot.draw().draw(canvas, new Box(LEFT, 8, HALF - LEFT - 6, 88))));
        }
        return figures;
    }
}
