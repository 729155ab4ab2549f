package dev.entrain.validation;

import dev.entrain.plot.Axis;
import dev.entrain.plot.Panel;
import dev.entrain.plot.Svg;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws a data set at a glance: how errors spread, what predictions are worth how far ahead, and each recording's F1. */
final class OverviewPlot {
    private static final int WIDTH = 960;
    private static final int CELL_HEIGHT = 270;
    private static final int TOP = 74;
    private static final int PANEL_WIDTH = 390;
    private static final int LEFT = 64;
    private static final int COLUMN = 480;
    private static final int PANEL_HEIGHT = 190;
    private static final double ERROR_RANGE_MS = 100;
    private static final double LONGEST_DELAY_MS = 300;
    private static final double LENGTH_RANGE_CM = 20;
    private static final double HORIZON_STEP_S = 0.05;
    private static final int HORIZONS = 17;

    private final DatasetScore score;
    private final List<Cell> cells = new ArrayList<>();

    /** Something to draw at a place. */
    private interface Cell {
        void draw(Svg svg, double left, double top) throws IOException;
    }

    private OverviewPlot(DatasetScore score) {
        this.score = score;
    }

    /**
     * Draws a data set; null where its reference has nothing that spreads.
     *
     * @throws IOException if a file of results can't be read any more
     */
    static @Nullable String draw(DatasetScore score) throws IOException {
        return new OverviewPlot(score).draw();
    }

