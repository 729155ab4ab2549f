package dev.entrain.audio.music;

import dev.entrain.music.Song;
import org.jspecify.annotations.Nullable;

/** Says which song comes next, and hears of those that could not be read. Called on the thread that reads songs, where it may look into files for a while. */
@FunctionalInterface
public interface Playlist {
    /**
     * Returns the next song; null where none fits now, and it is asked again later.
     *
     * @param targetSpm tempo of the beats planned at present, steps per minute
     */
    @Nullable
    Song next(double targetSpm);

    /**
     * Hears what was wrong with a song it gave; beats go on as clicks meanwhile.
     *
     * @param why which file, what is wrong, what to do
     */
    default void fault(String why) {}
}
