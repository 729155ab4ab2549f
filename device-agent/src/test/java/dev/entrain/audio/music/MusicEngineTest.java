package dev.entrain.audio.music;

import static org.assertj.core.api.Assertions.assertThat;

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
}
