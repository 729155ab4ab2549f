package dev.entrain.report;

import dev.entrain.outcome.Pair;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionData.BlockSpan;
import dev.entrain.outcome.SessionData.Event;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.plot.Axis;
import dev.entrain.report.SessionSeries.Curve;
import dev.entrain.sample.Foot;
import dev.entrain.session.SessionEvent.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A session as a page of text: what happened, plots over time, the table of figures. */
public final class TerminalPage {
    /** Narrowest page, columns. */
    public static final int NARROWEST = 80;

    private static final int LABEL = 9;
    private static final int CADENCE_ROWS = 9;
    private static final int PHASE_ROWS = 5;

    private final SessionReport report;
    private final SessionData data;
    private final SessionSeries series;
    private final boolean unicode;
    private final int width;
    private final int columns;
    private final double endS;
    private final TerminalText text;

    private TerminalPage(SessionReport report, int width, boolean unicode, boolean colour) {
        this.report = report;
        this.data = report.data();
        this.series = SessionSeries.of(data);
        this.unicode = unicode;
        this.width = Math.max(width, NARROWEST);
        this.columns = this.width - LABEL - 1;
        this.endS = Math.max(Spans.endS(data), 60);
        this.text = new TerminalText(colour);
    }

    /**
     * Returns the page.
     *
     * @param width columns of the terminal; at least {@value #NARROWEST} are used
     * @param unicode whether Braille and dashes can be shown; else letters
     * @param colour whether colours can be shown; without them the page says the same
     */
    public static String text(SessionReport report, int width, boolean unicode, boolean colour) {
        TerminalPage page = new TerminalPage(report, width, unicode, colour);
        page.head();
        page.cadence();
        page.phase();
        page.lanes();
        page.table();
        page.music();
        return unicode ? page.text.toString() : plain(page.text.toString());
    }

    /** The words of the report without letters that ASCII lacks. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(letter -> plain.append(
                        switch (letter) {
                            case '−', '–' -> "-";
                            case '\u00a0' -> " ";
                            case '·' -> ",";
                            case '…' -> "~";
                            default -> letter < 0x7f ? Character.toString(letter) : "?";
                        }));
        return plain.toString();
    }

    private void head() {
        SessionSummary summary = report.summary();
        List<String> facts = new ArrayList<>();
        for (ReportWords.Fact fact : ReportWords.facts(report)) {
            facts.add(fact.name().equals("Session") ? "Session " + fact.value() : fact.value());
        }
        wrapped(String.join(" · ", facts) + (summary.simulated() ? " · SIMULATED" : ""));
        wrapped(ReportWords.story(report) + " " + ReportWords.NOTICE);
        List<String> rules = ReportWords.rules(report);
        if (!rules.isEmpty()) {
            wrapped("Safety rules: " + String.join("; ", rules) + ".");
        }
        text.end();
    }

    private void wrapped(String words) {
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                text.put(line.toString()).end();
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        text.put(line.toString()).end();
    }

    private void cadence() {
        text.put("steps/min  ")
                .put(unicode ? "━━ steps" : "* steps", Ink.WALKER)
                .put("  ");
        text.put(unicode ? "━━ cue" : "= cue", Ink.CUE).end();
        double low = least(series.cadenceMedian().quantile(0.01), series.cue().quantile(0), 80);
        double high =
                -least(-series.cadenceMedian().quantile(0.99), -series.cue().quantile(1), -100);
        double room = Math.max(0, 16 - (high - low)) / 2;
        Axis up = Axis.around(low - room, high + room, 4);
        Dots dots = new Dots(columns, CADENCE_ROWS, unicode);
        curve(dots, up, series.cadenceMedian(), Ink.WALKER);
        curve(dots, up, series.cue(), Ink.CUE);
        rows(dots, CADENCE_ROWS, up);
        blocks();
    }

    private static double least(double a, double b, double otherwise) {
        if (Double.isNaN(a)) {
            return Double.isNaN(b) ? otherwise : b;
        }
        return Double.isNaN(b) ? a : Math.min(a, b);
    }

    private void curve(Dots dots, Axis up, Curve curve, Ink ink) {
        int lastX = -1;
        int lastY = 0;
        for (int i = 0; i < curve.timeS().length; i++) {
            double value = curve.value()[i];
            if (Double.isNaN(value)) {
                lastX = -1;
                continue;
            }
            int x = (int) Math.round(curve.timeS()[i] / endS * (dots.width() - 1));
            int y = level(dots, up, value);
            dots.line(lastX < 0 ? x : lastX, lastX < 0 ? y : lastY, x, y, ink);
            lastX = x;
            lastY = y;
        }
    }

    private static int level(Dots dots, Axis up, double value) {
        return (int) Math.round((up.to() - value) / (up.to() - up.from()) * (dots.height() - 1));
    }

    /** Writes the rows of a plot with the axis' labels beside those nearest to them. */
    private void rows(Dots dots, int rows, Axis up) {
        String[] labels = new String[rows];
        Arrays.fill(labels, "");
        for (double tick = up.firstTick(); tick <= up.to() + up.step() * 1e-6; tick += up.step()) {
            int row = level(dots, up, tick) * rows / dots.height();
            labels[Math.clamp(row, 0, rows - 1)] = up.label(tick);
        }
        for (int row = 0; row < rows; row++) {
            label(labels[row]);
            dots.row(row, text);
            text.end();
        }
    }

