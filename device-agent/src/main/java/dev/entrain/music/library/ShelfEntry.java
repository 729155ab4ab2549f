package dev.entrain.music.library;

import dev.entrain.music.Song;
import java.util.OptionalLong;

/**
 * A song with what only the shelf knows of it.
 *
 * @param song the song
 * @param missing whether a file of it is not there, so that it is not played
 * @param lastPlayedS when it was last played, s since 1970 by the unit's wall clock; empty for never
 * @param note what was odd when it was added, a sentence; mostly empty
 * @param bytes of its files
 */
public record ShelfEntry(Song song, boolean missing, OptionalLong lastPlayedS, String note, long bytes) {}
