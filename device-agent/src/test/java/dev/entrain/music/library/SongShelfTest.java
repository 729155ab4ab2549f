package dev.entrain.music.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.MusicException;
import dev.entrain.music.Part;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.decode.SoundFiles;
import dev.entrain.music.decode.SoundFiles.Kind;
import dev.entrain.music.loudness.LoudnessMeters;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SongShelfTest {
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

    @Test
    void shouldBeEmptyBeforeTheFirstSongAndMakeNothing() throws Exception {
        assertThat(shelf.all()).isEmpty();
        assertThat(shelf.lastPlayed()).isEmpty();
        assertThat(shelf.find("any")).isEmpty();
        assertThat(shelf.remove("0123456789abcdef")).isFalse();
        assertThat(shelf.prefer("0123456789abcdef", Preference.LIKED)).isFalse();
        assertThat(state.resolve("music")).doesNotExist();
    }

    @Test
    void shouldKeepWhatWasHeardAndFindItAgain() throws Exception {
        Path file = SoundFiles.write(
                folder.resolve("a.flac"),
                Kind.FLAC,
                44_100,
                2,
                SoundFiles.strokes(44_100, 2, 40, 100, 1),
                "Walking",
                "The Feet");
        Added added = add(file);
        assertThat(added.outcome()).isEqualTo(Added.Outcome.NEW);
        Files.delete(file); // The shelf has its own.
        Song song = new SongShelf(state, 0).all().getFirst();
        assertThat(song).isEqualTo(added.song());
        assertThat(song.hash()).matches("[0-9a-f]{16}");
        assertThat(song.title()).isEqualTo("Walking");
        assertThat(song.artist()).isEqualTo("The Feet");
        assertThat(song.durationS()).isEqualTo(40, within(0.01));
        assertThat(song.beats().bpm()).isEqualTo(100, within(1.0));
        assertThat(song.beats().count()).isBetween(60, 68);
        assertThat(song.lufs()).isBetween(-40.0, -10.0);
        assertThat(Files.size(song.file())).isPositive();
        assertThat(shelf.find("walking")).contains(song);
        assertThat(shelf.find(song.hash().substring(0, 6))).contains(song);
        assertThat(shelf.find("feet")).contains(song);
        assertThat(shelf.find("running")).isEmpty();
    }

    @Test
    void shouldTellASongThatIsThereAlready() throws Exception {
        Path file = song("a.wav", 31, 1);
        Song first = add(file).song();
        shelf.prefer(first.hash(), Preference.LIKED);
        Path copy = Files.copy(file, folder.resolve("another name.wav"));
        Added again = add(copy);
        assertThat(again.outcome()).isEqualTo(Added.Outcome.THERE);
        assertThat(again.song().preference()).isEqualTo(Preference.LIKED);
        assertThat(shelf.all()).hasSize(1);
    }

    @Test
    void shouldKeepPreferenceAndWhenItWasPlayed() throws Exception {
        Song song = add(song("a.wav", 31, 1)).song();
        assertThat(shelf.prefer(song.hash(), Preference.NEVER)).isTrue();
        shelf.played(song.hash(), 1_800_000_000L);
        shelf.played("0123456789abcdef", 1); // Removed meanwhile.
        SongShelf other = new SongShelf(state, 0);
        assertThat(other.all().getFirst().preference()).isEqualTo(Preference.NEVER);
        assertThat(other.lastPlayed()).isEqualTo(Map.of(song.hash(), 1_800_000_000L));
    }

    @Test
    void shouldShowASongWhoseFileVanishedAndTakeItBack() throws Exception {
        Path file = song("a.wav", 31, 1);
        Song song = add(file).song();
        shelf.prefer(song.hash(), Preference.LIKED);
        Files.delete(song.file());
        assertThat(shelf.all()).isEmpty();
        assertThat(shelf.find("a")).isEmpty();
        assertThat(shelf.entries()).singleElement().matches(ShelfEntry::missing);
        assertThat(add(file).outcome()).isEqualTo(Added.Outcome.RESTORED);
        assertThat(shelf.all().getFirst().preference()).isEqualTo(Preference.LIKED);
    }

    @Test
    void shouldRemoveASongWithItsFiles() throws Exception {
        Song one = add(song("a.wav", 31, 1)).song();
        Song parts = add(parts()).song();
        assertThat(shelf.remove(one.hash())).isTrue();
        assertThat(shelf.remove(parts.hash())).isTrue();
        assertThat(shelf.remove(one.hash())).isFalse();
        assertThat(shelf.entries()).isEmpty();
        assertThat(files(shelf.folder().resolve("songs"))).isEmpty();
    }

    @Test
    void shouldTakeAFolderOfPartsAsOneSong() throws Exception {
        Song song = add(parts()).song();
        assertThat(song.title()).isEqualTo("March");
        assertThat(song.parts()).extracting(Part::name).containsExactly("bass", "drums");
        assertThat(song.parts()).allSatisfy(part -> assertThat(part.file()).isRegularFile());
        assertThat(song.file()).isEqualTo(song.parts().getFirst().file());
        assertThat(song.beats().bpm()).isEqualTo(100, within(1.0));
        assertThat(shelf.all()).containsExactly(song);
    }

    @Test
    void shouldRefusePartsOfDifferentLength() throws Exception {
        Path parts = Files.createDirectory(folder.resolve("Odd.stems"));
        SoundFiles.write(parts.resolve("a.wav"), Kind.WAV, 22_050, 1, SoundFiles.strokes(22_050, 1, 31, 100, 1));
        SoundFiles.write(parts.resolve("b.wav"), Kind.WAV, 22_050, 1, SoundFiles.tone(22_050, 1, 20, 0.1));
        assertThatThrownBy(() -> add(parts)).isInstanceOf(MusicException.class).hasMessageContaining("same length");
        assertThat(shelf.entries()).isEmpty();
    }

    @Test
    void shouldFindTheMusicOfAFolderAndNothingElse() throws Exception {
        Path music = Files.createDirectories(folder.resolve("stick/Album"));
        Files.writeString(music.resolve("cover.txt"), "x");
        Files.writeString(music.resolve("._b.mp3"), "x");
        Files.writeString(music.resolve("b.MP3"), "x");
        Files.writeString(folder.resolve("stick/a.m4a"), "x");
        Path parts = Files.createDirectory(music.resolve("C.stems"));
        Files.writeString(parts.resolve("2-drums.wav"), "x");
        Files.writeString(parts.resolve("bass.wav"), "x");
        List<SongSource> found = SongSource.in(folder.resolve("stick"));
        assertThat(found).extracting(SongSource::name).containsExactly("C", "b", "a");
        assertThat(found.getFirst().files()).hasSize(2);
        assertThatThrownBy(() -> SongSource.in(Files.createDirectory(folder.resolve("none"))))
                .hasMessageContaining("holds no music");
        assertThatThrownBy(() -> SongSource.in(folder.resolve("nowhere"))).hasMessageContaining("no such file");
    }

    @Test
    void shouldSurviveWhatSongsComeAs() throws Exception {
        write("eight.wav", Kind.WAV, 8_000, 1, 31);
        write("high.wav", Kind.WAV_24, 96_000, 1, 31);
        Song silent = add(SoundFiles.write(
                        folder.resolve("silence.flac"), Kind.FLAC, 44_100, 2, new float[2 * 44_100 * 31]))
                .song();
        assertThat(silent.lufs()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(silent.beats()).isEqualTo(BeatGrid.NONE);
        assertThat(Suitability.of(silent).reasons()).contains("silent");
        assertThat(Suitability.of(add(folder.resolve("eight.wav")).song()).verdict())
                .isEqualTo(Suitability.Verdict.YES);
        assertThat(Suitability.of(add(folder.resolve("high.wav")).song()).verdict())
                .isEqualTo(Suitability.Verdict.YES);
        assertThat(new SongShelf(state, 0).all()).hasSize(3);
    }

    @Test
    void shouldTellALongBeginningWithoutABeat() throws Exception {
        float[] sound = SoundFiles.tone(22_050, 1, 70, 0.05);
        float[] strokes = SoundFiles.strokes(22_050, 1, 50, 110, 3);
        System.arraycopy(strokes, 0, sound, 20 * 22_050, strokes.length);
        Song song = add(SoundFiles.write(folder.resolve("intro.wav"), Kind.WAV, 22_050, 1, sound))
                .song();
        assertThat(song.beats().beatS(0)).isBetween(16.0, 21.0);
        Suitability suitability = Suitability.of(song);
        assertThat(suitability.verdict()).isEqualTo(Suitability.Verdict.PARTLY);
        assertThat(suitability.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("long beginning without a beat"));
    }

    @Test
    void shouldTakeADamagedSongAsFarAsItGoesAndSaySo() throws Exception {
        Path file = write("cut.flac", Kind.FLAC, 44_100, 1, 60);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
        Added added = add(file);
        assertThat(added.note()).contains("damaged or cut off");
        assertThat(added.song().durationS()).isBetween(31.0, 50.0);
        assertThat(shelf.entries().getFirst().note()).isEqualTo(added.note());
    }

    @Test
    void shouldKeepNothingOfASongThatWasStopped() throws Exception {
        Path file = song("a.wav", 31, 1);
        for (double until : new double[] {0.01, 0.5, 0.98}) {
            assertThat(shelf.add(SongSource.in(file).getFirst(), scan, share -> share < until))
                    .isEmpty();
            assertThat(shelf.entries()).isEmpty();
            assertThat(files(shelf.folder().resolve("songs"))).isEmpty();
            assertThat(files(shelf.folder().resolve("incoming"))).isEmpty();
        }
        assertThat(add(file).outcome()).isEqualTo(Added.Outcome.NEW);
    }

    @Test
    void shouldGoOnAfterAKillAsIfNothingHadBeen() throws Exception {
        Path songs = Files.createDirectory(folder.resolve("songs"));
        for (int i = 0; i < 3; i++) {
            SoundFiles.write(
                    songs.resolve(i + ".wav"), Kind.WAV, 44_100, 1, SoundFiles.strokes(44_100, 1, 31, 100 + i, i));
        }
        int before = 0;
        for (double at : new double[] {0.03, 0.6, 0.97}) {
            killAt(at, songs);
            List<Song> kept = shelf.all();
            assertThat(kept.size()).isBetween(before, 3);
            assertThat(kept)
                    .allSatisfy(song -> assertThat(Files.size(song.file())).isEqualTo(2_734_244L));
            before = kept.size();
        }
        for (SongSource source : SongSource.in(songs)) {
            shelf.add(source, scan, ON);
        }
        assertThat(shelf.all()).hasSize(3);
        assertThat(files(shelf.folder().resolve("songs"))).hasSize(3);
        assertThat(files(shelf.folder().resolve("incoming"))).isEmpty();
    }

    private void killAt(double share, Path songs) throws Exception {
        Process process = AdderProcess.start(state, songs);
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = said.readLine();
            while (line != null
                    && (line.equals("whole") || Double.parseDouble(line) < share)) { // Ends with the process.
                line = said.readLine();
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldTellAFullDiskBeforeCopying() throws Exception {
        SongShelf full = new SongShelf(state, Long.MAX_VALUE / 2);
        SongSource source = SongSource.in(song("a.wav", 31, 1)).getFirst();
        assertThatThrownBy(() -> full.add(source, scan, ON))
                .isInstanceOf(MusicException.class)
                .hasMessageContaining("no room")
                .hasMessageContaining("remove songs");
        assertThat(full.entries()).isEmpty();
    }

    @Test
    void shouldLetOneAddAtATimeAndOthersReadMeanwhile() throws Exception {
        Song song = add(song("a.wav", 31, 1)).song();
        try (FileChannel other =
                FileChannel.open(shelf.folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();
            SongSource source = SongSource.in(song("b.wav", 31, 2)).getFirst();
            assertThatThrownBy(() -> shelf.add(source, scan, ON)).hasMessageContaining("another command");
            assertThat(shelf.all()).containsExactly(song);
            shelf.played(song.hash(), 5);
        }
    }

    @Test
    void shouldSayWhatToDoWithADamagedDatabase() throws Exception {
        add(song("a.wav", 31, 1));
        Path file = shelf.folder().resolve("music.db");
        Files.writeString(file, "this is no database at all, it only looks like a file of one".repeat(100));
        assertThatThrownBy(() -> shelf.all())
                .isInstanceOf(MusicException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("entrain music add " + shelf.folder().resolve("songs"));
        Files.delete(file);
        for (SongSource source : SongSource.in(shelf.folder().resolve("songs"))) {
            shelf.add(source, scan, ON);
        }
        assertThat(shelf.all()).hasSize(1);
    }

    @Test
    void shouldHoldAThousandSongs() throws Exception {
        add(song("a.wav", 31, 1));
        double[] beats = new double[400];
        for (int i = 0; i < beats.length; i++) {
            beats[i] = 0.6 * i;
        }
        BeatGrid grid = new BeatGrid(beats, 4, 0, 100, 0.01, 0.9);
        Path any = files(shelf.folder().resolve("songs")).getFirst();
        try (SongTable table = SongTable.open(shelf.folder())) {
            table.exec("PRAGMA synchronous=OFF"); // A thousand waits for the disk would show nothing.
            for (int i = 0; i < 999; i++) {
                String hash = String.format("%016x", i);
                Song song =
                        new Song(hash, "Song " + i, "Artist", 240, -14, -1, grid, Preference.NEUTRAL, any, List.of());
                table.insert(song, List.of("songs/" + any.getFileName()), "", 1);
            }
        }
        assertThat(shelf.all()).hasSize(1000);
        assertThat(shelf.find("Song 77")).get().extracting(Song::title).isEqualTo("Song 77");
        assertThatThrownBy(() -> shelf.find("Artist"))
                .hasMessageContaining("999 songs are called like")
                .hasMessageContaining("and more");
    }

    @Test
    void shouldReadTheFirstVersionOfTheDatabase() throws Exception {
        Files.createDirectories(shelf.folder());
        try (var in = SongShelfTest.class.getResourceAsStream("music-v1.db")) {
            assertThat(in).isNotNull();
            Files.copy(in, shelf.folder().resolve("music.db"));
        }
        ShelfEntry entry = shelf.entries().getFirst();
        assertThat(entry.song().title()).isEqualTo("Walking");
        assertThat(entry.song().artist()).isEqualTo("The Feet");
        assertThat(entry.song().preference()).isEqualTo(Preference.LIKED);
        assertThat(entry.song().beats())
                .isEqualTo(new BeatGrid(new double[] {0.5, 1.0, 1.5, 2.0}, 4, 1, 120, 0.01, 0.8));
        assertThat(entry.song().parts()).extracting(Part::name).containsExactly("bass", "drums");
        assertThat(entry.lastPlayedS()).hasValue(1_800_000_000L);
        assertThat(entry.note()).isEqualTo("odd");
        assertThat(entry.missing()).isTrue();
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

    private Path write(String name, Kind kind, int rateHz, int channels, double seconds) {
        return SoundFiles.write(
                folder.resolve(name), kind, rateHz, channels, SoundFiles.strokes(rateHz, channels, seconds, 100, 4));
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
