package dev.entrain.report.pdf;

import dev.entrain.report.ReportPlots;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** A4 pages, filled from top to bottom; lengths are px of 1/96 inch, y from where the last thing ended. Not thread-safe. */
final class PdfPages {
    private static final double PAGE_HEIGHT = PDRectangle.A4.getHeight() / 0.75;
    private static final double MARGIN = 37;
    private static final double LEADING = 1.25;

    private final PDDocument document;
    private final PdfFont font;
    private final String footer;
    private PDPageContentStream stream;
    private PdfCanvas canvas;
    private double top = MARGIN;
    private int count;

    PdfPages(PDDocument document, String footer) throws IOException {
        this.document = document;
        this.footer = footer;
        this.font = new PdfFont(document);
        this.stream = begin();
        this.canvas = new PdfCanvas(stream, font, PAGE_HEIGHT);
        foot();
    }

    private PDPageContentStream begin() throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        count++;
        return new PDPageContentStream(document, page);
    }

    private void foot() {
        canvas.origin(MARGIN, 0);
        canvas.text(0, PAGE_HEIGHT - 18, footer, "tiny sub");
        canvas.text(ReportPlots.WIDTH, PAGE_HEIGHT - 18, "page " + count, "tiny sub end");
        top = MARGIN;
        canvas.origin(MARGIN, top);
    }

    /** Goes on with a new page. */
    void next() {
        try {
            stream.close();
            stream = begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        canvas = new PdfCanvas(stream, font, PAGE_HEIGHT);
        foot();
    }

    /** Ends the last page. */
    void close() throws IOException {
        stream.close();
    }

    /** Goes down. */
    void skip(double height) {
        top += height;
        canvas.origin(MARGIN, top);
    }

    /** Writes a line; y is its base line. */
    void text(double x, double y, String text, String style) {
        canvas.text(x, y, text, style);
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        canvas.line(x1, y1, x2, y2, style);
    }

    void heading(String text) {
        need(60);
        canvas.text(0, 21, text, "head");
        skip(25);
    }

    /** Draws a figure; the caller goes down by its height. */
    void figure(ReportPlots.Figure figure, double x) {
        canvas.origin(MARGIN + x, top);
        figure.draw().accept(canvas);
        canvas.origin(MARGIN, top);
    }

    /** Goes on with a new page if so much does not fit. */
    void need(double height) {
        if (top + height > PAGE_HEIGHT - MARGIN) {
            next();
        }
    }

    /** Writes text in as many lines as it needs. */
    void paragraph(String text, double sizePx, String style) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (font.widthPx(font.shown(longer), sizePx) > ReportPlots.WIDTH && !line.isEmpty()) {
                write(line.toString(), sizePx, style);
                line.setLength(0);
                line.append(word);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        write(line.toString(), sizePx, style);
    }

    private void write(String line, double sizePx, String style) {
        need(sizePx * LEADING);
        canvas.text(0, sizePx, line, style);
        skip(sizePx * LEADING);
    }

    /** Returns text, cut at its end if it is too wide. */
    String fitted(String text, double widthPx, double sizePx) {
        String shown = font.shown(text);
        while (shown.length() > 1 && font.widthPx(shown, sizePx) > widthPx) {
            shown = shown.substring(0, shown.length() - 2) + "…";
        }
        return shown;
    }
}
