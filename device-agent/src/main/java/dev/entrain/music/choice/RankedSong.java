package dev.entrain.music.choice;

import dev.entrain.music.Song;

/**
 * A song and how it stands for being played next.
 *
 * @param song the song
 * @param standing whether it can be played
 * @param score among songs of one standing, greater is sooner
 * @param why in words, without a full stop
 */
public record RankedSong(Song song, Standing standing, double score, String why) {
    /** Whether a song can be played, the best first. */
    public enum Standing {
        /** Yes. */
        READY,
        /** It fits, but was played within the hour: only if nothing else fits. */
        RECENT,
        /** It can't be stretched to the tempo. */
        UNFIT,
        /** It does not suit walking. */
        UNSUITED,
        /** The patient does not want it. */
        UNWANTED
    }

    /** Returns whether it may be played at all. */
    public boolean playable() {
        return standing == Standing.READY || standing == Standing.RECENT;
    }
}