    private void label(String label) {
        text.put(" ".repeat(Math.max(0, LABEL - 1 - label.length())) + label + " ");
        text.put(unicode ? "│" : "|", Ink.FRAME);
    }

    private int column(double timeS) {
        return Math.clamp((int) (timeS / endS * columns), 0, columns - 1);
    }

    private void blocks() {
        StringBuilder lane = new StringBuilder(" ".repeat(columns));
        for (BlockSpan block : data.blocks()) {
            int from = column(block.startS());
            String name = Spans.fit(block.kind(), Math.max(0, column(block.endS()) - from - 1));
            lane.setCharAt(from, '|');
            lane.replace(from + 1, from + 1 + name.length(), name);
        }
        text.put("   block ").put(unicode ? "│" : "|", Ink.FRAME);
        text.put(lane.toString().replace('|', unicode ? '│' : '|')).end();
    }

    private void phase() {
        text.end();
        text.put("phase, share of a beat; below 0 the step is first  ");
        text.put(unicode ? "⠆ left" : "' left", Ink.WALKER).put("  ");
        text.put(unicode ? "⠆ right" : "- right", Ink.CUE).end();
        Axis up = new Axis(-0.5, 0.5, 0.5);
        Dots dots = new Dots(columns, PHASE_ROWS, unicode);
        for (int x = 0; x < dots.width(); x += unicode ? 4 : 2) {
            dots.dot(x, level(dots, up, 0), Ink.FRAME);
        }
        for (Pair pair : Pair.of(data)) {
            int x = (int) Math.round(pair.stepS() / endS * (dots.width() - 1));
            double share = pair.asynchronyS() / pair.cue().periodS();
            dots.dot(x, level(dots, up, share), pair.foot() == Foot.LEFT ? Ink.WALKER : Ink.CUE);
        }
        rows(dots, PHASE_ROWS, up);
    }

