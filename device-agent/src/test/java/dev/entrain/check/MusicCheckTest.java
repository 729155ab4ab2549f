package dev.entrain.check;

import static dev.entrain.check.Found.expect;
import static dev.entrain.check.Found.in;

import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.decode.SoundFiles;
import dev.entrain.music.decode.SoundFiles.Kind;
import dev.entrain.music.library.SongScan;
import dev.entrain.music.library.SongShelf;
import dev.entrain.music.library.SongSource;
import dev.entrain.music.loudness.LoudnessMeters;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MusicCheckTest {
    @TempDir
    private Path dir;

    @Test
    void shouldTellLibrariesAndSongs() throws Exception {
        expect(in(new MusicCheck(dir).look(), "music", "libraries"), Verdict.OK, "libsndfile-1.", "");
        expect(in(new MusicCheck(dir).look(), "music", "songs"), Verdict.OK, "none: the beat is a click", "");
        Path song = add("a.wav", 31);
        expect(in(new MusicCheck(dir).look(), "music", "songs"), Verdict.OK, "1 song, 1 can be walked to", "");
        add("b.wav", 5);
        Files.delete(song);
        expect(
                in(new MusicCheck(dir).look(), "music", "songs"),
                Verdict.WARN,
                "2 songs, 0 can be walked to, 1 lost",
                "entrain music list");
        Files.writeString(dir.resolve("music/music.db"), "no database".repeat(1000));
        expect(in(new MusicCheck(dir).look(), "music", "songs"), Verdict.WARN, "is damaged", "add the songs again");
    }

    private Path add(String name, double seconds) throws Exception {
        Path file = SoundFiles.write(
                dir.resolve(name), Kind.WAV, 22_050, 1, SoundFiles.strokes(22_050, 1, seconds, 100, 1));
        return new SongShelf(dir)
                .add(
                        SongSource.in(file).getFirst(),
                        new SongScan(new SndFileReaders(), new LoudnessMeters()),
                        share -> true)
                .orElseThrow()
                .song()
                .file();
    }
}
