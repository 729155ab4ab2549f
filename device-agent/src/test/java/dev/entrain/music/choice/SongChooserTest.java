package dev.entrain.music.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.music.BeatGrid;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.choice.RankedSong.Standing;
import dev.entrain.noise.SeededNoise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SongChooserTest {
    private static final long NOW_S = 1_800_000_000L;
    private static final long HOUR_S = 3600;

    private final SongChooser chooser = new SongChooser(1);

    private static Song song(String hash, double bpm, Preference preference) {
        return song(hash, bpm, preference, 4);
    }

    private static Song song(String hash, double bpm, Preference preference, int beatsPerBar) {
        double[] beatsS = new double[(int) (bpm * 3)];
        for (int i = 0; i < beatsS.length; i++) {
            beatsS[i] = 0.5 + i * 60 / bpm;
        }
        BeatGrid beats = new BeatGrid(beatsS, beatsPerBar, 0, bpm, 0.01, 0.8);
        return new Song(hash, "Song " + hash, "", 182, -18, -3, beats, preference, Path.of(hash), List.of());
    }

    private String best(List<Song> songs, double spm, Map<String, Long> playedS) {
        return chooser.next(songs, spm, playedS, NOW_S)
                .map(ranked -> ranked.song().hash())
                .orElse("none");
    }

    @Test
    void shouldNeverPlayWhatThePatientDoesNotWant() {
        List<Song> songs = List.of(song("a", 100, Preference.NEVER), song("b", 160, Preference.LIKED));
        assertThat(best(songs, 100, Map.of())).isEqualTo("none");
        assertThat(chooser.rank(songs, 100, Map.of(), NOW_S))
                .extracting(RankedSong::standing)
                .containsExactly(Standing.UNFIT, Standing.UNWANTED);
    }

    @Test
    void shouldPreferWhatIsLiked() {
        List<Song> songs = List.of(song("a", 100, Preference.NEUTRAL), song("b", 104, Preference.LIKED));
        assertThat(best(songs, 100, Map.of())).isEqualTo("b");
    }

    @Test
    void shouldPreferWhatIsStretchedLeast() {
        List<Song> songs = List.of(song("a", 110, Preference.NEUTRAL), song("b", 101, Preference.NEUTRAL));
        assertThat(best(songs, 100, Map.of())).isEqualTo("b");
        assertThat(best(songs, 111, Map.of())).isEqualTo("a");
    }

    @Test
    void shouldNotPlayASongTwiceAnHourWhileAnotherFits() {
        List<Song> songs = List.of(song("a", 100, Preference.LIKED), song("b", 111, Preference.NEUTRAL));
        assertThat(best(songs, 100, Map.of("a", NOW_S - HOUR_S + 1))).isEqualTo("b");
        assertThat(best(songs, 100, Map.of("a", NOW_S - HOUR_S))).isEqualTo("a");
    }

    @Test
    void shouldPlayTheOneLongestAgoWhereNothingElseFits() {
        List<Song> songs = List.of(song("a", 100, Preference.LIKED), song("b", 109, Preference.NEUTRAL));
        assertThat(best(songs, 100, Map.of("a", NOW_S - 60, "b", NOW_S - 600))).isEqualTo("b");
    }

    @Test
    void shouldTakeASongOfTheFutureForOneJustPlayed() {
        List<Song> songs = List.of(song("a", 100, Preference.LIKED), song("b", 109, Preference.NEUTRAL));
        assertThat(best(songs, 100, Map.of("a", NOW_S + 1_000_000))).isEqualTo("b");
    }

    @Test
    void shouldPutAWaltzBehind() {
        List<Song> songs = List.of(song("a", 100, Preference.NEUTRAL, 3), song("b", 103, Preference.NEUTRAL));
        assertThat(best(songs, 100, Map.of())).isEqualTo("b");
    }

    @Test
    void shouldGiveTheSameOrderForTheSameSeedWhateverTheOrderOfTheShelf() {
        List<Song> songs = library(60);
        List<Song> turned = songs.reversed();
        assertThat(new SongChooser(5).rank(songs, 96, Map.of(), NOW_S))
                .isEqualTo(new SongChooser(5).rank(turned, 96, Map.of(), NOW_S));
    }

    @Test
    void shouldExplainItself() {
        List<RankedSong> ranking = chooser.rank(
                List.of(
                        song("a", 97, Preference.LIKED),
                        song("b", 50, Preference.NEUTRAL),
                        song("c", 140, Preference.NEUTRAL)),
                100,
                Map.of("b", NOW_S - 72 * HOUR_S),
                NOW_S);
        assertThat(ranking.get(0).why()).isEqualTo("liked; 3 % faster than its own tempo; never played");
        assertThat(ranking.get(1).why()).isEqualTo("at its own tempo, two steps on a beat; played 3 days ago");
        assertThat(ranking.get(2).why()).contains("140 beats a minute are too far from 100 steps");
    }

    @Test
    void shouldKeepItsLawsWithAThousandSongsAllDay() {
        List<Song> songs = library(1000);
        Map<String, Long> playedS = new HashMap<>();
        SeededNoise random = new SeededNoise(9, 0);
        long nowS = NOW_S;
        Set<String> heard = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            double spm = random.uniform(50, 150);
            Optional<RankedSong> next = chooser.next(songs, spm, playedS, nowS);
            Song song = next.orElseThrow().song();
            assertThat(song.preference()).isNotEqualTo(Preference.NEVER);
            assertThat(TempoFit.fits(song.beats().bpm(), spm)).isTrue();
            assertThat(nowS - playedS.getOrDefault(song.hash(), 0L)).isGreaterThanOrEqualTo(HOUR_S);
            playedS.put(song.hash(), nowS);
            heard.add(song.hash());
            nowS += 180;
        }
        assertThat(heard).as("variety").hasSizeGreaterThan(100);
    }

    private static List<Song> library(int count) {
        SeededNoise random = new SeededNoise(2, 0);
        List<Song> songs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Preference preference = Preference.values()[(int) random.uniform(0, 3)];
            songs.add(song(String.format("%016x", i), random.uniform(60, 180), preference));
        }
        return songs;
    }
}
