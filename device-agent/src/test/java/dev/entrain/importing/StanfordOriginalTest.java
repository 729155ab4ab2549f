package dev.entrain.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StanfordOriginalTest {
    private static final String TRIAL = "pt1_visit_2_tbc_walklr_0_trial_3";

    @TempDir
    Path dir;

    private ImportRoom room;

    @BeforeEach
    void setUp() {
        room = new ImportRoom(dir);
    }

    private static List<String> columns() {
        List<String> names = new ArrayList<>(List.of("subject_ID", "time"));
        for (String sensor : List.of("ankle_l", "foot_l", "foot_r")) {
            for (String channel : List.of("ax", "ay", "az", "gx", "gy", "gz")) {
                names.add(sensor + "_" + channel);
            }
        }
        names.add("freeze_label");
        return names;
    }

    /** A workbook with shared texts in its first row and numbers below, as Excel and its like write it. */
    private void workbook(List<String> names, int... labels) throws IOException {
        StringBuilder texts = new StringBuilder("<sst>");
        StringBuilder sheet = new StringBuilder("<worksheet><sheetData><row r=\"1\">");
        for (int i = 0; i < names.size(); i++) {
            texts.append("<si><t>").append(names.get(i)).append("</t></si>");
            sheet.append("<c r=\"")
                    .append(letters(i))
                    .append("1\" t=\"s\"><v>")
                    .append(i)
                    .append("</v></c>");
        }
        sheet.append("</row>");
        for (int row = 0; row < labels.length; row++) {
            sheet.append("<row>");
            for (int i = 0; i < names.size(); i++) {
                boolean last = i == names.size() - 1;
                // The left foot's gz of the second row is missing: the cell is not there, as Excel leaves it out.
                if (row != 1 || i != 13) {
                    sheet.append("<c r=\"")
                            .append(letters(i))
                            .append(row + 2)
                            .append("\"><v>")
                            .append(last ? labels[row] : i)
                            .append("</v></c>");
                }
            }
            sheet.append("</row>");
        }
        Path file = room.file(TRIAL + ".xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "xl/sharedStrings.xml", texts + "</sst>");
            entry(zip, "xl/worksheets/sheet1.xml", sheet + "</sheetData></worksheet>");
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String letters(int column) {
        return column < 26 ? String.valueOf((char) ('A' + column)) : "A" + (char) ('A' + column - 26);
    }

    @Test
    void shouldReadBothFeetAndTheFreezing() throws IOException {
        workbook(columns(), 0, 1, 1, 0, 1);
        assertThat(room.run(new StanfordOriginal())).isEqualTo(new ImportRun.Summary(1, 0));
        assertThat(room.lines("stanford_fog/" + TRIAL, "recording.csv"))
                .contains(
                        "# subject: pt1",
                        "# rate_hz: 128.0",
                        "0.007813,R,1,14.0000,15.0000,16.0000,17.00000,18.00000,19.00000")
                .contains("0.000000,L,0,8.0000,9.0000,10.0000,11.00000,12.00000,13.00000")
                .noneMatch(line -> line.startsWith("0.007813,L,1,"));
        assertThat(room.lines("stanford_fog/" + TRIAL, "truth.csv"))
                .containsExactly(
                        "t_s,foot,event",
                        "0.007813,-,FOG_ON",
                        "0.023438,-,FOG_OFF",
                        "0.031250,-,FOG_ON",
                        "0.039063,-,FOG_OFF");
    }

    @Test
    void shouldSayWhichFootHasNoSensor() throws IOException {
        List<String> names = columns();
        names.replaceAll(name -> name.replace("foot_r", "wrist_r"));
        workbook(names, 0, 0);
        room.run(new StanfordOriginal());
        assertThat(room.damages.getFirst()).contains(TRIAL + ".xlsx:1", "right foot", "found 0");
    }

    @Test
    void shouldSayThatAFileIsNoWorkbook() throws IOException {
        room.file(TRIAL + ".xlsx", "bring milk");
        room.run(new StanfordOriginal());
        assertThat(room.damages.getFirst()).contains(TRIAL + ".xlsx", "Excel workbook", "download it again");
    }
}
