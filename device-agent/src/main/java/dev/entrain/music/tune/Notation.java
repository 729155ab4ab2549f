package dev.entrain.music.tune;

import java.util.ArrayList;
import java.util.List;

/** Reads what composers write: melodies as {@code F#5:1.5 E5:.5 -:2}, chords as {@code D | Bm7 | Em7 A7}, drums as a grid. */
final class Notation {
    /** Strength of a note on the first beat of a bar, on another beat, and between beats. */
    private static final double[] STRENGTH = {0.95, 0.85, 0.72};

    private static final int SIXTEENTHS = 4;
    private static final double WHOLE = 1e-9;

    private Notation() {}

    /** Returns the notes of a melody that begins at beat 0; {@code -} is a rest. */
    static List<Note> melody(String text, int beatsPerBar) {
        List<Note> notes = new ArrayList<>();
        double beat = 0;
        for (String word : words(text)) {
            if (word.equals("|")) {
                continue;
            }
            int colon = word.indexOf(':');
            double beats = Double.parseDouble(word.substring(colon + 1));
            String name = word.substring(0, colon);
            if (!name.equals("-")) {
                notes.add(new Note(beat, beats, key(name), strength(beat, beatsPerBar)));
            }
            beat += beats;
        }
        return notes;
    }

    /** Returns the chord of each beat; a bar's chords share it evenly. */
    static List<Chord> chords(String text, int beatsPerBar) {
        List<Chord> chords = new ArrayList<>();
        for (String bar : text.split("\\|", -1)) {
            List<String> names = words(bar);
            for (int beat = 0; beat < beatsPerBar; beat++) {
                chords.add(Chord.of(names.get(beat * names.size() / beatsPerBar)));
            }
        }
        return chords;
    }

    /**
     * Returns the strokes of a drum: one character a sixteenth, {@code X} strong, {@code x} plain, {@code o} soft, anything
     * else none; the pattern is repeated.
     */
    static List<Note> strokes(String pattern, double beats) {
        List<Note> notes = new ArrayList<>();
        int count = Math.toIntExact(Math.round(beats * SIXTEENTHS));
        for (int i = 0; i < count; i++) {
            double strength = switch (pattern.charAt(i % pattern.length())) {
                case 'X' -> 1;
                case 'x' -> 0.75;
                case 'o' -> 0.45;
                default -> 0;
            };
            if (strength > 0) {
                notes.add(new Note((double) i / SIXTEENTHS, 1.0 / SIXTEENTHS, 0, strength));
            }
        }
        return notes;
    }

    /** Returns how strong a note is that begins there. */
    static double strength(double beat, int beatsPerBar) {
        double inBeat = beat - Math.rint(beat);
        if (Math.abs(inBeat) > WHOLE) {
            return STRENGTH[2];
        }
        return Math.rint(beat) % beatsPerBar == 0 ? STRENGTH[0] : STRENGTH[1];
    }

    private static int key(String name) {
        int digit = name.length() - 1;
        int octave = name.charAt(digit) - '0';
        return Chord.OCTAVE * (octave + 1) + Chord.pitchClass(name.substring(0, digit));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