    private @Nullable String draw() throws IOException {
        for (ContactScore contacts : score.contacts()) {
            if (contacts.errorsS().length > 0) {
                cells.add((svg, left, top) -> errors(svg, left, top, contacts));
            }
        }
        if (!score.contacts().isEmpty() && score.contacts().getFirst().event().equals("IC")) {
            PredictionScore[] predictions = predictions(score.contacts().getFirst());
            cells.add((svg, left, top) -> predictionErrors(svg, left, top, predictions));
            cells.add((svg, left, top) -> coverage(svg, left, top, predictions));
        }
        for (ContactScore contacts : score.contacts()) {
            if (contacts.delaysS().length > 0) {
                cells.add((svg, left, top) -> delays(svg, left, top, contacts));
            }
        }
        if (score.lengths().errorsM().length > 0) {
            cells.add(this::lengths);
        }
        if (score.trials().stream().filter(this::hasF1).limit(2).count() == 2) {
            cells.add(this::recordings);
        }
        if (cells.isEmpty()) {
            return null;
        }
        int rows = (cells.size() + 1) / 2;
        Svg svg = new Svg(cells.size() == 1 ? COLUMN : WIDTH, TOP + rows * CELL_HEIGHT);
        svg.text(20, 26, score.name(), "title");
        svg.text(
                20,
                46,
                String.format(
                        Locale.ROOT,
                        "%d recording%s, %.1f min",
                        score.recordings(),
                        score.recordings() == 1 ? "" : "s",
                        score.lengthS() / 60),
                "sub");
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).draw(svg, LEFT + COLUMN * (i % 2), TOP + CELL_HEIGHT * (i / 2.0 - (i % 2) / 2.0));
        }
        return svg.document();
    }

    private static PredictionScore[] predictions(ContactScore contacts) throws IOException {
        double[] horizons = new double[HORIZONS];
        for (int h = 0; h < HORIZONS; h++) {
            horizons[h] = h * HORIZON_STEP_S;
        }
        return PredictionScore.of(contacts, horizons);
    }

    private static void errors(Svg svg, double left, double top, ContactScore contacts) {
        double[] errors = Arrays.stream(contacts.errorsS())
                .map(error -> (error - contacts.biasS()) * 1e3)
                .toArray();
        Axis across = new Axis(-ERROR_RANGE_MS, ERROR_RANGE_MS, 50);
        String style = contacts.event().equals("IC") ? "fred" : "fblue";
        Panel panel =
                histogram(svg, left, top, across, 5, errors, style, contacts.event() + " errors, number of events");
        panel.vertical(-ContactScore.FOUND_S * 1e3, "limit");
        panel.vertical(ContactScore.FOUND_S * 1e3, "limit");
        panel.labelAcross("error less the median, ms (late is positive; ends: all beyond)");
        Figures figures = contacts.figures();
        panel.note(0, "F1 " + figures.text("f1"));
        panel.note(1, "SD " + figures.text("sd_ms") + " ms");
        panel.note(2, "median " + figures.text("bias_ms") + " ms");
    }

    private static void delays(Svg svg, double left, double top, ContactScore contacts) {
        double[] delays =
                Arrays.stream(contacts.delaysS()).map(delay -> delay * 1e3).toArray();
        String style = contacts.event().equals("IC") ? "fred" : "fblue";
        Panel panel = histogram(
                svg,
                left,
                top,
                new Axis(0, LONGEST_DELAY_MS, 50),
                10,
                delays,
                style,
                contacts.event() + " decisions, number of events");
        panel.labelAcross("from the contact to its decision, ms (ends: all beyond)");
        panel.note(0, "median " + Figures.fixed(Statistics.median(delays)) + " ms");
        panel.note(1, "95 % by " + Figures.fixed(Statistics.percentile(delays, 95)) + " ms");
    }

    private void lengths(Svg svg, double left, double top) {
        double[] errors = Arrays.stream(score.lengths().errorsM())
                .map(error -> error * 100)
                .toArray();
        Axis across = new Axis(-LENGTH_RANGE_CM, LENGTH_RANGE_CM, 5);
        Panel panel = histogram(svg, left, top, across, 1, errors, "fgreen", "stride length errors, number of strides");
        panel.labelAcross("estimate less reference, cm (ends: all beyond)");
        panel.note(0, "mean absolute " + Figures.fixed(Statistics.mean(Statistics.distances(errors, 0))) + " cm");
    }

    private static Panel histogram(
            Svg svg, double left, double top, Axis across, double bin, double[] values, String style, String title) {
        int bins = (int) Math.round((across.to() - across.from()) / bin);
        int[] counts = new int[bins];
        int most = 4;
        for (double value : values) {
            int at = (int) Math.floor(Math.clamp((value - across.from()) / bin, 0, bins - 1));
            most = Math.max(most, ++counts[at]);
        }
        Panel panel = new Panel(svg, left, top, PANEL_WIDTH, PANEL_HEIGHT, across, Axis.around(0, most, 4));
        panel.frame(title);
        for (int i = 0; i < bins; i++) {
            if (counts[i] > 0) {
                panel.bar(across.from() + i * bin, across.from() + (i + 1) * bin, counts[i], style);
            }
        }
        return panel;
    }

    private static void predictionErrors(Svg svg, double left, double top, PredictionScore[] predictions) {
        double[] ahead = new double[predictions.length];
        double[][] bounds = new double[3][predictions.length];
        double widest = 60;
        for (int h = 0; h < predictions.length; h++) {
            ahead[h] = predictions[h].horizonS() * 1e3;
            for (int k = 0; k < 3; k++) {
                bounds[k][h] = Statistics.percentile(predictions[h].errorsS(), new double[] {10, 50, 90}[k]) * 1e3;
                widest = Math.max(widest, Math.abs(bounds[k][h]));
            }
        }
        Axis across = Axis.exactly(0, ahead[ahead.length - 1], 8);
        Panel panel = new Panel(
                svg, left, top, PANEL_WIDTH, PANEL_HEIGHT, across, Axis.around(-widest * 1.05, widest * 1.05, 4));
        panel.frame("predicted less true initial contact, ms: median and middle 80 %");
        if (Arrays.stream(bounds[1]).noneMatch(Double::isNaN)) {
            panel.band(ahead, bounds[0], bounds[2], "fgreen");
        }
        panel.horizontal(50, "limit");
        panel.horizontal(-50, "limit");
        panel.curve(ahead, bounds[1], "green");
        panel.labelAcross("how long before the contact, ms");
    }

    private static void coverage(Svg svg, double left, double top, PredictionScore[] predictions) {
        double[] ahead = new double[predictions.length];
        double[] inside = new double[predictions.length];
        double[] answered = new double[predictions.length];
        double[] within50 = new double[predictions.length];
        for (int h = 0; h < predictions.length; h++) {
            ahead[h] = predictions[h].horizonS() * 1e3;
            inside[h] = predictions[h].coverage();
            answered[h] = predictions[h].answered();
            within50[h] = Statistics.shareWithin(predictions[h].errorsS(), 0.05);
        }
        Axis across = Axis.exactly(0, ahead[ahead.length - 1], 8);
        Panel panel = new Panel(svg, left, top, PANEL_WIDTH, PANEL_HEIGHT, across, Axis.exactly(0, 1, 5));
        panel.frame("share of contacts");
        panel.horizontal(0.8, "limit");
        panel.curve(ahead, answered, "grey");
        panel.curve(ahead, within50, "blue");
        panel.curve(ahead, inside, "purple");
        panel.labelAcross("how long before the contact, ms");
        double x = left + 12;
        String[] names = {"predicted at all", "within 50 ms", "inside the stated 80 % interval"};
        String[] styles = {"grey", "blue", "purple"};
        for (int i = 0; i < names.length; i++) {
            double y = top + PANEL_HEIGHT - 50 + 17 * i;
            svg.line(x, y, x + 22, y, "curve " + styles[i]);
            svg.text(x + 28, y + 4, names[i], "");
        }
    }

    private boolean hasF1(Trial trial) {
        return score.f1Of(trial).values().stream().anyMatch(value -> !Double.isNaN(value));
    }

    private void recordings(Svg svg, double left, double top) {
        List<Map<String, Double>> rows =
                score.trials().stream().map(score::f1Of).toList();
        int count = rows.size();
        double lowest = rows.stream()
                .flatMap(row -> row.values().stream())
                .filter(value -> !Double.isNaN(value))
                .mapToDouble(value -> Math.floor((value - 0.001) * 10) / 10)
                .min()
                .orElse(0);
        Panel panel = new Panel(
                svg,
                left,
                top,
                PANEL_WIDTH,
                PANEL_HEIGHT,
                Axis.exactly(0, count + 1, Math.min(count + 1, 10)),
                new Axis(
                        lowest,
                        1 + (1 - lowest) * 0.06,
                        Axis.exactly(lowest, 1, 5).step()));
        panel.frame("F1 of each recording, worst first");
        int line = 0;
        for (String name : rows.getFirst().keySet()) {
            String style = name.equals("FC") ? "fblue" : "fred";
            double[] f1 = rows.stream()
                    .mapToDouble(row -> row.getOrDefault(name, Double.NaN))
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            for (int i = 0; i < f1.length; i++) {
                EventLane.mark(svg, panel.x(i + 1), panel.y(f1[i]), name.equals("FC") ? "^" : "v", style);
            }
            double y = top + PANEL_HEIGHT - 14 - 17 * line++;
            EventLane.mark(svg, left + PANEL_WIDTH - 66, y - 4, name.equals("FC") ? "^" : "v", style);
            svg.text(left + PANEL_WIDTH - 54, y, name, "");
        }
        panel.labelAcross("rank of the recording, for each mark by itself");
    }
}
