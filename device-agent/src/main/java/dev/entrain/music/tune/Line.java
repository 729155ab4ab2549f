package dev.entrain.music.tune;

import java.util.List;

/**
 * What one instrument plays in a piece.
 *
 * @param stem the part it belongs to: drums, bass, chords or melody
 * @param gainDb its level in the piece, dB
 * @param send share of it that goes to the reverberation, 0 to 1
 * @param instrument who plays
 * @param notes what; in order of their beats
 */
record Line(String stem, double gainDb, double send, Instrument instrument, List<Note> notes) {
    /** Copies the list. */
    Line {
        notes = List.copyOf(notes);
    }

    /** Returns the level as a factor. */
    double gain() {
        return StrictMath.pow(10, gainDb / 20);
    }
}
