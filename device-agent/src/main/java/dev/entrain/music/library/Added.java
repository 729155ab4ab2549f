package dev.entrain.music.library;

import dev.entrain.music.Song;

/**
 * What became of a song that was to be added.
 *
 * @param outcome in one word
 * @param song as it is on the shelf
 * @param note what is odd about it, a sentence; mostly empty
 */
public record Added(Outcome outcome, Song song, String note) {
    /** What became of it. */
    public enum Outcome {
        /** It is on the shelf now. */
        NEW,
        /** It was there before; nothing changed. */
        THERE,
        /** It was there, but its file had vanished; the file is back. */
        RESTORED
    }
}
