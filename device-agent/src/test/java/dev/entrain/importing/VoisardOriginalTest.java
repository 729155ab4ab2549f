package dev.entrain.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.sample.ImuSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoisardOriginalTest {
    private static final String RATE = "Acquisition frequency: 100 Hz";
    private static final String COLUMNS =
            "PacketCounter\tAcc_X\tAcc_Y\tAcc_Z\tGyr_X\tGyr_Y\tGyr_Z\tMag_X\tMag_Y\tMag_Z";

    @TempDir
    Path dir;

    private ImportRoom room;

    @BeforeEach
    void setUp() {
        room = new ImportRoom(dir);
    }

    private void trial(String name) throws IOException {
        room.file("GaitData/" + name + "_lf.txt", RATE, COLUMNS, packet(0), packet(1), packet(4), packet(5));
        room.file("GaitData/" + name + "_rf.txt", RATE, COLUMNS, packet(1), packet(2));
        room.file(
                "GaitData/" + name + ".json",
                "{\"Subject\": 3, \"TrialBoundaries\": [1, 5], \"UTurnBoundaries\": [2, 4],",
                "\"LeftFootEvents\": [[1, 4]], \"RightFootEvents\": [[0, 2], [3, 5]]}");
    }

    private static String packet(int counter) {
        return counter + ".0\t5.5\t-2.25\t8.0\t0.125\t-0.5\t0.25\t0\t0\t0";
    }

    @Test
    void shouldKeepLostPacketsAsGapsAndCountTheTruthInPackets() throws IOException {
        trial("3-1");
        assertThat(room.run(new VoisardOriginal())).isEqualTo(new ImportRun.Summary(1, 0));
        assertThat(room.lines("voisard2023/3-1", "recording.csv"))
                .contains("# acc: specific force incl. gravity", "# rate_hz: 100.0", "# subject: 3")
                .endsWith(
                        "0.000000,L,0,5.5000,-2.2500,8.0000,0.12500,-0.50000,0.25000",
                        "0.010000,L,1,5.5000,-2.2500,8.0000,0.12500,-0.50000,0.25000",
                        "0.010000,R,1,5.5000,-2.2500,8.0000,0.12500,-0.50000,0.25000",
                        "0.020000,R,2,5.5000,-2.2500,8.0000,0.12500,-0.50000,0.25000",
                        "0.040000,L,4,5.5000,-2.2500,8.0000,0.12500,-0.50000,0.25000",
                        "0.050000,L,5,5.5000,-2.2500,8.0000,0.12500,-0.50000,0.25000");
        assertThat(room.lines("voisard2023/3-1", "truth.csv"))
                .containsExactly(
                        "t_s,foot,event",
                        "0.000000,R,FC",
                        "0.010000,L,FC",
                        "0.020000,R,IC",
                        "0.030000,R,FC",
                        "0.040000,L,IC",
                        "0.050000,R,IC");
        assertThat(room.facts("voisard2023/3-1").get("uturn").toString()).isEqualTo("[[0.02,0.04]]");
        assertThat(room.facts("voisard2023/3-1").get("bounds").toString()).isEqualTo("[0.01,0.05]");
        assertThat(room.out().resolve("voisard2023/3-1/strides.csv")).doesNotExist();
    }

    @Test
    void shouldImportTheOthersWhenOneTrialIsDamaged() throws IOException {
        trial("2-1");
        trial("10-1");
        trial("3-1");
        room.file("GaitData/3-1_rf.txt", RATE, COLUMNS, packet(1), "2.0\t5.5\t-2.25");
        assertThat(room.run(new VoisardOriginal())).isEqualTo(new ImportRun.Summary(2, 1));
        assertThat(room.damages).hasSize(1);
        assertThat(room.damages.getFirst())
                .contains("3-1: left out", "3-1_rf.txt:4", "expected 10 cells, found 3", "download it again");
        assertThat(room.trials).hasSize(2);
        assertThat(room.trials.getFirst()).startsWith("2-1:");
        assertThat(room.trials.getLast()).startsWith("10-1:");
        try (Stream<Path> left = Files.list(room.out().resolve("voisard2023"))) {
            assertThat(left.map(SourceFiles::nameOf)).containsExactlyInAnyOrder("2-1", "10-1");
        }
    }

    @Test
    void shouldNameTheLineThatHoldsNoNumber() throws IOException {
        trial("3-1");
        room.file("GaitData/3-1_lf.txt", RATE, COLUMNS, packet(0).replace("-2.25", "soup"));
        room.run(new VoisardOriginal());
        assertThat(room.damages.getFirst()).contains("3-1_lf.txt:3", "a number under \"Acc_Y\"", "\"soup\"");
    }

    @Test
    void shouldNameTheFileThatIsMissing() throws IOException {
        trial("3-1");
        Files.delete(dir.resolve("source/GaitData/3-1_rf.txt"));
        room.run(new VoisardOriginal());
        assertThat(room.damages.getFirst()).contains("3-1_rf.txt: missing", "unpack all of it");
    }

    @Test
    void shouldNameTheLineOfBrokenJson() throws IOException {
        trial("3-1");
        room.file("GaitData/3-1.json", "{\"Subject\": 3,", "\"LeftFootEvents\": [[1, 4]");
        room.run(new VoisardOriginal());
        assertThat(room.damages.getFirst()).contains("3-1.json:", "expected JSON");
    }

    @Test
    void shouldLeaveAnEarlierImportAloneWhenTheNewOneIsDamaged() throws IOException {
        trial("3-1");
        room.run(new VoisardOriginal());
        byte[] before = Files.readAllBytes(room.out().resolve("voisard2023/3-1/recording.csv"));
        room.file("GaitData/3-1_rf.txt", RATE, COLUMNS, packet(2), packet(1));
        assertThat(room.run(new VoisardOriginal()).damaged()).isEqualTo(1);
        assertThat(room.damages.getFirst()).contains("does not go on");
        assertThat(room.out().resolve("voisard2023/3-1/recording.csv")).hasBinaryContent(before);
    }

    @Test
    void shouldReplaceAnEarlierImportButNothingElse() throws IOException {
        trial("3-1");
        room.run(new VoisardOriginal());
        assertThat(room.run(new VoisardOriginal())).isEqualTo(new ImportRun.Summary(1, 0));
        Path notes = Files.writeString(room.out().resolve("voisard2023/3-1/notes.txt"), "mine");
        assertThat(room.run(new VoisardOriginal()).damaged()).isEqualTo(1);
        assertThat(room.damages.getFirst()).contains("notes.txt", "choose another --out");
        assertThat(notes).hasContent("mine");
    }

    @Test
    void shouldRefuseValuesThatNoFootReaches() throws IOException {
        trial("3-1");
        room.file("GaitData/3-1_lf.txt", RATE, COLUMNS, packet(0).replace("8.0", "8000"));
        room.run(new VoisardOriginal());
        assertThat(room.damages.getFirst()).contains("foot L, reading 0", "beyond what a foot can reach");
    }

    @Test
    void shouldTakeAReadingWithoutNumbersForLost() throws IOException {
        trial("3-1");
        room.file("GaitData/3-1_lf.txt", RATE, COLUMNS, packet(0), packet(1).replace("0.125", "NaN"), packet(2));
        room.run(new VoisardOriginal());
        assertThat(room.samples("voisard2023/3-1").stream()
                        .filter(sample -> sample.foot.letter() == 'L')
                        .map((ImuSample sample) -> sample.seq))
                .containsExactly(0, 2);
    }

    @Test
    void shouldSayWhatItLooksForWhereNothingIs() throws IOException {
        room.file("readme.txt", "hello");
        assertThatThrownBy(() -> room.run(new VoisardOriginal()))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("_lf.txt")
                .hasMessageContaining("doi.org");
        assertThatThrownBy(() -> new VoisardOriginal().trials(dir.resolve("nowhere")))
                .hasMessageContaining("no such folder");
    }
}
