package dev.entrain.audio.music;

import dev.entrain.music.Song;

/**
 * What plays now.
 *
 * @param song the song; of two that cross, the one that comes
 * @param positionS how far into it, s
 * @param stretchPct how much faster than its own tempo, %
 */
public record NowPlaying(Song song, double positionS, double stretchPct) {}
