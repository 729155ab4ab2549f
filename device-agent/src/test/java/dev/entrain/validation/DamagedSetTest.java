package dev.entrain.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.sim.walk.WalkFolder;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file is told in one line that names it; the other recordings are scored. */
class DamagedSetTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path dir;

    private final List<String> told = new ArrayList<>();
    private final List<DatasetScore> scores = new ArrayList<>();

    @BeforeEach
    void twoWalks() throws IOException {
        for (String trial : new String[] {"bad", "good"}) {
            Path folder = dir.resolve("set/model").resolve(trial);
            WalkFolder.write(folder, "model", trial, WalkScenario.named("healthy"), new WalkOptions(12, 3));
        }
    }

    private Findings score() throws IOException {
        Findings findings = new Findings(told::add);
        new Validation(dir.resolve("set"), dir.resolve("results"), true, findings).run(scores::add);
        return findings;
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(dir.resolve("set/model/bad").resolve(file), text);
    }

    private void toldLeftOut(String... parts) throws IOException {
        assertThat(score().errors()).isEqualTo(1);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).startsWith("left out: ").contains(parts).doesNotContain("Exception");
        assertThat(scores).singleElement().satisfies(score -> {
            assertThat(score.recordings()).isEqualTo(1);
            assertThat(score.table()).containsKey("model IC");
        });
    }

    private void toldAsWarning(String... parts) throws IOException {
        assertThat(score().errors()).isZero();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).startsWith("warning: ").contains(parts);
        assertThat(scores)
                .singleElement()
                .satisfies(score -> assertThat(score.recordings()).isEqualTo(2));
    }

    @Test
    void shouldTellWhereTruthJsonIsNoJson() throws IOException {
        write("truth.json", "{\n\"dataset\": \"model\",\n\"trial\": }\n");
        toldLeftOut("bad/truth.json:3", "no JSON", "correct this line");
    }

    @Test
    void shouldTellAnEmptyTruthJson() throws IOException {
        write("truth.json", "");
        toldLeftOut("bad/truth.json: holds no JSON object", "dataset");
    }

    @Test
    void shouldRefuseNamesThatLeadOutOfTheResults() throws IOException {
        write("truth.json", "{\"dataset\": \"model\", \"trial\": \"../../x\"}");
        toldLeftOut("bad/truth.json", "\"../../x\" is no name for a folder");
    }

    @Test
    void shouldTellTwoRecordingsOfOneName() throws IOException {
        Path good = dir.resolve("set/model/good/truth.json");
        Files.writeString(good, Files.readString(dir.resolve("set/model/bad/truth.json")));
        toldLeftOut("good/truth.json", "a second recording called model/bad", "another \"trial\"");
    }

    @Test
    void shouldTellTurnsThatAreNoSpans() throws IOException {
        write("truth.json", "{\"dataset\": \"model\", \"trial\": \"bad\", \"uturn\": [3, 4]}");
        toldLeftOut("bad/truth.json", "uturn", "[start, end]");
    }

    @Test
    void shouldTellTheLineOfADamagedTruth() throws IOException {
        write("truth.csv", "t_s,foot,event\n1.5,L,IC\n2.x,R,IC\n");
        toldLeftOut("bad/truth.csv:3", "expected a number", "2.x");
    }

    @Test
    void shouldTellAnUnknownFoot() throws IOException {
        write("truth.csv", "t_s,foot,event\n1.5,left,IC\n");
        toldLeftOut("bad/truth.csv:2", "expected foot L, R or -", "1.5,left,IC");
    }

    @Test
    void shouldTellAMissingColumn() throws IOException {
        write("truth.csv", "time,foot,event\n1.5,L,IC\n");
        toldLeftOut("bad/truth.csv:1", "no column t_s", "t_s,foot,event");
    }

    @Test
    void shouldTellTruthOutOfOrder() throws IOException {
        write("truth.csv", "t_s,foot,event\n2.5,L,IC\n1.5,L,IC\n");
        toldLeftOut("bad/truth.csv", "IC of foot L at 1.5 s comes after 2.5 s", "sort");
    }

    @Test
    void shouldTellHalfASwing() throws IOException {
        write("truth.csv", "t_s,foot,event\n2.5,L,HEEL_OFF\n");
        toldLeftOut("bad/truth.csv", "1 HEEL_OFF and 0 FOOT_FLAT");
    }

    @Test
    void shouldTellBytesThatAreNoTable() throws IOException {
        Files.write(dir.resolve("set/model/bad/truth.csv"), new byte[70_000]);
        toldLeftOut("bad/truth.csv:1", "no table");
    }

    @Test
    void shouldTellADamagedRecording() throws IOException {
        write("recording.csv", "bring milk\n");
        toldLeftOut("bad/recording.csv:1", "not a recording");
    }

    @Test
    void shouldTellAMissingRecording() throws IOException {
        Files.delete(dir.resolve("set/model/bad/recording.csv"));
        toldLeftOut("bad/recording.csv", "no such file");
    }

    @Test
    void shouldWarnOfAnEmptyTruth() throws IOException {
        write("truth.csv", "");
        toldAsWarning("bad/truth.csv: empty", "no reference events");
    }

    @Test
    void shouldWarnOfAMissingTruth() throws IOException {
        Files.delete(dir.resolve("set/model/bad/truth.csv"));
        toldAsWarning("bad/truth.csv: missing", "no reference events");
    }

    @Test
    void shouldWarnOfUnknownEvents() throws IOException {
        write("truth.csv", "t_s,foot,event\n1.5,L,HEEL_STRIKE\n2.5,L,HEEL_STRIKE\n");
        toldAsWarning("bad/truth.csv", "\"HEEL_STRIKE\" is not scored", "known are IC, FC");
    }

    @Test
    void shouldWarnOfARecordingWithoutDescription() throws IOException {
        Files.delete(dir.resolve("set/model/bad/truth.json"));
        assertThat(score().errors()).isZero();
        assertThat(told)
                .singleElement()
                .satisfies(line -> assertThat(line).contains("model/bad: no truth.json", "not scored"));
        assertThat(scores)
                .singleElement()
                .satisfies(score -> assertThat(score.recordings()).isEqualTo(1));
    }

    @Test
    void shouldUseTheFoldersNamesWhereTruthJsonHasNone() throws IOException {
        write("truth.json", "{\"dataset\": \"model\"}");
        toldAsWarning("bad/truth.json: no \"trial\"", "\"bad\" is used");
    }

    @Test
    void shouldSayWhichFolderWasMeant() {
        explains(
                dir.resolve("set/model/good"),
                "is one recording",
                dir.resolve("set").toString());
        explains(dir.resolve("set/model"), "is one data set", dir.resolve("set").toString());
        explains(dir, "nothing to score", "entrain import");
        explains(dir.resolve("none"), "no such folder");
        explains(dir.resolve("set/model/good/truth.csv"), "is a file");
    }

    private void explains(Path set, String... parts) {
        assertThatThrownBy(() ->
                        new Validation(set, dir.resolve("results"), true, new Findings(told::add)).run(scores::add))
                .isInstanceOf(ValidationException.class)
                .hasMessageContainingAll(parts);
    }
}
