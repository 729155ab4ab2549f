package dev.entrain.report.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Liberation Sans (SIL Open Font License), which PDFBox brings, embedded as far as it is used, so that the report looks the
 * same everywhere. Not thread-safe.
 */
final class PdfFont {
    private static final String RESOURCE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final String MISSING = "?";

    private final PDFont font;
    private final Map<Integer, String> shown = new HashMap<>();

    PdfFont(PDDocument document) throws IOException {
        try (InputStream file = PDDocument.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IOException("PDFBox brings no font any more (" + RESOURCE + "); this build is broken");
            }
            font = PDType0Font.load(document, file, true);
        }
    }

    PDFont font() {
        return font;
    }

    /** Returns text with "?" for what the font has no letter for. */
    String shown(String text) {
        StringBuilder known = new StringBuilder();
        text.codePoints().forEach(letter -> known.append(shown.computeIfAbsent(letter, this::letter)));
        return known.toString();
    }

    private String letter(int codePoint) {
        if (codePoint < ' ') {
            return " ";
        }
        String letter = Character.toString(codePoint);
        try {
            font.encode(letter);
            return letter;
        } catch (IOException | IllegalArgumentException e) {
            return MISSING; // PDFBox tells a missing glyph so, and only so
        }
    }

    /** Returns how wide text is, px; only what {@link #shown} returned. */
    double widthPx(String text, double sizePx) {
        try {
            return font.getStringWidth(text) / 1000 * sizePx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
