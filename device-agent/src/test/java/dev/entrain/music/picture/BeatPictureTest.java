package dev.entrain.music.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.decode.SoundFiles;
import dev.entrain.music.decode.SoundFiles.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeatPictureTest {
    @TempDir
    Path folder;

    @Test
    void shouldMarkEveryBeatOfTheStretchAndTheBars() throws Exception {
        Path file = SoundFiles.write(
                folder.resolve("a.wav"), Kind.WAV, 22_050, 1, SoundFiles.strokes(22_050, 1, 31, 120, 1));
        double[] beats = new double[60];
        for (int i = 0; i < beats.length; i++) {
            beats[i] = 0.5 * i + 0.25;
        }
        Song song = new Song(
                "0123456789abcdef",
                "Rock & Roll",
                "",
                31,
                -20,
                -1,
                new BeatGrid(beats, 4, 2, 120, 0, 1),
                Preference.NEUTRAL,
                file,
                List.of());
        String svg = BeatPicture.svg(song, new SndFileReaders(), 10, 20);
        assertThat(count(svg, "class=\"red thick\"")).isEqualTo(1 + 10); // The legend has one of each.
        assertThat(count(svg, "class=\"red\"")).isEqualTo(1 + 30);
        assertThat(count(svg, "<polygon")).isEqualTo(4);
        assertThat(svg).contains("Rock &amp; Roll").contains(">0:25<");
        assertThat(BeatPicture.svg(song, new SndFileReaders(), 0, 31)).contains(">end<");
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }
}
