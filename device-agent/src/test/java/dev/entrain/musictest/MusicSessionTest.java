package dev.entrain.musictest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.music.MusicSettings;
import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.closedloop.ClosedLoop;
import dev.entrain.closedloop.LoopOptions;
import dev.entrain.closedloop.LoopResult;
import dev.entrain.config.ProgrammeFile;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.tune.DemoMusic;
import dev.entrain.music.tune.DemoPiece;
import dev.entrain.outcome.SessionData;
import dev.entrain.session.Programme;
import dev.entrain.sim.patient.PatientPresets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short programme of a simulated stroke patient with our own pieces. */
class MusicSessionTest {
    private static final String PROGRAMME = """
            format = 1
            name = "music"
            title = "A short walk with music"
            condition = "stroke"
            session_minutes = 10
            sessions_per_week = 3
            [tempo]
            start_pct = 0
            step_pct = 2
            ceiling_pct = 4
            [[block]]
            kind = "baseline"
            seconds = 60
            [[block]]
            kind = "match"
            minutes = 4
            min_seconds = 200
            cue.policy = "adaptive"
            [[block]]
            kind = "retention"
            seconds = 30
            """;

    @TempDir
    Path dir;

    private Song song(DemoPiece piece) throws Exception {
        Path file = DemoMusic.write(dir, piece, false).place();
        return new Song(
                piece.fileName(),
                piece.title(),
                DemoPiece.ARTIST,
                100,
                -18,
                -2,
                piece.grid(),
                Preference.NEUTRAL,
                file,
                List.of());
    }

    private LoopResult give(Programme programme, List<Song> songs) throws Exception {
        return MusicSession.give(
                PatientPresets.named("stroke"),
                programme,
                LoopOptions.plain(7),
                MusicSettings.DEFAULT,
                songs,
                new SndFileReaders(),
                new SoundTouchStretchers(),
                null);
    }

    @Test
    void shouldPlaySongAfterSongOnTheBeatsOfTheCuedBlockAndChangeNothingOfTheWalk() throws Exception {
        Path file = Files.writeString(dir.resolve("music.toml"), PROGRAMME);
        Programme programme = ProgrammeFile.read(file);
        List<Song> songs = new ArrayList<>();
        songs.add(song(DemoPiece.MORNING_PATH));
        songs.add(song(DemoPiece.OPEN_WINDOW));
        LoopResult result = give(programme, songs);
        assertThat(result.violations()).isEmpty();
        List<SessionData.Song> played = result.data().songs();
        assertThat(played).hasSizeGreaterThanOrEqualTo(2);
        assertThat(played.get(0).facts().hash())
                .isNotEqualTo(played.get(1).facts().hash());
        for (SessionData.Song song : played) {
            assertThat(song.fromS()).isGreaterThan(60);
            assertThat(song.facts().clickedBeats())
                    .as("beats without music of %s", song.facts().beats())
                    .isLessThan(10);
            assertThat(Math.abs(song.facts().stretchMostPct())).isLessThan(13);
        }
        LoopResult without = ClosedLoop.session(PatientPresets.named("stroke"), programme, LoopOptions.plain(7));
        assertThat(without.data().songs()).isEmpty();
        assertThat(without.data().cues()).isEqualTo(result.data().cues());
    }
}
