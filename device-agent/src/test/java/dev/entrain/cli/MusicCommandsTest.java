package dev.entrain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrain.music.MusicException;
import dev.entrain.music.decode.SoundFiles;
import dev.entrain.music.decode.SoundFiles.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code entrain music} as a technician uses it. */
class MusicCommandsTest {
    @TempDir
    Path dir;

    @Test
    void shouldLeadASongFromTheStickToTheShelfAndAway() throws Exception {
        Path stick = Files.createDirectory(dir.resolve("stick"));
        SoundFiles.write(
                stick.resolve("a.flac"),
                Kind.FLAC,
                22_050,
                1,
                SoundFiles.strokes(22_050, 1, 40, 100, 1),
                "Walking",
                "The Feet");
        SoundFiles.write(stick.resolve("b.wav"), Kind.WAV, 22_050, 1, SoundFiles.strokes(22_050, 1, 10, 100, 2));
        Files.writeString(stick.resolve("c.mp3"), "no music");
        assertThat(music(1, "add", stick.toString()))
                .contains("added    Walking, The Feet (")
                .contains("suits walking at 8")
                .contains("does not suit walking: too short: 10 s")
                .contains("c.mp3: is a text")
                .contains("2 added, 0 were there, 1 could not be added; 2 songs in");
        assertThat(music(0, "add", stick.resolve("a.flac").toString())).contains("is on the shelf already");
        assertThat(music(0, "list"))
                .contains("Walking, The Feet")
                .contains("no: too short")
                .contains("2 songs")
                .contains("1 not suited to walking");
        assertThat(music(0, "prefer", "walk", "like")).contains("is played more often");
        assertThat(music(0, "show", "walking"))
                .contains("patient  liked")
                .contains("played   never")
                .contains("walking  suits walking at 8");
        JsonNode list = new ObjectMapper().readTree(music(0, "list", "--json"));
        assertThat(list).hasSize(2);
        JsonNode song = new ObjectMapper().readTree(music(0, "show", "walking", "--json"));
        assertThat(song.path("preference").asText()).isEqualTo("liked");
        assertThat(song.path("beats_s").size()).isEqualTo(song.path("beats").asInt());
        Path picture = dir.resolve("p.svg");
        assertThat(music(0, "picture", "walking", "--out", picture.toString(), "--from", "5", "--for", "10"))
                .contains("Written to");
        assertThat(picture).content().startsWith("<svg").contains("Walking, The Feet");
        assertThat(music(0, "remove", "walking", "b"))
                .contains("Walking, The Feet")
                .contains("is removed.");
        assertThat(music(0, "list")).contains("No songs in").contains("entrain music add FOLDER");
    }

    @Test
    void shouldNameADamagedSongAndSayWhatToDo() throws Exception {
        Path file =
                SoundFiles.write(dir.resolve("a.wav"), Kind.WAV, 22_050, 1, SoundFiles.strokes(22_050, 1, 31, 100, 1));
        assertThat(music(0, "add", file.toString()))
                .contains("These are the first songs")
                .contains("restart entrain-agent");
        assertThat(music(0, "add", file.toString())).doesNotContain("first songs");
        String hash = new ObjectMapper()
                .readTree(music(0, "list", "--json"))
                .path(0)
                .path("hash")
                .asText();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("state/music/music.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE song SET preference='LIKEE'");
        }
        assertThat(music(0, "list")).contains("Damaged in music.db and left out: " + hash);
        assertThat(music(0, "remove", hash)).contains("(damaged) is removed");
        assertThat(music(0, "list")).doesNotContain("Damaged");
    }

    @Test
    void shouldNotTakeAConfigurationItMayNotReadForNone() throws Exception {
        Path loop = dir.resolve("loop"); // Root may read all, but not through this.
        Files.createSymbolicLink(loop, loop);
        assertThatThrownBy(() -> new MusicPlace().shelf(loop.resolve("agent.toml")))
                .isInstanceOf(MusicException.class)
                .hasMessageContaining("type sudo");
        assertThat(new MusicPlace().shelf(dir.resolve("none.toml")).folder()).isEqualTo(Path.of("state/music"));
    }

    @Test
    void shouldSayWhatWasAskedWrongly() throws Exception {
        assertThat(music(1, "show", "none"))
                .contains("no song is called \"none\"")
                .contains("entrain music list");
        assertThat(music(1, "add", dir.resolve("nowhere").toString())).contains("no such file or folder");
        assertThat(run(2, "music")).contains("music needs one of: add, list");
        assertThat(music(2, "prefer", "a", "often")).contains("LIKE");
        Path file =
                SoundFiles.write(dir.resolve("a.wav"), Kind.WAV, 22_050, 1, SoundFiles.strokes(22_050, 1, 31, 100, 1));
        music(0, "add", file.toString());
        assertThat(music(2, "picture", "a", "--out", dir.resolve("no/p.svg").toString()))
                .contains("there is no folder");
        assertThat(music(2, "picture", "a", "--out", dir.resolve("p.svg").toString(), "--from", "99"))
                .contains("--from must be 0 to 31");
        assertThat(run(2, "music", "list", "--config", dir.resolve("none.toml").toString()))
                .contains("none.toml");
    }

    @Test
    void shouldShowASongWhoseFileIsGone() throws Exception {
        Path file =
                SoundFiles.write(dir.resolve("a.wav"), Kind.WAV, 22_050, 1, SoundFiles.strokes(22_050, 1, 31, 100, 1));
        music(0, "add", file.toString());
        try (Stream<Path> songs = Files.list(dir.resolve("state/music/songs"))) {
            Files.delete(songs.findFirst().orElseThrow());
        }
        assertThat(music(0, "list")).contains("FILE MISSING").contains("1 without their file");
        assertThat(music(0, "show", "a")).contains("MISSING, not played");
        assertThat(music(1, "picture", "a", "--out", dir.resolve("p.svg").toString()))
                .contains("is missing");
        assertThat(music(0, "add", file.toString())).contains("back     a (");
    }

    private String music(int status, String command, String... arguments) {
        Stream<String> all = Stream.of(
                        Stream.of("music", command),
                        Arrays.stream(arguments),
                        Stream.of("--state", dir.resolve("state").toString()))
                .flatMap(part -> part);
        return run(status, all.toArray(String[]::new));
    }

    private static String run(int status, String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine line =
                Main.commandLine().setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
        assertThat(line.execute(arguments)).as(said::toString).isEqualTo(status);
        return said.toString();
    }
}
