package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.CueMixer;
import dev.entrain.audio.LinearFrameClock;
import dev.entrain.audio.PlayedCue;
import dev.entrain.audio.music.SongPlayed.Ended;
import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.music.MusicException;
import dev.entrain.music.Song;
import dev.entrain.music.SoundReaders;
import dev.entrain.musictest.FollowRig;
import dev.entrain.musictest.FollowRig.HeardBeat;
import dev.entrain.musictest.KnownPiece;
import dev.entrain.musictest.TempoCourse;
import dev.entrain.musictest.TimedCue;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Songs that end, fail, starve and are silenced, on the walk's own mixer with the system's SoundTouch. */
class MusicPlayerTest {
    private static final int RATE_HZ = FollowRig.RATE_HZ;
    private static final NanoClock STILL = () -> 0;
    private static final List<TimedCue> AT_100 = TempoCourse.of(time -> 100, 90);

    private final List<Boolean> playingWhenLifted = new CopyOnWriteArrayList<>();

    @Test
    void shouldBeSilentFiveMillisecondsAfterSilence() throws MusicException {
        try (FollowRig rig = rig(KnownPiece.smooth(60, 98))) {
            List<TimedCue> cues = new ArrayList<>(until(AT_100, 9.5));
            CueCommand silence = new CueCommand();
            silence.kind = Kind.SILENCE;
            cues.add(new TimedCue(10_000_000_000L, silence));
            rig.run(cues, 9.9, STILL);
            assertThat(rig.player().playing()).isNotNull();
            rig.run(cues, 15, STILL);

            float[] sound = rig.sound();
            int from = (int) (10.055 * RATE_HZ); // Queued 43 ms ahead, a block, the fade.
            assertThat(peak(sound, (int) (9.9 * RATE_HZ), from - RATE_HZ / 50)).isGreaterThan(0.001);
            assertThat(peak(sound, from, sound.length)).isZero();
            assertThat(rig.player().playing()).isNull();
        }
    }

    @Test
    void shouldGoOnWithTheSameSongWhenBeatsComeBackAfterASilence() throws MusicException {
        try (FollowRig rig = rig(KnownPiece.strokes(90, 98))) {
            List<TimedCue> cues = new ArrayList<>(until(AT_100, 9.5));
            CueCommand silence = new CueCommand();
            silence.kind = Kind.SILENCE;
            cues.add(new TimedCue(10_000_000_000L, silence));
            AT_100.stream().filter(cue -> cue.command().onsetNs > 15e9).forEach(cues::add);
            rig.run(cues, 30, STILL);

            assertThat(carriedShare(rig, 18, 30)).isEqualTo(1);
            rig.player().close();
            SongPlayed before = Objects.requireNonNull(rig.player().heard().peek());
            assertThat(before.title).isEqualTo("song 0");
            assertThat(before.ended).isEqualTo(Ended.STOPPED);
            assertThat(before.beats).isBetween(10L, 17L);
            assertThat(before.toNs).isBetween(9_800_000_000L, 10_200_000_000L);
            rig.player().heard().release();
            SongPlayed after = Objects.requireNonNull(rig.player().heard().peek());
            assertThat(after.title).isEqualTo("song 0");
            assertThat(after.fromNs).isGreaterThan(14_900_000_000L);
            assertThat(after.beats).isGreaterThan(18);
        }
    }

    @Test
    void shouldTellTheSameBeatsByClicksWhileTheReaderStarves() throws MusicException {
        try (FollowRig rig = rig(KnownPiece.strokes(90, 101))) {
            rig.run(AT_100, 5, STILL);
            rig.reading(false);
            rig.run(AT_100, 25, STILL);
            assertThat(rig.counters().get(Counter.MUSIC_STARVED)).isEqualTo(1);
            assertThat(carriedShare(rig, 20, 25)).isZero();
            rig.reading(true);
            rig.run(AT_100, 40, STILL);

            assertThat(carriedShare(rig, 28, 40)).isEqualTo(1);
            // The last may still be held back by the limiter.
            assertThat(rig.counters().get(Counter.CUES_PLAYED))
                    .isGreaterThanOrEqualTo(rig.beats().size() - 1);
            assertThat(rig.counters().get(Counter.CUES_LATE)).isZero();
            float[] sound = rig.sound();
            for (HeardBeat beat : rig.beats()) {
                int at = (int) beat.frame();
                if (!beat.carried() && at + RATE_HZ / 10 < sound.length) {
                    assertThat(peak(sound, at, at + RATE_HZ / 20))
                            .as("beat at %d", at)
                            .isGreaterThan(0.03);
                }
            }
        }
    }

