package dev.entrain.audio.music;

import dev.entrain.music.Song;

/**
 * A song ready to be played at a rate.
 *
 * @param song what was asked for
 * @param beats its beats at the output's rate
 * @param parts how many parts its sound comes in, 1 to {@link SongFeed#MOST_PARTS}
 * @param gain factor that brings it to its level
 * @param fromFrame first frame that was read
 */
record LoadedSong(Song song, SongBeats beats, int parts, float gain, long fromFrame) {}
