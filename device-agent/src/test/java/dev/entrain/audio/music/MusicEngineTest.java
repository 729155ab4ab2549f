package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.health.Counter;
import dev.entrain.music.MusicException;
import dev.entrain.musictest.KnownPiece;
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
}