    @Test
    void shouldCrossToTheNextSongOnTheBeatWhenOneEnds() throws MusicException {
        KnownPiece first = KnownPiece.strokes(40, 97);
        KnownPiece second = KnownPiece.strokes(60, 103);
        try (FollowRig rig = rig(first, second)) {
            rig.run(AT_100, 60, STILL);

            assertThat(carriedShare(rig, 4, 60)).isEqualTo(1);
            SongPlayed played = Objects.requireNonNull(rig.player().heard().peek());
            assertThat(played.title).isEqualTo("song 0");
            assertThat(played.ended).isEqualTo(Ended.END);
            assertThat(played.clickedBeats).isEqualTo(1); // The first, on which it grows.
            assertThat(played.stretchMedianPct).isBetween(2.5, 3.7);
            assertThat(Objects.requireNonNull(rig.player().playing()).song().title())
                    .isEqualTo("song 1");
        }
    }

    @Test
    void shouldSkipWhenAsked() throws MusicException {
        try (FollowRig rig = rig(KnownPiece.strokes(90, 97), KnownPiece.strokes(90, 103))) {
            rig.run(AT_100, 10, STILL);
            rig.player().like();
            rig.player().locked(true);
            rig.player().skip();
            rig.run(AT_100, 25, STILL);

            SongPlayed played = Objects.requireNonNull(rig.player().heard().peek());
            assertThat(played.ended).isEqualTo(Ended.SKIPPED);
            assertThat(played.liked).isTrue();
            assertThat(played.lockedBeats).isBetween(5L, played.beats - 5);
            assertThat(carriedShare(rig, 4, 25)).isEqualTo(1);
            assertThat(Objects.requireNonNull(rig.player().playing()).song().title())
                    .isEqualTo("song 1");
        }
    }

    @Test
    void shouldLeaveASongThatTheBeatsHaveLeftBehind() throws MusicException {
        List<TimedCue> cues = TempoCourse.of(time -> time < 10 ? 105 : 105 + Math.min(25, 2 * (time - 10)), 40);
        try (FollowRig rig = rig(KnownPiece.strokes(90, 100))) {
            rig.run(cues, 35, STILL);

            assertThat(Objects.requireNonNull(rig.player().heard().peek()).ended)
                    .isEqualTo(Ended.TEMPO);
            assertThat(rig.player().playing()).isNull();
            assertThat(carriedShare(rig, 25, 35)).isZero();
        }
    }

    @Test
    void shouldSoonLeaveASongWhereTheTempoJumps() throws MusicException {
        List<TimedCue> cues = TempoCourse.of(time -> time < 10 ? 100 : 140, 40);
        try (FollowRig rig = rig(KnownPiece.strokes(90, 100))) {
            rig.run(cues, 20, STILL);

            SongPlayed played = Objects.requireNonNull(rig.player().heard().peek());
            assertThat(played.ended).isEqualTo(Ended.TEMPO);
            assertThat(played.toNs).isLessThan(11_700_000_000L); // Two beats off, one to fade.
            assertThat(rig.player().playing()).isNull();
        }
    }

    @Test
    void shouldLeaveThinnedBeatsToClicksAndComeBack() throws MusicException {
        List<TimedCue> cues = new ArrayList<>();
        for (TimedCue cue : AT_100) {
            double at = cue.command().onsetNs * 1e-9;
            if (at < 10 || at > 20 || cue.command().cueId % 2 == 0) {
                cues.add(cue);
            }
        }
        try (FollowRig rig = rig(KnownPiece.strokes(90, 100))) {
            rig.run(cues, 30, STILL);

            assertThat(carriedShare(rig, 4, 9)).isEqualTo(1);
            assertThat(carriedShare(rig, 13, 20)).isZero();
            assertThat(carriedShare(rig, 24, 30)).isEqualTo(1);
        }
    }

    @Test
    void shouldComeBackOnABeatAfterTheStreamBroke() throws MusicException {
        try (FollowRig rig = rig(KnownPiece.strokes(90, 100))) {
            rig.run(AT_100, 10, STILL);
            rig.player().backing().restart();
            rig.run(AT_100, 20, STILL);

            assertThat(carriedShare(rig, 12.5, 20)).isEqualTo(1);
            assertThat(rig.counters().get(Counter.MUSIC_STARVED)).isZero();
        }
    }

    @Test
    void shouldFallSilentWhereClicksAloneAreWanted() throws MusicException {
        try (FollowRig rig = rig(KnownPiece.strokes(90, 100))) {
            rig.run(AT_100, 10, STILL);
            rig.player().clicksOnly(true);
            rig.run(AT_100, 20, STILL);
            rig.player().clicksOnly(false);
            rig.run(AT_100, 30, STILL);

            assertThat(carriedShare(rig, 12.5, 20)).isZero();
            assertThat(carriedShare(rig, 23.5, 30)).isEqualTo(1);
        }
    }

