package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.music.NowPlaying;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.cue.Prompt;
import dev.entrain.health.Counter;
import dev.entrain.journal.SessionFacts;
import dev.entrain.journal.sqlite.JournalReader;
import dev.entrain.journal.sqlite.SqliteJournal;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.library.SongScan;
import dev.entrain.music.library.SongShelf;
import dev.entrain.music.library.SongSource;
import dev.entrain.music.loudness.LoudnessMeters;
import dev.entrain.music.tune.DemoMusic;
import dev.entrain.music.tune.DemoPiece;
import dev.entrain.outcome.SessionData;
import dev.entrain.outcome.SongFacts;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A walk to one of our own pieces: shelf, tracker, choice, player, agent, journal, all real; insoles emulated, in real time. */
class WalkMusicTest {
    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";
    private static final long LONGEST_NS = 40_000_000_000L;
    private static final long ANSWER_NS = 4_000_000_000L;

    @TempDir
    Path dir;

    private AgentConfig config(Path lines, String more) throws Exception {
        return AgentConfig.read(Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = '%s'
                [sensor.right]
                port = '%s'
                [audio]
                output = "wav"
                wav_file = '%s'
                [telemetry]
                enabled = false
                %s
                """.formatted(
                        dir.resolve("state"),
                        lines.resolve("insole-left"),
                        lines.resolve("insole-right"),
                        dir.resolve("live.wav"),
                        more)));
    }

    private LiveAgent agent(AgentConfig config) throws Exception {
        return new LiveAgent(
                new InForce(config, null, 0),
                new ClinicOrders(config, BOOT, List::of),
                "test",
                null,
                NanoClock.SYSTEM,
                WallClock.SYSTEM,
                new RealTime(),
                new Pi4jI2cBuses());
    }

    private static boolean comes(BooleanSupplier what, long withinNs) {
        long untilNs = NanoClock.SYSTEM.nowNs() + withinNs;
        while (!what.getAsBoolean() && NanoClock.SYSTEM.nowNs() - untilNs < 0) {
            LockSupport.parkNanos(10_000_000L);
        }
        return what.getAsBoolean();
    }

    private static String hash(@Nullable NowPlaying song) {
        return song == null ? "" : song.song().hash();
    }

    private static List<Prompt> said(LiveAgent agent) {
        List<Prompt> said = new ArrayList<>();
        SessionStatus session = agent.status().session();
        for (long i = 0; i < session.saidCount(); i++) {
            said.add(session.said(i));
        }
        return said;
    }

    @Test
    @Timeout(120)
    void shouldPlayThePatientsSongOnTheStepsAndKeepWhatBecameOfIt() throws Exception {
        Path made =
                DemoMusic.write(dir.resolve("demo"), DemoPiece.LATE_TRAM, false).place();
        SongShelf shelf = new SongShelf(dir.resolve("state"));
        Song added = shelf.add(
                        SongSource.in(made).getFirst(),
                        new SongScan(new SndFileReaders(), new LoudnessMeters()),
                        share -> true)
                .orElseThrow()
                .song();
        Path lines = Files.createDirectories(dir.resolve("lines"));
        AgentConfig config = config(lines, "[music]\nreward = true\nshare_titles = true\n[goal]\ndistance_m = 3\n");
        LiveAgent agent = agent(config);
        String played;
        try (InsoleEmulator insoles = new InsoleEmulator(
                        LiveAgentTest.walk("stand 1, walk 60", 61), InsoleOptions.in(lines), NanoClock.SYSTEM);
                agent) {
            agent.start();
            insoles.start();
            assertThat(comes(() -> agent.song() != null, LONGEST_NS))
                    .as("a song plays")
                    .isTrue();
            played = hash(agent.song());
            // On a machine that stands still for long the music may be gone for a moment, and a press then means
            // nothing.
            for (int i = 0; i < 4 && !said(agent).contains(Prompt.SONG_LIKED); i++) {
                agent.likeSong();
                comes(() -> said(agent).contains(Prompt.SONG_LIKED), ANSWER_NS);
            }
            assertThat(comes(
                            () -> said(agent).containsAll(List.of(Prompt.SONG_LIKED, Prompt.GOAL_REACHED)), LONGEST_NS))
                    .as("words, but %s", said(agent))
                    .isTrue();
            long cues = agent.counters().get(Counter.CUES_PLAYED);
            assertThat(comes(() -> agent.counters().get(Counter.CUES_PLAYED) > cues + 8, LONGEST_NS))
                    .isTrue();
        }
        assertThat(agent.failed()).isFalse();
        assertThat(agent.audio().worstErrorFrames()).isZero();
        assertThat(played).isEqualTo(added.hash());
        assertThat(shelf.find(added.hash()).orElseThrow().preference()).isEqualTo(Preference.LIKED);
        assertThat(shelf.lastPlayed()).containsKey(added.hash());
        SongFacts song = facts().songs().getFirst().facts();
        assertThat(song.title()).isEqualTo("Late Tram");
        assertThat(song.liked()).isTrue();
        assertThat(song.beats()).isGreaterThan(8);
        assertThat(song.ended()).isEqualTo(SongFacts.Ended.STOPPED);
        assertThat(Math.abs(song.stretchMedianPct())).isLessThan(12);
    }

    @Test
    @Timeout(60)
    void shouldRunWithClicksWhereThereAreNoSongs() throws Exception {
        AgentConfig config = config(Files.createDirectories(dir.resolve("lines")), "");
        try (LiveAgent agent = agent(config)) {
            agent.start();
            agent.anotherSong();
            agent.likeSong();
            assertThat(agent.song()).isNull();
        }
    }

    private SessionData facts() throws Exception {
        try (JournalReader reader =
                SqliteJournal.openReadOnly(dir.resolve("state").resolve(SqliteJournal.FILE))) {
            return SessionFacts.read(reader.sessions().getFirst(), reader::records);
        }
    }
}
