package dev.entrain.music.tune;

import java.util.List;

/**
 * A stretch of a piece: a verse, a chorus.
 *
 * @param from its first beat
 * @param chords the harmony, one for each beat
 */
record Section(int from, List<Chord> chords) {
    /** Copies the list. */
    Section {
        chords = List.copyOf(chords);
    }

    int beats() {
        return chords.size();
    }
}