    @Test
    void shouldLeaveASongThatIsNeverReadInTime() throws MusicException {
        try (FollowRig rig = rig(KnownPiece.strokes(200, 100), KnownPiece.strokes(90, 101))) {
            rig.run(AT_100, 5, STILL);
            for (double at = 5; rig.player().heard().peek() == null && at < 85; at += 0.5) {
                // A card that gives 2 s of the song in 8 s: at each turn as much as there is room for, then nothing.
                rig.reading(at % 20 < 0.5);
                rig.run(AT_100, at, STILL);
            }

            assertThat(Objects.requireNonNull(rig.player().heard().peek()).ended)
                    .isEqualTo(Ended.FAULT);
            assertThat(rig.counters().get(Counter.CUES_LATE)).isZero();
        }
    }

    @Test
    void shouldPlayAndStopWithThreadsOfItsOwn() throws MusicException {
        KnownPiece piece = KnownPiece.strokes(90, 100);
        MusicPlayer player = playWithThreads(file -> piece.open());
        player.stop();

        assertThat(Objects.requireNonNull(player.heard().peek()).ended).isEqualTo(Ended.STOPPED);
        assertThat(player.playing()).isNull();
        assertThat(playingWhenLifted)
                .as("whether a song sounded when its thread was lifted above the others")
                .containsExactly(true);
    }

    @Test
    void shouldTellWhatWasPlayedWhereTheCardHangsAtTheEnd() throws MusicException {
        KnownPiece piece = KnownPiece.strokes(90, 100);
        CountDownLatch answer = new CountDownLatch(1);
        MusicPlayer player = playWithThreads(file -> new Failing(piece.open(), 8 * RATE_HZ) {
            @Override
            void fail() {
                boolean answered = false;
                while (!answered) {
                    try {
                        answer.await();
                        answered = true;
                    } catch (InterruptedException e) {
                        // A card that hangs is not to be interrupted.
                    }
                }
            }
        });
        player.stop();

        assertThat(Objects.requireNonNull(player.heard().peek()).ended).isEqualTo(Ended.STOPPED);
        answer.countDown();
    }

    /** Plays until music is heard. */
    private MusicPlayer playWithThreads(SoundReaders readers) throws MusicException {
        KnownPiece piece = KnownPiece.strokes(90, 100);
        long[] nowNs = {0};
        Counters counters = new Counters();
        MusicPlayer player = new MusicPlayer(
                MusicSettings.DEFAULT,
                readers,
                new SoundTouchStretchers(),
                spm -> piece.song("song", -20),
                counters,
                () -> nowNs[0]);
        CueMixer mixer = new CueMixer(
                AudioConfig.DEFAULT, RATE_HZ, counters, new SlotRing<>(2, PlayedCue::new), player.backing());
        LinearFrameClock clock = new LinearFrameClock(0, RATE_HZ);
        float[] block = new float[2 * FollowRig.BLOCK];
        player.start(() -> playingWhenLifted.add(player.playing() != null));
        int next = 0;
        for (int i = 0; i < 15_000 && player.playing() == null; i++) {
            while (AT_100.get(next).atNs() <= clock.timeNsOf(mixer.nextFrame()) - 43_000_000L) {
                mixer.apply(AT_100.get(next++).command());
            }
            mixer.render(block, FollowRig.BLOCK, clock);
            mixer.confirmWritten();
            LockSupport.parkNanos(1_000_000L); // The threads' turn; five times faster than a card.
        }
        assertThat(player.playing()).isNotNull();
        return player;
    }

    private static FollowRig rig(KnownPiece... pieces) throws MusicException {
        SoundReaders readers =
                file -> pieces[
                        Math.min(
                                pieces.length - 1,
                                Integer.parseInt(file.toString().substring(5)))].open();
        List<Song> songs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            songs.add(pieces[Math.min(i, pieces.length - 1)].song("song " + i, -20));
        }
        return new FollowRig(MusicSettings.DEFAULT, readers, new SoundTouchStretchers(), inTurn(songs));
    }

    private static Playlist inTurn(List<Song> songs) {
        List<Song> left = new ArrayList<>(songs);
        return spm -> left.isEmpty() ? null : left.removeFirst();
    }

    private static List<TimedCue> until(List<TimedCue> cues, double seconds) {
        return cues.stream()
                .filter(cue -> cue.command().onsetNs < seconds * 1e9)
                .toList();
    }

    private static double carriedShare(FollowRig rig, double fromS, double toS) {
        List<HeardBeat> within = rig.beats().stream()
                .filter(beat -> beat.frame() >= fromS * RATE_HZ && beat.frame() < toS * RATE_HZ)
                .toList();
        assertThat(within).isNotEmpty();
        return (double) within.stream().filter(HeardBeat::carried).count() / within.size();
    }

    private static double peak(float[] sound, int from, int to) {
        double peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(sound[i]));
        }
        return peak;
    }
}
