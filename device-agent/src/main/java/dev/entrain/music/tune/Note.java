package dev.entrain.music.tune;

/**
 * One note of a score.
 *
 * @param beat when it begins, beats from the first
 * @param beats how long it is held
 * @param midi pitch, MIDI key number (69 is A4, 440 Hz); for drums without meaning
 * @param strength 0 to 1
 */
record Note(double beat, double beats, int midi, double strength) {
    private static final int A4 = 69;
    private static final double A4_HZ = 440;
    private static final double OCTAVE = 12;

    /** Returns the pitch in equal temperament, Hz. */
    double hz() {
        return A4_HZ * StrictMath.pow(2, (midi - A4) / OCTAVE);
    }

    /** Returns this note later by some beats and higher by some semitones. */
    Note moved(double byBeats, int semitones) {
        return new Note(beat + byBeats, beats, midi + semitones, strength);
    }
}
