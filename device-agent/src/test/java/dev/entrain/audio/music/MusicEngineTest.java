package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.music.SongPlayed.Ended;
import dev.entrain.health.Counter;
import dev.entrain.music.MusicException;
import dev.entrain.musictest.KnownPiece;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the music thread does where its neighbours break, change or fail, deck by deck. */
class MusicEngineTest {
    @Test
    void shouldTellABeatByAClickWhoseMusicWasLostWithTheStream() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.strokes(90, 100))) {
            rig.run(10.17); // 30 ms before a beat: its music is made.
            assertThat(rig.carried.getLast()).isTrue();
            int before = rig.carried.size();
            rig.outlet.restart();
            rig.run(0.1);

            assertThat(rig.carried).hasSize(before + 1);
            assertThat(rig.carried.getLast()).isFalse();
        }
    }

    @Test
    void shouldCarryBeatsAgainAfterTheOutputCameBackAtAnotherRate() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.strokes(90, 100))) {
            rig.run(10);
            rig.rate(44_100);
            rig.run(10);

            assertThat(rig.carried.subList(rig.carried.size() - 8, rig.carried.size()))
                    .containsOnly(true);
        }
    }

    @Test
    void shouldGoOnWithASlowSongInPartsWhereItsNextBarIsFartherThanIsKept() throws MusicException {
        // Two steps a beat: a bar is 4.3 s, of four parts 2.7 s are kept.
        try (EngineRig rig = new EngineRig(112, KnownPiece.strokes(200, 56))) {
            rig.parts = 4;
            rig.run(20);
            rig.outlet.silence();
            rig.run(1);
            for (int i = 0; i < 4; i++) { // Wherever in a bar it was left.
                rig.outlet.restart();
                rig.run(9.1);

                assertThat(rig.carried.getLast()).isTrue();
            }
        }
    }

    @Test
    void shouldKeepBothSongsOnTheBeatsWhereOneIsReadLateWhileTheyCross() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.strokes(300, 100), KnownPiece.smooth(300, 100))) {
            rig.run(10);
            int comes = rig.leading() == rig.decks[0] ? 1 : 0;
            rig.most[comes] = 2 * 48_000;
            rig.engine.controls().skip();
            SongFeed feed = rig.decks[comes].feed();
            while (!rig.crossing() || feed.available(rig.decks[comes].songNext()) >= Stretcher.MOST_PUT) {
                rig.block();
            }
            rig.run(0.04); // Within what is made ahead.
            rig.most[comes] = Long.MAX_VALUE;
            rig.run(1.5);

            assertThat(rig.crossing()).isTrue();
            assertThat(rig.counters.get(Counter.MUSIC_STARVED)).isZero();
            assertThat(rig.strokeAfterBeat(rig.nowNs() * 1e-9 - 0.8)).isBetween(-0.01, 0.015);
        }
    }

    @Test
    void shouldGrowOverTwoBeatsWhenItBeginsAlone() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.smooth(90, 100))) {
            rig.run(10);
            double begins = rig.firstSoundS();

            double whole = rig.rms(begins + 2, begins + 3);
            assertThat(rig.rms(begins, begins + 0.2)).isLessThan(0.2 * whole);
            assertThat(rig.rms(begins + 0.5, begins + 0.7)).isBetween(0.5 * whole, 0.85 * whole);
            assertThat(rig.rms(begins + 1.2, begins + 1.4)).isGreaterThan(0.95 * whole);
        }
    }

    @Test
    void shouldBeginAsBareAsTheArrangementIsWanted() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.smooth(90, 100))) {
            rig.parts = 2;
            rig.engine.controls().open(0);
            rig.run(20);
            double begins = rig.firstSoundS();

            double bare = rig.rms(18, 19);
            assertThat(rig.rms(begins + 1.3, begins + 1.6)).isBetween(0.9 * bare, 1.1 * bare);
            rig.engine.controls().skip();
            rig.run(15);
            assertThat(rig.orders).isEqualTo(2);
            for (double at = 20; at < 34; at += 0.5) {
                assertThat(rig.rms(at, at + 0.5)).as("at %s s", at).isLessThan(1.5 * bare);
            }
        }
    }

    @Test
    void shouldForgetAtAStopWhatWasWantedBefore() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.strokes(300, 100))) {
            rig.run(10);
            rig.engine.controls().skip();
            rig.block();
            rig.outlet.silence();
            rig.run(20);

            assertThat(rig.title()).isEqualTo("song 1");
            assertThat(rig.orders).isEqualTo(2);
            SongPlayed played = Objects.requireNonNull(rig.engine.heard().peek());
            assertThat(played.ended).isEqualTo(Ended.SKIPPED);
            assertThat(played.toNs).isBetween(9_900_000_000L, 10_200_000_000L);
        }
    }

    @Test
    void shouldKeepTheSongThatComesWhenTheOneThatGoesIsReadTooLate() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.strokes(300, 100))) {
            rig.run(10);
            int goes = rig.leading() == rig.decks[0] ? 0 : 1;
            for (int i = 0; i < 3; i++) {
                rig.most[goes] = 0;
                rig.run(13);
                rig.most[goes] = Long.MAX_VALUE;
                rig.run(5);
            }
            assertThat(rig.title()).isEqualTo("song 0");
            rig.most[goes] = 0;
            rig.run(6);
            rig.engine.controls().skip();
            while (rig.decks[goes].starved() < 4 && rig.orders < 3) {
                rig.block();
            }
            rig.run(4);

            assertThat(rig.title()).isEqualTo("song 1");
            assertThat(rig.counters.get(Counter.MUSIC_FAULTS)).isZero();
            assertThat(rig.carried.getLast()).isTrue();
        }
    }

    @Test
    void shouldSkipTheSongThatComesWhileTwoCross() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.strokes(40, 100), KnownPiece.strokes(300, 100))) {
            while (!rig.crossing()) {
                rig.block();
            }
            rig.run(2);
            rig.engine.controls().skip();
            rig.run(15);

            assertThat(rig.title()).isEqualTo("song 2");
            assertThat(Objects.requireNonNull(rig.engine.heard().peek()).ended).isEqualTo(Ended.END);
            rig.engine.heard().release();
            assertThat(Objects.requireNonNull(rig.engine.heard().peek()).ended).isEqualTo(Ended.SKIPPED);
        }
    }

    @Test
    void shouldSkipOnceWhenAskedAgainAsTheNextSongBegins() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.strokes(300, 100))) {
            rig.run(10);
            rig.engine.controls().skip();
            while (!rig.crossing()) {
                rig.block();
            }
            rig.run(0.5);
            rig.engine.controls().skip();
            rig.run(15);

            assertThat(rig.title()).isEqualTo("song 1");
        }
    }

    @Test
    void shouldAskLessAndLessOftenWhereNoSongCanBeOpened() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.strokes(90, 100))) {
            rig.gone = true;
            rig.run(130);
            assertThat(rig.orders).isBetween(6, 8);
            rig.gone = false;
            rig.run(66);

            assertThat(rig.carried.getLast()).isTrue();
        }
    }

    @Test
    void shouldForgetTheSongAndAskForNoneWhileThePatientStandsForLong() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.strokes(300, 100))) {
            rig.run(10);
            rig.cued = false;
            rig.run(2);
            SongPlayed played = Objects.requireNonNull(rig.engine.heard().peek());
            assertThat(played.ended).isEqualTo(Ended.STOPPED);
            assertThat(played.toNs).isLessThan(11_500_000_000L);
            rig.run(100);
            assertThat(rig.orders).isEqualTo(1);
            assertThat(rig.decks[0].song()).isNull();
            assertThat(rig.decks[1].song()).isNull();
            rig.cued = true;
            rig.run(8);

            assertThat(rig.title()).isEqualTo("song 1");
            assertThat(rig.carried.getLast()).isTrue();
        }
    }

    @Test
    void shouldKeepALikeForTheSongItWasMeantFor() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.strokes(300, 100))) {
            rig.run(10);
            rig.engine.controls().skip();
            while (!rig.crossing()) {
                rig.block();
            }
            rig.engine.controls().like("song 0");
            rig.run(10);
            rig.outlet.silence();
            rig.run(1);

            SongPlayed first = Objects.requireNonNull(rig.engine.heard().peek());
            assertThat(first.hash).isEqualTo("song 0");
            assertThat(first.liked).isTrue();
            rig.engine.heard().release();
            SongPlayed second = Objects.requireNonNull(rig.engine.heard().peek());
            assertThat(second.hash).isEqualTo("song 1");
            assertThat(second.liked).isFalse();
        }
    }

    @Test
    void shouldTakeABarsBeginningOnlyOnABeat() {
        SongBeats beats =
                SongBeats.of(KnownPiece.strokes(60, 56).song("song", -20).beats(), 48_000);

        assertThat(beats.downbeat(4)).isTrue();
        assertThat(beats.downbeat(4.1)).isTrue();
        assertThat(beats.downbeat(3.5)).isFalse();
        assertThat(beats.downbeat(4.5)).isFalse();
    }

    @Test
    void shouldFadeWhereAFileBreaksOffWhileTwoCross() throws MusicException {
        try (EngineRig rig = new EngineRig(100, KnownPiece.smooth(300, 100))) {
            rig.parts = 4;
            rig.run(15);
            rig.breaks(rig.leading());
            rig.run(1);
            assertThat(rig.crossing()).isTrue();
            rig.run(9);

            SongPlayed played = Objects.requireNonNull(rig.engine.heard().peek());
            assertThat(played.ended).isEqualTo(Ended.FAULT);
            assertThat(played.toNs).isLessThan(22_000_000_000L);
            assertThat(rig.steepest(15, 25)).isLessThan(1.5 * rig.steepest(10, 15));
        }
    }
}
