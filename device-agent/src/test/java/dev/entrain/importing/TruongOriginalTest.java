package dev.entrain.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruongOriginalTest {
    private static final String COLUMNS = "LAV,LAX,LAY,LAZ,LRV,LRX,LRY,LRZ,RAV,RAX,RAY,RAZ,RRV,RRX,RRY,RRZ";

    @TempDir
    Path dir;

    private ImportRoom room;

    @BeforeEach
    void setUp() {
        room = new ImportRoom(dir);
    }

    @Test
    void shouldTurnDegreesIntoRadiansAndSayThatGravityIsGone() throws IOException {
        room.file(
                "GaitData/7-2.csv",
                COLUMNS,
                "9,1,2,3,9,90,-180,0.5,9,-1,-2,-3,9,0,0,45",
                "9,1.5,2,3,9,0,0,0,9,-1,-2,-3,9,0,0,0");
        room.file(
                "GaitData/7-2.json",
                "{\"Subject\": 7, \"PathologyGroup\": \"Neurological\", \"Sensor\": \"TCon\", \"WalkingSpeed\": 1.2,",
                "\"LeftFootActivity\": [[0, 70]], \"RightFootActivity\": [[35, 105]]}");
        room.file("GaitData/code_list.json", "[\"7-2\"]");
        assertThat(room.run(new TruongOriginal())).isEqualTo(new ImportRun.Summary(1, 0));
        assertThat(room.lines("truong2019/7-2", "recording.csv"))
                .contains("# acc: gravity removed", "# group: neurological TCon")
                .endsWith(
                        "0.000000,L,0,1.0000,2.0000,3.0000,1.57080,-3.14159,0.00873",
                        "0.000000,R,0,-1.0000,-2.0000,-3.0000,0.00000,0.00000,0.78540",
                        "0.010000,L,1,1.5000,2.0000,3.0000,0.00000,0.00000,0.00000",
                        "0.010000,R,1,-1.0000,-2.0000,-3.0000,0.00000,0.00000,0.00000");
        assertThat(room.lines("truong2019/7-2", "truth.csv"))
                .containsExactly(
                        "t_s,foot,event",
                        "0.000000,L,HEEL_OFF",
                        "0.350000,R,HEEL_OFF",
                        "0.700000,L,FOOT_FLAT",
                        "1.050000,R,FOOT_FLAT");
    }

    @Test
    void shouldNameTheColumnThatIsMissing() throws IOException {
        room.file("7-2.csv", COLUMNS.replace("RRZ", "XYZ"), "9,1,2,3,9,90,-180,0.5,9,-1,-2,-3,9,0,0,45");
        room.file(
                "7-2.json",
                "{\"Subject\": 7, \"PathologyGroup\": \"healthy\", \"LeftFootActivity\": [],"
                        + " \"RightFootActivity\": []}");
        room.run(new TruongOriginal());
        assertThat(room.damages.getFirst()).contains("7-2.csv:1", "a column \"RRZ\"");
    }

    @Test
    void shouldNameAFootstepThatEndsBeforeItStarts() throws IOException {
        room.file("7-2.csv", COLUMNS, "9,1,2,3,9,90,-180,0.5,9,-1,-2,-3,9,0,0,45");
        room.file(
                "7-2.json",
                "{\"Subject\": 7, \"PathologyGroup\": \"healthy\", \"LeftFootActivity\": [[9, 3]],"
                        + " \"RightFootActivity\": []}");
        room.run(new TruongOriginal());
        assertThat(room.damages.getFirst()).contains("7-2.json", "LeftFootActivity", "[9,3]");
    }
}
