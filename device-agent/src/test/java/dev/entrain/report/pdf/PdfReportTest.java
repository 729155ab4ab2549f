package dev.entrain.report.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.outcome.MetricName;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SessionSummaries;
import dev.entrain.outcome.SessionSummary;
import dev.entrain.report.ReportWords;
import dev.entrain.report.SessionReport;
import dev.entrain.report.Sessions;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PdfReportTest {
    @Test
    void shouldBeTwoPagesOfA4WithTheFontInside() throws IOException {
        try (PDDocument document = Loader.loadPDF(PdfReport.bytes(Sessions.report(8)))) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
            for (PDPage page : document.getPages()) {
                assertThat(page.getMediaBox().getWidth()).isEqualTo(PDRectangle.A4.getWidth());
                for (COSName name : page.getResources().getFontNames()) {
                    PDFont font = page.getResources().getFont(name);
                    assertThat(font.isEmbedded()).as(font.getName()).isTrue();
                    assertThat(font.getName()).endsWith("LiberationSans");
                }
            }
        }
    }

    @Test
    void shouldSayTheSameAsTheHtml() throws IOException {
        SessionReport report = Sessions.report(3);
        try (PDDocument document = Loader.loadPDF(PdfReport.bytes(report))) {
            String text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");

            assertThat(text).contains(ReportWords.NOTICE, "s-1002", "Over the weeks");
            for (ReportWords.Row row : ReportWords.table(report)) {
                assertThat(text).contains(row.name(), row.cued(), row.uncued(), row.difference());
            }
            assertThat(ReportWords.table(report)).hasSize(MetricName.values().length);
        }
    }

    @Test
    void shouldTellTheMusicAndStillKeepEverythingOnItsPages() throws IOException {
        try (PDDocument document = Loader.loadPDF(PdfReport.bytes(Sessions.music()))) {
            String text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
            assertThat(text)
                    .contains("Music", "<b>Kettle</b> & march", "Song fedcba98", "not by lot", "Over the weeks");
            assertThat(document.getNumberOfPages()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void shouldGiveTheSameBytesForTheSameSession() throws IOException {
        assertThat(PdfReport.bytes(Sessions.report(2))).isEqualTo(PdfReport.bytes(Sessions.report(2)));
    }

    @Test
    void shouldShowWhatItHasLettersForAndBearTheRest() throws IOException {
        SessionData data = Sessions.named("Łódź-Παύλος-歩く-🙂-\u0007\ud800");
        SessionSummary summary = SessionSummaries.of(data);
        byte[] bytes = PdfReport.bytes(SessionReport.of(data, summary, List.of(summary), null, "", ZoneOffset.UTC));
        try (PDDocument document = Loader.loadPDF(bytes)) {
            assertThat(new PDFTextStripper().getText(document)).contains("Łódź-Παύλος-??-?-");
        }
    }

    @Test
    void shouldReportASessionInWhichNothingHappened() throws IOException {
        SessionData data = Sessions.empty();
        SessionSummary summary = SessionSummaries.of(data);
        byte[] bytes = PdfReport.bytes(SessionReport.of(data, summary, List.of(summary), null, "", ZoneOffset.UTC));
        try (PDDocument document = Loader.loadPDF(bytes)) {
            assertThat(new PDFTextStripper().getText(document)).contains("No baseline cadence was found");
        }
    }
}
