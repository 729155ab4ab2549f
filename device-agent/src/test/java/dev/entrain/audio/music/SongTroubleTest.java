package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.music.SongPlayed.Ended;
import dev.entrain.audio.music.soundtouch.SoundTouchStretchers;
import dev.entrain.health.Counter;
import dev.entrain.music.MusicException;
import dev.entrain.music.Song;
import dev.entrain.music.SoundReaders;
import dev.entrain.musictest.FollowRig;
import dev.entrain.musictest.FollowRig.HeardBeat;
import dev.entrain.musictest.KnownPiece;
import dev.entrain.musictest.TempoCourse;
import dev.entrain.musictest.TimedCue;
import dev.entrain.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Songs that cannot be read: beats go on, the next song comes, and what is wrong is told. */
class SongTroubleTest {
    private static final int RATE_HZ = FollowRig.RATE_HZ;
    private static final NanoClock STILL = () -> 0;
    private static final List<TimedCue> AT_100 = TempoCourse.of(time -> 100, 90);

    private final List<String> told = new ArrayList<>();

    @Test
    void shouldGoOnWithAnotherSongWhenAFileIsGoneWhilePlaying() throws MusicException {
        KnownPiece piece = KnownPiece.strokes(90, 99);
        SoundReaders readers =
                file -> file.toString().equals("song 0") ? new Failing(piece.open(), 8 * RATE_HZ) : piece.open();
        try (FollowRig rig =
                new FollowRig(MusicSettings.DEFAULT, readers, new SoundTouchStretchers(), list(piece, 3))) {
            rig.run(AT_100, 40, STILL);

            SongPlayed played = Objects.requireNonNull(rig.player().heard().peek());
            assertThat(played.ended).isEqualTo(Ended.FAULT);
            assertThat(rig.counters().get(Counter.MUSIC_FAULTS)).isEqualTo(1);
            assertThat(carriedShare(rig, 25, 40)).isEqualTo(1);
            // The last may still be held back by the limiter.
            assertThat(rig.counters().get(Counter.CUES_PLAYED))
                    .isGreaterThanOrEqualTo(rig.beats().size() - 1);
            assertThat(told).containsExactly("song 0 can't be read any further: input/output error");
        }
    }

    @Test
    void shouldTakeTheNextSongWhereOneMakesNoSense() throws MusicException {
        KnownPiece piece = KnownPiece.strokes(90, 99);
        SoundReaders readers = file -> {
            if (file.toString().equals("song 0")) {
                throw new IllegalArgumentException("no such rate");
            }
            return piece.open();
        };
        try (FollowRig rig =
                new FollowRig(MusicSettings.DEFAULT, readers, new SoundTouchStretchers(), list(piece, 3))) {
            rig.run(AT_100, 20, STILL);

            assertThat(Objects.requireNonNull(rig.player().playing()).song().title())
                    .isEqualTo("song 1");
            assertThat(told).containsExactly("no such rate");
        }
    }

    @Test
    void shouldTakeTheNextSongWhereOneCannotBeOpened() throws MusicException {
        KnownPiece piece = KnownPiece.strokes(90, 99);
        SoundReaders readers = file -> {
            if (file.toString().equals("song 0")) {
                throw new MusicException("it is gone");
            }
            return piece.open();
        };
        try (FollowRig rig =
                new FollowRig(MusicSettings.DEFAULT, readers, new SoundTouchStretchers(), list(piece, 3))) {
            rig.run(AT_100, 20, STILL);

            assertThat(Objects.requireNonNull(rig.player().heard().peek()).ended)
                    .isEqualTo(Ended.FAULT);
            assertThat(carriedShare(rig, 8, 20)).isEqualTo(1);
            assertThat(told).containsExactly("it is gone");
        }
    }

    private Playlist list(KnownPiece piece, int count) {
        List<Song> left = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            left.add(piece.song("song " + i, -20));
        }
        return new Playlist() {
            @Override
            public @Nullable Song next(double targetSpm) {
                return left.isEmpty() ? null : left.removeFirst();
            }

            @Override
            public void fault(String why) {
                told.add(why);
            }
        };
    }

    private static double carriedShare(FollowRig rig, double fromS, double toS) {
        List<HeardBeat> within = rig.beats().stream()
                .filter(beat -> beat.frame() >= fromS * RATE_HZ && beat.frame() < toS * RATE_HZ)
                .toList();
        assertThat(within).isNotEmpty();
        return (double) within.stream().filter(HeardBeat::carried).count() / within.size();
    }
}
