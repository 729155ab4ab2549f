package dev.entrain.report.pdf;

import dev.entrain.report.MusicWords;
import dev.entrain.report.ReportPlots;
import dev.entrain.report.ReportWords;
import dev.entrain.report.SessionReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/** The report as PDF: two A4 pages, more with music, of the same figures and words as the HTML. The same input gives the same bytes. */
public final class PdfReport {
    private static final String[] CELLS = {"", "sub", "end", "end", "end", "end"};
    private static final double[] EDGES = {0, 182, 372, 482, 604, 720};
    private static final double[] SONG_EDGES = {0, 238, 284, 328, 400, 508, 568, 626, 720};
    private static final double ROW = 14.2;

    private final SessionReport report;
    private final PdfPages pages;

    private PdfReport(SessionReport report, PdfPages pages) {
        this.report = report;
        this.pages = pages;
    }

    /**
     * Writes the report.
     *
     * @param out is not closed
     * @throws IOException if it can't be written
     */
    public static void write(SessionReport report, OutputStream out) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDDocumentInformation about = new PDDocumentInformation();
            about.setTitle("Walking session " + report.summary().id());
            about.setSubject(ReportWords.NOTICE);
            about.setCreator("Entrain");
            document.setDocumentInformation(about);
            // PDFBox else makes it of the hour, and the same report would be another file each time.
            CRC32 id = new CRC32();
            id.update(report.toString().getBytes(StandardCharsets.UTF_8));
            document.setDocumentId(id.getValue());
            PdfPages pages = new PdfPages(document, footer(report));
            PdfReport pdf = new PdfReport(report, pages);
            pdf.head();
            pdf.session();
            pdf.music();
            pdf.trend();
            pages.close();
            document.save(out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns the report's bytes. */
    public static byte[] bytes(SessionReport report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(report, bytes);
        return bytes.toByteArray();
    }

    private static String footer(SessionReport report) {
        return "Session " + report.summary().id() + " · Entrain · " + ReportWords.NOTICE;
    }

    private void head() {
        pages.text(0, 15, "Walking session", "title bold");
        pages.text(ReportPlots.WIDTH, 15, ReportWords.NOTICE, "end bold");
        pages.line(0, 23, ReportPlots.WIDTH, 23, "black");
        pages.skip(23);
        List<ReportWords.Fact> facts = ReportWords.facts(report);
        pages.text(0, 22, "Name", "sub");
        pages.line(80, 24, 340, 24, "grey");
        pages.text(370, 22, "Born", "sub");
        pages.line(450, 24, ReportPlots.WIDTH, 24, "grey");
        pages.skip(24);
        for (int i = 0; i < facts.size(); i += 2) {
            for (int j = i; j < Math.min(i + 2, facts.size()); j++) {
                double left = (j - i) * 370;
                pages.text(left, 17, facts.get(j).name(), "sub");
                pages.text(left + 80, 17, pages.fitted(facts.get(j).value(), 268, 13), "bold");
            }
            pages.skip(17);
        }
        pages.skip(9);
        pages.paragraph(ReportWords.story(report), 13, "");
        pages.skip(4);
    }

    private void session() {
        ReportPlots plots = new ReportPlots(report);
        for (ReportPlots.Figure figure : plots.first()) {
            pages.paragraph(figure.caption(), 12, "small");
            pages.figure(figure, 0);
            pages.skip(figure.height());
        }
        table();
        pages.next();
        pages.heading("Step by step");
        pairs(plots.steps());
        pages.heading("Safety rules that acted");
        List<String> rules = ReportWords.rules(report);
        for (String rule : rules.isEmpty() ? List.of("None.") : rules) {
            pages.paragraph(rule, 13, "");
        }
    }

    private void table() {
        pages.heading("With cues and without");
        row(ReportWords.COLUMNS, "bold");
        pages.line(0, 2, ReportPlots.WIDTH, 2, "black");
        for (ReportWords.Row row : ReportWords.table(report)) {
            row(List.of(row.name(), row.unit(), row.whole(), row.cued(), row.uncued(), row.difference()), "");
            pages.line(0, 3.2, ReportPlots.WIDTH, 3.2, "grid");
        }
        pages.skip(5);
        pages.paragraph(ReportWords.TABLE_NOTE, 10.5, "tiny");
    }

    private void row(List<String> cells, String style) {
        for (int i = 0; i < cells.size(); i++) {
            pages.text(EDGES[i], ROW - 2, cells.get(i), "tiny " + CELLS[i] + " " + style);
        }
        pages.skip(ROW);
    }

    private void music() {
        List<List<String>> songs = MusicWords.rows(report);
        if (songs.isEmpty()) {
            return;
        }
        pages.heading("Music");
        song(MusicWords.COLUMNS, "bold");
        pages.line(0, 2, ReportPlots.WIDTH, 2, "black");
        for (List<String> song : songs) {
            song(song, "");
            pages.line(0, 3.2, ReportPlots.WIDTH, 3.2, "grid");
        }
        pages.skip(5);
        pages.paragraph(MusicWords.NOTE + MusicWords.more(report), 10.5, "tiny");
    }

    private void song(List<String> cells, String style) {
        pages.need(ROW);
        for (int i = 0; i < cells.size(); i++) {
            pages.text(SONG_EDGES[i], ROW - 2, cells.get(i), "tiny " + (i == 0 ? "" : "end ") + style);
        }
        pages.skip(ROW);
    }

    private void trend() {
        pages.heading("Over the weeks");
        pages.paragraph(ReportWords.trendNote(report), 12, "small");
        if (report.trend().sessions().size() > 1) {
            pairs(new ReportPlots(report).trend());
        }
    }

    /** Two figures a line. */
    private void pairs(List<ReportPlots.Figure> figures) {
        for (int i = 0; i < figures.size(); i += 2) {
            pages.need(18 + figures.get(i).height());
            double height = 0;
            for (int j = i; j < Math.min(i + 2, figures.size()); j++) {
                double left = (j - i) * (ReportPlots.WIDTH - ReportPlots.HALF);
                pages.text(left, 15, figures.get(j).caption(), "small");
                height = Math.max(height, figures.get(j).height());
            }
            pages.skip(18);
            for (int j = i; j < Math.min(i + 2, figures.size()); j++) {
                pages.figure(figures.get(j), (j - i) * (ReportPlots.WIDTH - ReportPlots.HALF));
            }
            pages.skip(height);
        }
    }
}
