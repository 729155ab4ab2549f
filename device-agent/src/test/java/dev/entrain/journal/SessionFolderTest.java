package dev.entrain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.Songs;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionFolderTest {
    private static final Instant START = Instant.parse("2026-11-22T09:30:00Z");

    @TempDir
    Path dir;

    private static SessionData data() {
        return new SessionData(
                "ab12",
                "short",
                "stroke",
                START,
                98.765432,
                true,
                List.of(new SessionData.BlockSpan(0, Block.Kind.BASELINE, 0, 60.5, Double.NaN)),
                List.of(new SessionData.Step(1.25, Foot.LEFT, 0.9), new SessionData.Step(1.85, Foot.RIGHT, 0.95)),
                List.of(new SessionData.Cue(1, 61.000001, 0.6, Foot.RIGHT)),
                List.of(new SessionData.Stride(Foot.LEFT, 1.5, 2.7, 1.2, 0.6, Double.NaN, 1.1, 0.9)),
                List.of(new SessionData.Freeze(30.0, 30.8, 33.0)),
                List.of(
                        new SessionData.Event(0, SessionEvent.Kind.STARTED, -1, Double.NaN, Double.NaN, null, null),
                        new SessionData.Event(70, SessionEvent.Kind.RULE, 0, 98.7, 2, SafetyRule.NEAR_FALL, null),
                        new SessionData.Event(
                                80,
                                SessionEvent.Kind.ENDED,
                                0,
                                Double.NaN,
                                Double.NaN,
                                null,
                                SessionEvent.End.PATIENT)),
                List.of());
    }

    private Path written() throws IOException {
        Path folder = dir.resolve(SessionFiles.SESSIONS).resolve(SessionFiles.folderName(START, "ab12"));
        SessionFiles.write(folder, data(), "name = \"short\"\n");
        return folder;
    }

    @Test
    void shouldReadBackWhatWasWritten() throws IOException {
        Path folder = written();

        assertThat(folder.getFileName()).hasToString("20261122T093000Z-ab12");
        assertThat(SessionFolder.read(folder)).isEqualTo(data());
        assertThat(SessionFolder.header(folder).end()).isEqualTo(SessionEvent.End.PATIENT);
        assertThat(folder.resolve("programme.toml")).hasContent("name = \"short\"\n");
        assertThat(SessionFolder.list(dir.resolve(SessionFiles.SESSIONS))).containsExactly(folder);
    }

    @Test
    void shouldKeepSongsWithTitlesOfAnyKindAndNoTableWithoutMusic() throws IOException {
        SessionData data = Songs.in(
                data(),
                List.of(
                        Songs.song(61, 92.5, Songs.HASH, "Say \"hello\", =1+1"),
                        Songs.song(92.5, 200.000001, "fedcba9876543210", null)));
        Path folder = dir.resolve("music");
        SessionFiles.write(folder, data, "");

        assertThat(SessionFolder.read(folder)).isEqualTo(data);
        assertThat(folder.resolve("songs.csv")).content().contains(",\"Say \"\"hello\"\", =1+1\",");
        SessionFiles.replace(folder, data(), "");
        assertThat(folder.resolve("songs.csv")).doesNotExist();
        assertThat(SessionFolder.read(folder)).isEqualTo(data());
    }

    /** Every format ever written stays readable: this folder was written by a live unit with emulated insoles. */
    @Test
    void shouldReadTheFirstFormat() throws IOException {
        SessionData read = SessionFolder.read(
                Path.of("src/test/resources/dev/entrain/journal/session-format-1"),
                notice -> assertThat(notice).isNull());
        assertThat(read.id()).isEqualTo("cf73e6021fe3");
        assertThat(read.blocks())
                .extracting(SessionData.BlockSpan::kind)
                .containsExactly(Block.Kind.BASELINE, Block.Kind.MATCH, Block.Kind.MATCH);
        assertThat(read.steps()).hasSize(49);
        assertThat(read.cues()).hasSize(21);
        assertThat(read.events().getLast().end()).isEqualTo(SessionEvent.End.COMPLETED);
    }

    @Test
    void shouldNameFileLineExpectationAndAdviceOfADamagedRow() throws IOException {
        Path folder = written();
        Files.writeString(folder.resolve("steps.csv"), "time_s,foot,confidence\n1.000000,X,0.5\n");

        assertThatThrownBy(() -> SessionFolder.read(folder))
                .isInstanceOf(SessionException.class)
                .hasMessageContainingAll("steps.csv:2", "foot is 'X'", "expected L or R", "correct or remove");
    }

    @Test
    void shouldNameAMissingFileAndAnUnknownFormat() throws IOException {
        Path folder = written();
        Files.delete(folder.resolve("cues.csv"));
        assertThatThrownBy(() -> SessionFolder.read(folder)).hasMessageContainingAll("cues.csv: missing", "copy");

        Files.writeString(folder.resolve("session.json"), "{\"format\": 9}");
        assertThatThrownBy(() -> SessionFolder.read(folder)).hasMessageContainingAll("format is 9", "expected 1");
        assertThatThrownBy(() -> SessionFolder.read(dir)).hasMessageContaining("no session.json");
    }

    @ParameterizedTest
    @CsvSource({
        "ab12, ../../x, id",
        "ab12, '', id",
        "short, a/b, programme",
        "stroke, <b>, condition",
        "stroke, UPPER, condition"
    })
    void shouldRefuseAHeaderWhoseWordsCouldBePathsOrMarkup(String right, String wrong, String field)
            throws IOException {
        Path folder = written();
        Path header = folder.resolve("session.json");
        Files.writeString(header, Files.readString(header).replace("\"" + right + "\"", "\"" + wrong + "\""));

        assertThatThrownBy(() -> SessionFolder.read(folder))
                .isInstanceOf(SessionException.class)
                .hasMessageContainingAll("session.json: " + field + " is \"" + wrong, "expected", "copy");
    }

    @Test
    void shouldNeverOverwriteASession() throws IOException {
        Path folder = written();

        assertThatThrownBy(() -> SessionFiles.write(folder, data(), "name = \"other\"\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(folder.toString(), "a session already", "--out", "remove");
        assertThat(folder.resolve("programme.toml")).hasContent("name = \"short\"\n");
    }

    @Test
    void shouldLeaveOutATornLastLineAndSaySo() throws IOException {
        Path folder = written();
        Files.writeString(folder.resolve("steps.csv"), "2.450000,L,0.9", StandardOpenOption.APPEND);
        List<String> notices = new ArrayList<>();

        SessionData read = SessionFolder.read(folder, notices::add);

        assertThat(read.steps()).isEqualTo(data().steps());
        assertThat(notices).singleElement().asString().contains("steps.csv:4", "not finished");
    }
}
