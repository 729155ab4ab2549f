package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.music.SongPlayed;
import dev.entrain.audio.music.SongPlayed.Ended;
import org.junit.jupiter.api.Test;

/** A song is walked in step over its pauses. */
class SongWalkTest {
    private static SongPlayed played(String hash, double fromS, long beats, long locked, Ended ended) {
        SongPlayed played = new SongPlayed();
        played.hash = hash;
        played.fromNs = (long) (fromS * 1e9);
        played.toNs = (long) ((fromS + beats * 0.6) * 1e9);
        played.beats = beats;
        played.lockedBeats = locked;
        played.ended = ended;
        return played;
    }

    @Test
    void shouldCountASongThatPausedOnTheWay() {
        SongWalk walk = new SongWalk();

        assertThat(walk.take(played("a", 0, 60, 50, Ended.STOPPED))).isFalse();
        assertThat(walk.take(played("a", 60, 20, 15, Ended.END))).isTrue();
    }

    @Test
    void shouldCountStepsOutOfStepBeforeAPause() {
        SongWalk walk = new SongWalk();
        walk.take(played("a", 0, 60, 10, Ended.STOPPED));

        assertThat(walk.take(played("a", 60, 50, 50, Ended.END))).isFalse();
    }

    @Test
    void shouldBeginAnewWithAnotherSongAndAfterAnEnd() {
        SongWalk walk = new SongWalk();
        walk.take(played("a", 0, 60, 60, Ended.STOPPED));

        assertThat(walk.take(played("b", 60, 20, 20, Ended.END))).isFalse();
        assertThat(walk.take(played("b", 75, 50, 20, Ended.END))).isFalse();
        assertThat(walk.take(played("b", 110, 50, 45, Ended.END))).isTrue();
        assertThat(walk.take(played("b", 150, 60, 60, Ended.SKIPPED))).isFalse();
    }

    @Test
    void shouldForgetWhatWasWalkedLongBefore() {
        SongWalk walk = new SongWalk();
        walk.take(played("a", 0, 60, 60, Ended.STOPPED));

        assertThat(walk.take(played("a", 400, 20, 20, Ended.END))).isFalse();
    }
}
