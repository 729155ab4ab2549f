package dev.entrain.audio.music;

import dev.entrain.music.Song;
import org.jspecify.annotations.Nullable;

/** Says which song comes next. Asked on the thread that reads songs, where it may look into files for a while. */
@FunctionalInterface
public interface Playlist {
    /**
     * Returns the next song; null where none fits now, and it is asked again later.
     *
     * @param targetSpm tempo of the beats planned at present, steps per minute
     */
    @Nullable
    Song next(double targetSpm);
}
