package dev.entrain.validation;

import dev.entrain.plot.Svg;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a report to look at: index.html with the tables, and for each data set overview.svg and its worst stretches as
 * worst-1.svg, worst-2.svg and so on. Not thread-safe.
 */
public final class Report {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Entrain validation</title>
            <style>
            body{font:15px/1.45 system-ui,sans-serif;max-width:1120px;margin:2em auto;padding:0 1em;color:#222}
            pre{font-size:13px;overflow-x:auto;background:#f6f6f6;padding:1em;border:1px solid #ddd}
            img{max-width:100%;height:auto;border:1px solid #ddd}figure{margin:1.5em 0}figcaption{color:#444}
            table{border-collapse:collapse}td,th{padding:.2em .8em;border-bottom:1px solid #ddd;text-align:right}
            td:first-child,th:first-child{text-align:left}.note{color:#555}
            </style>
            </head>
            <body>
            <h1>Entrain validation</h1>
            <p class="note">Research software, not a medical device. What each figure means: VALIDATION.md of the project.
            Errors are counted after the median difference of each data set is taken off, because reference systems differ
            in what they call a contact.</p>
            """;

    private static final String OVERVIEW = "Orange is initial contact (IC), blue final contact (FC). Dashed lines: the"
            + " tolerance of 50 ms, and the 0.8 that an honest 80 % interval keeps. The outermost bars hold all beyond.";

    private static final String READING = """
            <p class="note">The upper strip and dashed lines are the reference, the lower strip and full lines what was told
            at the time: orange initial contact, blue final contact, green the predicted time left until the next one.
            Yellow is where they differ. A step that the reference leaves out looks like a fault and is none.</p>
            """;

    private final Path folder;
    private final int worst;
    private final StringBuilder contents = new StringBuilder("<p>");
    private final StringBuilder sections = new StringBuilder();

    /**
     * Starts a report.
     *
     * @param folder receives the files; made if missing
     * @param worst how many of the worst stretches to draw per data set
     * @throws IOException if the folder can't be made
     */
    public Report(Path folder, int worst) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.worst = worst;
    }

    /**
     * Draws a data set.
     *
     * @throws IOException if a file can't be written
     */
    public void add(DatasetScore score) throws IOException {
        Path plots = Files.createDirectories(folder.resolve(score.name()));
        String name = Svg.escape(score.name());
        contents.append("<a href=\"#").append(name).append("\">").append(name).append("</a> ");
        sections.append("<h2 id=\"").append(name).append("\">").append(name).append("</h2>\n<pre>");
        sections.append(Svg.escape(ScoreText.table(score))).append("</pre>\n");
        String overview = OverviewPlot.draw(score);
        if (overview != null) {
            Files.writeString(plots.resolve("overview.svg"), overview);
            figure(score.name(), "overview.svg", OVERVIEW);
        }
        recordings(score);
        List<WorstMoments.Stretch> stretches = WorstMoments.of(score.mishaps(), worst);
        if (!stretches.isEmpty()) {
            sections.append("<h3>Where ")
                    .append(name)
                    .append(" and its reference differ most</h3>\n")
                    .append(READING);
        }
        for (int i = 0; i < stretches.size(); i++) {
            String file = "worst-" + (i + 1) + ".svg";
            Files.writeString(plots.resolve(file), StridePlot.draw(score, stretches.get(i), i + 1));
            String trial = stretches.get(i).worst().trial().name();
            figure(score.name(), file, Svg.escape(trial + ": " + StridePlot.caption(stretches.get(i))));
        }
    }

    /**
     * Writes index.html.
     *
     * @return the file
     * @throws IOException if it can't be written
     */
    public Path finish() throws IOException {
        Path index = folder.resolve("index.html");
        Files.writeString(index, HEAD + contents + "</p>\n" + sections + "</body>\n</html>\n");
        return index;
    }

    private void figure(String dataset, String name, String caption) {
        // A data set may be called anything a folder can be.
        String file = URLEncoder.encode(dataset, StandardCharsets.UTF_8).replace("+", "%20") + "/" + name;
        sections.append("<figure><a href=\"")
                .append(file)
                .append("\"><img src=\"")
                .append(file)
                .append("\" alt=\"")
                .append(caption)
                .append("\" loading=\"lazy\"></a><figcaption>")
                .append(caption)
                .append("</figcaption></figure>\n");
    }

    private void recordings(DatasetScore score) {
        List<String> names =
                new ArrayList<>(score.f1Of(score.trials().getFirst()).keySet());
        sections.append("<table><tr><th>recording</th><th>group</th><th>length, s</th>");
        names.forEach(name -> sections.append("<th>F1 ").append(name).append("</th>"));
        sections.append("</tr>\n");
        for (Trial trial : score.trials()) {
            sections.append("<tr><td>").append(Svg.escape(trial.name()));
            sections.append("</td><td>").append(Svg.escape(trial.facts().group()));
            sections.append(String.format(
                    Locale.ROOT, "</td><td>%.1f</td>", trial.scan().lengthS()));
            Map<String, Double> f1 = score.f1Of(trial);
            for (String name : names) {
                double value = f1.getOrDefault(name, Double.NaN);
                sections.append("<td>")
                        .append(Double.isNaN(value) ? "-" : Figures.fixed(value))
                        .append("</td>");
            }
            sections.append("</tr>\n");
        }
        sections.append("</table>\n");
    }
}
