package dev.entrain.cli;

import com.sun.management.ThreadMXBean;
import dev.entrain.audio.Backing;
import dev.entrain.audio.music.MusicPlayer;
import dev.entrain.audio.music.MusicSettings;
import dev.entrain.audio.music.NowPlaying;
import dev.entrain.audio.music.SongPlayed;
import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.music.MusicException;
import dev.entrain.music.Preference;
import dev.entrain.music.Song;
import dev.entrain.music.decode.SndFileReaders;
import dev.entrain.music.library.SongScan;
import dev.entrain.music.library.SongSource;
import dev.entrain.music.loudness.LoudnessMeters;
import dev.entrain.realtime.RealTime;
import dev.entrain.time.NanoClock;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Music under the beats of {@code entrain cue-test}: one file, again and again. */
final class CueTestMusic {
    private final SndFileReaders readers = new SndFileReaders();
    private final Song song;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private @Nullable Counters counters;
    private @Nullable MusicPlayer player;
    private long startedNs;
    private double cpuShare = Double.NaN;

    /**
     * Listens to the file.
     *
     * @throws MusicException if it can't be played or has no beats
     */
    CueTestMusic(Path file) throws MusicException {
        SongScan scan = new SongScan(readers, new LoudnessMeters());
        SongScan.Heard heard = scan.hear(SongSource.in(file).getFirst(), share -> true)
                .orElseThrow(() -> new MusicException(file + " was not listened to"));
        if (heard.beats().count() < 2) {
            throw new MusicException(file + " has no steady beat. Take another piece.");
        }
        song = new Song(
                "0000000000000000",
                heard.title(),
                heard.artist(),
                heard.durationS(),
                heard.lufs(),
                heard.truePeakDb(),
                heard.beats(),
                Preference.NEUTRAL,
                file,
                List.of());
    }

    /** Starts its threads; returns what the audio loop is given. */
    Backing start(Counters counting, RealTime realTime) throws MusicException {
        counters = counting;
        MusicPlayer started = new MusicPlayer(
                MusicSettings.DEFAULT, readers, new SoundTouchStretchers(), tempo -> song, counting, NanoClock.SYSTEM);
        player = started;
        started.start(realTime::liftMusicThread);
        startedNs = NanoClock.SYSTEM.nowNs();
        return started.backing();
    }

    /** Ends them, before the report. */
    void stop() {
        MusicPlayer started = player;
        if (started != null) {
            double seconds = (NanoClock.SYSTEM.nowNs() - startedNs) * 1e-9;
            cpuShare = threads.getThreadCpuTime(started.threadId()) * 1e-9 / seconds;
            started.stop();
        }
    }

    /** Tells how it went. */
    void tell(PrintWriter out) {
        MusicPlayer started = player;
        Counters counted = counters;
        if (started == null || counted == null) {
            return;
        }
        NowPlaying playing = started.playing();
        out.printf(
                Locale.ROOT,
                "Music: '%s' (%.1f beats a minute); the music thread took %.1f %% of a core, the ring ran dry %d times%n",
                song.title(),
                song.beats().bpm(),
                100 * cpuShare,
                counted.get(Counter.MUSIC_STARVED));
        String problem = started.problem();
        if (problem != null) {
            out.println("       " + problem);
        }
        if (playing != null) {
            out.println("       it still played when the report was written");
        }
        for (SongPlayed heard = started.heard().peek();
                heard != null;
                heard = started.heard().peek()) {
            out.printf(
                    Locale.ROOT,
                    "       %d beats, %d of them by clicks alone, stretch %+.1f %%, at most %+.1f %%, ended: %s%n",
                    heard.beats,
                    heard.clickedBeats,
                    heard.stretchMedianPct,
                    heard.stretchMostPct,
                    heard.ended.name().toLowerCase(Locale.ROOT));
            started.heard().release();
        }
    }
}
