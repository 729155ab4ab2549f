package dev.entrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.report.pdf.PdfReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    @Test
    void shots() throws IOException {
        SessionReport report = Sessions.report(14);
        Path folder = Files.createDirectories(Path.of("/tmp/w/h/report-shots"));
        Files.writeString(folder.resolve("report.html"), HtmlReport.text(report));
        Files.write(folder.resolve("report.pdf"), PdfReport.bytes(report));
        assertThat(report.past()).hasSize(14);
    }
}
