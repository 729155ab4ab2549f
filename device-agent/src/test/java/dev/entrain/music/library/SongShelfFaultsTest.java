package dev.entrain.music.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrain.music.MusicException;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.decode.SoundFiles;
import dev.entrain.music.decode.SoundFiles.Kind;
import dev.entrain.music.loudness.LoudnessMeters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cards, sticks and strangers' tags do to a shelf. */
class SongShelfFaultsTest {
    private static final Progress ON = share -> true;

    @TempDir
    Path folder;

    private Path state;
    private SongShelf shelf;
    private SongScan scan;

    @BeforeEach
    void prepare() throws Exception {
        state = Files.createDirectory(folder.resolve("state"));
        shelf = new SongShelf(state, 0);
        scan = new SongScan(new SndFileReaders(), new LoudnessMeters());
    }

    /** Cards rot: one bit must not take the other songs, or the walk. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "preference='LIKEE'",
                "preference=''",
                "duration_s=-4",
                "duration_s=9e999",
                "lufs=9e999",
                "beats=x'3fe0'",
                "beats=x'3ff00000000000003fe0000000000000'",
                "beats=x'7ff80000000000007ff8000000000000'",
                "beats=x'3ff00000000000004202a05f20000000'",
                "beats_per_bar=7",
                "first_downbeat=-1",
                "bpm=9e999",
                "clarity=2",
                "hash='../../etc'"
            })
    void shouldLeaveOutADamagedRowAndNameIt(String damage) throws Exception {
        Song whole = add(song("a.wav", 31, 1)).song();
        Path file = song("b.wav", 31, 2);
        Song rotten = add(file).song();
        shelf.played(rotten.hash(), 7);
        try (SongTable table = SongTable.open(shelf.folder())) {
            table.exec("UPDATE song SET " + damage + " WHERE hash='" + rotten.hash() + "'");
        }
        assertThat(shelf.all()).containsExactly(whole);
        boolean named = !damage.startsWith("hash");
        assertThat(shelf.damaged()).containsExactly(named ? rotten.hash() : "row-2");
        if (named) {
            assertThat(add(file).outcome()).isEqualTo(Added.Outcome.NEW);
            assertThat(shelf.all()).extracting(Song::hash).containsExactly(whole.hash(), rotten.hash());
            assertThat(shelf.lastPlayed()).containsOnlyKeys(rotten.hash());
        } else {
            assertThat(shelf.remove("row-2")).isTrue();
        }
        assertThat(shelf.damaged()).isEmpty();
        assertThat(files(state))
                .extracting(path -> path.getFileName().toString())
                .contains("music");
    }

    @Test
    void shouldTouchNothingOutsideOfTheShelf() throws Exception {
        Song song = add(song("a.wav", 31, 1)).song();
        Path other = Files.writeString(state.resolve("journal.db"), "records");
        try (SongTable table = SongTable.open(shelf.folder())) {
            table.exec("UPDATE file SET place='songs/" + song.hash() + "/../../../journal.db'");
        }
        assertThat(shelf.damaged()).containsExactly(song.hash());
        assertThat(shelf.remove(song.hash())).isTrue();
        assertThat(other).exists();
    }

    @Test
    void shouldBringASongBackFromAFileOfAnotherName() throws Exception {
        Path file = song("a.wav", 31, 1);
        Song song = add(file).song();
        Files.delete(song.file());
        Added back = add(Files.move(file, folder.resolve("a.wave")));
        assertThat(back.outcome()).isEqualTo(Added.Outcome.RESTORED);
        assertThat(shelf.all()).containsExactly(song);

        Song parts = add(parts()).song();
        Files.delete(parts.parts().getLast().file());
        assertThat(shelf.all()).containsExactly(song);
        Path stems = folder.resolve("March.stems");
        Files.move(stems.resolve("2-drums.wav"), stems.resolve("3-drums.wav"));
        assertThat(add(stems).outcome()).isEqualTo(Added.Outcome.RESTORED);
        assertThat(shelf.all()).containsExactlyInAnyOrder(song, parts);
        assertThat(files(shelf.folder().resolve("songs/" + parts.hash() + ".stems")))
                .hasSize(2);
    }

    @Test
    void shouldThrowAwayPartsThatWereNeverPutTogether() throws Exception {
        Path left = Files.createDirectories(shelf.folder().resolve("incoming/parts"));
        Files.writeString(left.resolve("drums.wav"), "half");
        add(parts());
        assertThat(files(shelf.folder().resolve("incoming"))).isEmpty();
        assertThat(files(shelf.folder().resolve("songs")))
                .singleElement()
                .satisfies(parts -> assertThat(files(parts)).hasSize(2));
    }

    @Test
    void shouldAddTheRestOfAFolderThatIsNotAllGood() throws Exception {
        Path stick = Files.createDirectories(folder.resolve("stick"));
        Files.copy(song("a.wav", 31, 1), stick.resolve("a.wav"));
        Files.createSymbolicLink(stick.resolve("again"), stick);
        Files.createSymbolicLink(stick.resolve("gone.wav"), stick.resolve("nowhere.wav"));
        Files.createSymbolicLink(stick.resolve("link.wav"), stick.resolve("a.wav"));
        Path lonely = Files.createDirectory(stick.resolve("Lonely.STEMS"));
        Files.writeString(lonely.resolve("drums.wav"), "x");
        Files.writeString(stick.resolve("new\nline.wav"), "x");
        List<MusicException> refused = new ArrayList<>();
        assertThat(SongSource.in(stick, refused::add))
                .extracting(SongSource::name)
                .containsExactly("a", "link", "new\nline");
        assertThat(refused).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("2 to 16 sound files"));
    }

    @Test
    void shouldNameSongsInPlainTextAndFindThemAsTheyAreTyped() throws Exception {
        float[] strokes = SoundFiles.strokes(22_050, 1, 31, 100, 1);
        Song tagged = add(SoundFiles.write(
                        folder.resolve("x.flac"),
                        Kind.FLAC,
                        22_050,
                        1,
                        strokes,
                        "Ge\u001b[2Jl\nb\u202e",
                        "Z\u2028\u0007"))
                .song();
        assertThat(tagged.title()).isEqualTo("Ge [2Jl b");
        assertThat(tagged.artist()).isEqualTo("Z");
        Song named = add(song("U\u0308bung.wav", 31, 2)).song(); // As a Mac writes it.
        assertThat(named.title()).isEqualTo("\u00dcbung");
        assertThat(shelf.find("\u00fcbung")).contains(named);
        assertThat(shelf.find("U\u0308BUNG")).contains(named);
        assertThat(add(song(" \u200e.wav", 31, 3)).song().title()).isEqualTo("Untitled");
        add(song("Vogel.wav", 31, 4));
        add(song("tanz.wav", 31, 5));
        assertThat(shelf.all())
                .extracting(Song::title)
                .containsExactly("tanz", "\u00dcbung", "Untitled", "Vogel", "Ge [2Jl b");
        Song huge = add(SoundFiles.write(
                        folder.resolve("y.flac"),
                        Kind.FLAC,
                        22_050,
                        1,
                        SoundFiles.strokes(22_050, 1, 31, 100, 6),
                        "\u00e4".repeat(60_000),
                        ""))
                .song();
        assertThat(huge.title()).isEqualTo("\u00e4".repeat(200));
    }

    @Test
    void shouldNotTakeAFolderItMayNotLookIntoForAnEmptyOne() throws Exception {
        Path loop = folder.resolve("loop"); // Root may look everywhere, but not through this.
        Files.createSymbolicLink(loop, loop);
        SongShelf closed = new SongShelf(loop, 0);
        assertThatThrownBy(closed::entries).isInstanceOf(MusicException.class).hasMessageContaining("sudo");
        assertThatThrownBy(() -> closed.prefer("0123456789abcdef", Preference.LIKED))
                .hasMessageContaining("sudo");
    }

    private Path parts() throws Exception {
        Path parts = Files.createDirectory(folder.resolve("March.stems"));
        SoundFiles.write(parts.resolve("2-drums.wav"), Kind.WAV, 44_100, 2, SoundFiles.strokes(44_100, 2, 31, 100, 5));
        SoundFiles.write(parts.resolve("1 bass.wav"), Kind.WAV, 44_100, 1, SoundFiles.tone(44_100, 1, 31, 0.1));
        return parts;
    }

    private Path song(String name, double seconds, long seed) {
        return SoundFiles.write(
                folder.resolve(name), Kind.WAV, 22_050, 1, SoundFiles.strokes(22_050, 1, seconds, 100, seed));
    }

    private Added add(Path file) throws Exception {
        return shelf.add(SongSource.in(file).getFirst(), scan, ON).orElseThrow();
    }

    private static List<Path> files(Path under) throws Exception {
        try (Stream<Path> all = Files.list(under)) {
            return new ArrayList<>(all.toList());
        }
    }
}