    /** What a reader looks for in time: the level, lock, freezing, rules; then the minutes. */
    private void lanes() {
        lane("level %", levels(), Ink.CUE);
        String full = unicode ? "█" : "#";
        lane("locked", spans(Spans.locked(data), full), Ink.LOCKED);
        lane("freezing", spans(Spans.frozen(data), unicode ? "█" : "F"), Ink.FREEZE);
        StringBuilder rules = new StringBuilder(spans(Spans.paused(data), unicode ? "░" : "p"));
        for (Event event : data.events()) {
            if (event.kind() == Kind.RULE) {
                rules.setCharAt(column(event.timeS()), unicode ? '▲' : '!');
            }
        }
        lane("rules", rules.toString(), Ink.RULE);
        Axis minutes = Axis.exactly(0, endS / 60, columns / 9);
        StringBuilder lane = new StringBuilder(" ".repeat(columns + 4));
        for (double tick = 0; tick <= minutes.to() + 1e-9; tick += minutes.step()) {
            String label = minutes.label(tick);
            lane.replace(column(tick * 60), column(tick * 60) + label.length(), label);
        }
        text.put("     min  ").put(lane.substring(0, columns)).end();
        text.end();
    }

    private String levels() {
        StringBuilder lane = new StringBuilder(" ".repeat(columns));
        int free = 0;
        double last = Double.NaN;
        for (Event event : data.events()) {
            int at = column(event.timeS());
            boolean another = !Double.isNaN(event.levelPct()) && event.levelPct() != last;
            String label = String.format(Locale.ROOT, "%+.0f", event.levelPct());
            if (another && at >= free && at + label.length() <= columns) {
                lane.replace(at, at + label.length(), label);
                free = at + label.length() + 1;
                last = event.levelPct();
            }
        }
        return lane.toString();
    }

    private String spans(List<double[]> spans, String fill) {
        StringBuilder lane = new StringBuilder(" ".repeat(columns));
        for (double[] span : spans) {
            for (int x = column(span[0]); x <= column(span[1]); x++) {
                lane.replace(x, x + 1, fill);
            }
        }
        return lane.toString();
    }

    private void lane(String name, String lane, Ink ink) {
        label(name);
        text.put(lane.stripTrailing(), ink).end();
    }

    private void table() {
        int[] cells = {20, 20, 9};
        int name = width - cells[0] - cells[1] - cells[2] > 45 ? 45 : 31;
        row(name, cells, "", List.of("cued (n)", "uncued (n)", "diff."));
        for (ReportWords.Row row : ReportWords.table(report)) {
            String title = row.name() + (row.unit().isEmpty() ? "" : ", " + row.unit());
            row(name, cells, title, List.of(row.cued(), row.uncued(), row.difference()));
        }
        wrapped(
                "n: what a value rests on; insufficient: too little; –: nothing to measure or to compare. Of the whole session: "
                        + whole() + ". One session's difference is no proof of an effect.");
    }

    private void row(int name, int[] cells, String title, List<String> values) {
        text.put(title + " ".repeat(Math.max(0, name - title.length())));
        for (int i = 0; i < cells.length; i++) {
            text.put(" ".repeat(Math.max(0, cells[i] - values.get(i).length())) + values.get(i));
        }
        text.end();
    }

    private void music() {
        List<List<String>> songs = MusicWords.rows(report);
        if (songs.isEmpty()) {
            return;
        }
        text.end();
        text.put("Music").end();
        for (List<String> song : songs) {
            List<String> said = new ArrayList<>();
            for (int i = 1; i < song.size(); i++) {
                said.add(MusicWords.COLUMNS.get(i).replace(",", "") + " " + song.get(i));
            }
            wrapped(song.getFirst() + ": " + String.join(", ", said));
        }
        wrapped(MusicWords.NOTE + MusicWords.more(report));
    }

    /** Figures that only a whole session has. */
    private String whole() {
        List<String> figures = new ArrayList<>();
        for (ReportWords.Row row : ReportWords.table(report)) {
            switch (row.metric()) {
                case DFA_ALPHA, RETENTION, FREEZE_COUNT ->
                    figures.add(row.name() + " " + row.whole() + (row.unit().isEmpty() ? "" : " " + row.unit()));
                default -> {} // has a cued and an uncued side
            }
        }
        return String.join(", ", figures);
    }
}
