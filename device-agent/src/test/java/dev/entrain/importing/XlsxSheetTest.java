package dev.entrain.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxSheetTest {
    private static final int MB = 1 << 20;

    @TempDir
    Path dir;

    private Path workbook(String texts, String rows) throws IOException {
        Path file = dir.resolve("walk.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            zip.write(("<sst>" + texts + "</sst>").getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            zip.write(("<worksheet>" + rows + "</worksheet>").getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return file;
    }

    private static int rowsOf(Path file) throws IOException {
        int rows = 0;
        try (XlsxSheet sheet = new XlsxSheet(file, MB, MB)) {
            for (List<String> cells = sheet.next(); cells != null; cells = sheet.next()) {
                rows++;
            }
        }
        return rows;
    }

    @Test
    void shouldReadAsManyCellsWithoutPlaceAsThereMayBeColumns() throws IOException {
        assertThat(rowsOf(workbook("", "<row>" + "<c><v>1</v></c>".repeat(4096) + "</row>")))
                .isEqualTo(1);
    }

    @Test
    void shouldBoundCellsThatDoNotSayTheirPlace() throws IOException {
        Path file = workbook("", "<row>" + "<c><v>1</v></c>".repeat(4097) + "</row>");
        assertThatThrownBy(() -> rowsOf(file))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll("walk.xlsx:1", "at most 4096 columns", "is this the file");
    }

    @Test
    void shouldBoundWhatASheetUnpacksTo() throws IOException {
        Path file = workbook("", "<row/>".repeat(MB / 5));
        assertThatThrownBy(() -> rowsOf(file))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll("walk.xlsx", "at most 1 MB in xl/worksheets/sheet1.xml", "is this the file");
    }

    @Test
    void shouldBoundWhatTheSharedTextsUnpackTo() throws IOException {
        Path file = workbook("<si><t>walk</t></si>".repeat(MB / 16), "<row/>");
        assertThatThrownBy(() -> rowsOf(file))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll("walk.xlsx", "at most 1 MB in xl/sharedStrings.xml", "is this the file");
    }

    @Test
    void shouldBoundHowManySharedTextsThereAre() throws IOException {
        Path file = workbook("<si/>".repeat(1_000_001), "<row/>");
        assertThatThrownBy(() -> new XlsxSheet(file))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll("walk.xlsx", "at most 1000000 shared texts", "is this the file");
    }

    @Test
    void shouldBoundTheLengthOfATextAnywhere() throws IOException {
        String longText = "x".repeat(32_768);
        Path shared = workbook("<si><t>" + longText + "</t></si>", "<row/>");
        assertThatThrownBy(() -> rowsOf(shared))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll("walk.xlsx", "at most 32767 characters", "is this the file");
        Path inline = workbook("", "<row><c t=\"inlineStr\"><is><t>" + longText + "</t></is></c></row>");
        assertThatThrownBy(() -> rowsOf(inline))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll("walk.xlsx:1", "at most 32767 characters", "is this the file");
    }
}
