package dev.entrain.report;

import static dev.entrain.plot.Svg.escape;

import dev.entrain.outcome.SessionSummary;
import dev.entrain.plot.Canvas;
import dev.entrain.plot.Svg;
import java.util.List;
import java.util.function.Consumer;

/**
 * The report as one HTML page: no scripts, nothing fetched, two A4 pages when printed, more with music. The same input gives the same text.
 */
public final class HtmlReport {
    private static final String STYLE = """
            :root{color-scheme:light}
            *{box-sizing:border-box}
            body{font:14px/1.4 system-ui,"Liberation Sans","DejaVu Sans",sans-serif;color:#222;background:#fff;
            max-width:760px;margin:1.2em auto;padding:0 20px}
            h1{font-size:21px;margin:0 0 .2em}h2{font-size:15px;margin:1em 0 .2em}
            header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2em 2em;border-bottom:2px solid #222;
            padding-bottom:.5em}
            .notice{font-weight:600;border:1px solid #222;padding:.15em .6em;align-self:flex-start}
            dl{display:grid;grid-template-columns:repeat(4,max-content 1fr);gap:.15em .7em;margin:.7em 0}
            dt{color:#555}dd{margin:0;font-weight:600;overflow-wrap:anywhere}.line{border-bottom:1px solid #555}
            .wide{grid-column:span 3}
            figure{margin:.6em 0 0}figcaption{font-size:12.5px;color:#333}svg{display:block;width:100%;height:auto}
            .two{display:grid;grid-template-columns:1fr 1fr;gap:0 20px;align-items:end}
            .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:12.5px;margin-top:.4em}
            th,td{text-align:right;padding:.1em .5em;border-bottom:1px solid #ccc;white-space:nowrap}
            th{border-bottom:1.5px solid #222}td:first-child,th:first-child{text-align:left;padding-left:0}
            td:nth-child(2),th:nth-child(2){text-align:left}.music td:nth-child(2),.music th:nth-child(2){text-align:right}
            .music th,.music td{white-space:normal;vertical-align:bottom;padding:.1em .3em}td:last-child,th:last-child{padding-right:0}
            .foot{font-size:12px;color:#444;margin:.4em 0}ul{margin:.2em 0;padding-left:1.3em}
            @media(max-width:640px){dl{grid-template-columns:max-content 1fr}.wide{grid-column:auto}
            .two{grid-template-columns:1fr}}
            @media print{@page{size:A4;margin:9mm 11mm}body{margin:0;padding:0;max-width:none;font-size:11.5px;line-height:1.3}
            h1{font-size:18px}h2{font-size:13px;margin:.5em 0 .1em;break-after:avoid}p{margin:.3em 0}dl{margin:.3em 0}
            table{font-size:10px;margin-top:.1em}th,td{padding:0 .5em}.foot,figcaption{font-size:10.5px}
            figure{margin:.3em 0 0}svg{width:95%;margin:auto}.second{break-before:page}figure,tr{break-inside:avoid}
            *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
            """;

    private final SessionReport report;
    private final StringBuilder page = new StringBuilder();
    private int drawings;

    private HtmlReport(SessionReport report) {
        this.report = report;
    }

    /** Returns the page's text. */
    public static String text(SessionReport report) {
        HtmlReport html = new HtmlReport(report);
        html.head();
        html.session();
        html.music();
        html.trend();
        return html.page.append("</body>\n</html>\n").toString();
    }

    private void head() {
        SessionSummary summary = report.summary();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append(
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Walking session ");
        page.append(escape(summary.id()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append(Svg.sheet());
        page.append("</style>\n</head>\n<body>\n<header><h1>Walking session</h1><span class=\"notice\">");
        page.append(ReportWords.NOTICE).append("</span></header>\n<dl>\n");
        page.append(
                "<dt>Name</dt><dd class=\"line wide\">&nbsp;</dd><dt>Born</dt><dd class=\"line wide\">&nbsp;</dd>\n");
        ReportWords.facts(report).forEach(fact -> fact(fact.name(), fact.value()));
        page.append("</dl>\n<p>").append(escape(ReportWords.story(report))).append("</p>\n");
    }

    private void fact(String name, String value) {
        page.append("<dt>")
                .append(name)
                .append("</dt><dd class=\"wide\">")
                .append(escape(value))
                .append("</dd>\n");
    }

    private void session() {
        ReportPlots plots = new ReportPlots(report);
        for (ReportPlots.Figure figure : plots.first()) {
            figure(figure);
        }
        page.append("<h2>With cues and without</h2>\n<div class=\"scroll\"><table>\n<tr><th>");
        page.append(String.join("</th><th>", ReportWords.COLUMNS)).append("</th></tr>\n");
        for (ReportWords.Row row : ReportWords.table(report)) {
            List<String> cells =
                    List.of(row.name(), row.unit(), row.whole(), row.cued(), row.uncued(), row.difference());
            page.append("<tr>");
            cells.forEach(cell -> page.append("<td>").append(escape(cell)).append("</td>"));
            page.append("</tr>\n");
        }
        page.append("</table></div>\n<p class=\"foot\">")
                .append(escape(ReportWords.TABLE_NOTE))
                .append("</p>\n");
        page.append("<h2 class=\"second\">Step by step</h2>\n<div class=\"two\">\n");
        plots.steps().forEach(this::figure);
        page.append("</div>\n<h2>Safety rules that acted</h2>\n");
        List<String> rules = ReportWords.rules(report);
        if (rules.isEmpty()) {
            page.append("<p>None.</p>\n");
        } else {
            page.append("<ul>\n");
            rules.forEach(rule -> page.append("<li>").append(escape(rule)).append("</li>\n"));
            page.append("</ul>\n");
        }
    }

    private void music() {
        List<List<String>> songs = MusicWords.rows(report);
        if (songs.isEmpty()) {
            return;
        }
        page.append("<h2>Music</h2>\n<div class=\"scroll\"><table class=\"music\">\n<tr><th>");
        page.append(String.join("</th><th>", MusicWords.COLUMNS)).append("</th></tr>\n");
        for (List<String> song : songs) {
            page.append("<tr>");
            song.forEach(cell -> page.append("<td>").append(escape(cell)).append("</td>"));
            page.append("</tr>\n");
        }
        page.append("</table></div>\n<p class=\"foot\">")
                .append(escape(MusicWords.NOTE + MusicWords.more(report)))
                .append("</p>\n");
    }

    private void trend() {
        page.append("<h2>Over the weeks</h2>\n<p class=\"foot\">").append(escape(ReportWords.trendNote(report)));
        page.append("</p>\n");
        if (report.trend().sessions().size() > 1) {
            page.append("<div class=\"two\">\n");
            new ReportPlots(report).trend().forEach(this::figure);
            page.append("</div>\n");
        }
    }

    private void figure(ReportPlots.Figure figure) {
        page.append("<figure><figcaption>").append(escape(figure.caption())).append("</figcaption>\n");
        page.append(drawing(figure.width(), figure.height(), figure.caption(), figure.draw()));
        page.append("</figure>\n");
    }

    private String drawing(int width, int height, String title, Consumer<Canvas> draw) {
        Svg svg = new Svg(width, height, "d" + (char) ('a' + drawings / 26) + (char) ('a' + drawings % 26));
        drawings++;
        draw.accept(svg);
        return svg.inline(title);
    }
}
