package dev.entrain.music.tune;

import dev.entrain.noise.SeededNoise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one instrument plays, written section by section. In patterns one character is an eighth: a dot rests, a dash holds on.
 * Strengths vary a little, as hands do; times do not. Not thread-safe.
 */
final class Track {
    private static final int EIGHTHS = 2;
    private static final double EIGHTH = 0.5;
    private static final int LOWEST_BASS = 28;
    private static final int FIFTH = 7;
    private static final double UNEVEN = 0.08;

    private final String stem;
    private final double gainDb;
    private final double send;
    private final Instrument instrument;
    private final int beatsPerBar;
    private final List<Note> notes = new ArrayList<>();
    private List<Integer> hand = List.of();

    Track(String stem, double gainDb, double send, Instrument instrument, int beatsPerBar) {
        this.stem = stem;
        this.gainDb = gainDb;
        this.send = send;
        this.instrument = instrument;
        this.beatsPerBar = beatsPerBar;
    }

    /** A melody, see {@link Notation#melody}; shifted by some semitones. */
    Track melody(Section section, String text, int semitones) {
        for (Note note : Notation.melody(text, beatsPerBar)) {
            notes.add(note.moved(section.from(), semitones));
        }
        return this;
    }

    /** A bass of roots (1), fifths (5) and octaves (8) of the harmony. */
    Track bass(Section section, String pattern) {
        for (int i = 0; i < EIGHTHS * section.beats(); i++) {
            int root = section.chords().get(i / EIGHTHS).bass(LOWEST_BASS);
            switch (at(pattern, i)) {
                case '1' -> add(section, i, held(pattern, i), root);
                case '5' -> add(section, i, held(pattern, i), root + FIFTH);
                case '8' -> add(section, i, held(pattern, i), root + Chord.OCTAVE);
                default -> {}
            }
        }
        return this;
    }

    /** Whole chords (x) about a key. */
    Track chords(Section section, String pattern, int centre) {
        for (int i = 0; i < EIGHTHS * section.beats(); i++) {
            if (at(pattern, i) == 'x') {
                hand = section.chords().get(i / EIGHTHS).voicing(hand, centre);
                for (int key : hand) {
                    add(section, i, held(pattern, i), key);
                }
            }
        }
        return this;
    }

    /** Broken chords about a key: a digit is the voice, from the lowest (0); voices the chord has not are an octave higher. */
    Track broken(Section section, String pattern, int centre) {
        for (int i = 0; i < EIGHTHS * section.beats(); i++) {
            if (i % EIGHTHS == 0) {
                hand = section.chords().get(i / EIGHTHS).voicing(hand, centre);
            }
            int voice = at(pattern, i) - '0';
            if (voice >= 0 && voice <= 9) {
                int key = hand.get(voice % hand.size()) + Chord.OCTAVE * (voice / hand.size());
                add(section, i, held(pattern, i), key);
            }
        }
        return this;
    }

    /** A drum, see {@link Notation#strokes}. */
    Track strokes(Section section, String pattern) {
        for (Note note : Notation.strokes(pattern, section.beats())) {
            notes.add(note.moved(section.from(), 0));
        }
        return this;
    }

    Line line() {
        SeededNoise noise = new SeededNoise(notes.size(), stem.length());
        List<Note> played = new ArrayList<>();
        for (Note note : notes) {
            double strength = note.strength() * (1 - UNEVEN * noise.uniform());
            played.add(new Note(note.beat(), note.beats(), note.midi(), strength));
        }
        played.sort(Comparator.comparingDouble(Note::beat));
        return new Line(stem, gainDb, send, instrument, played);
    }

    private void add(Section section, int eighth, double beats, int key) {
        double beat = section.from() + EIGHTH * eighth;
        notes.add(new Note(beat, beats, key, Notation.strength(beat, beatsPerBar)));
    }

    private static char at(String pattern, int eighth) {
        return pattern.charAt(eighth % pattern.length());
    }

    private static double held(String pattern, int eighth) {
        int count = 1;
        while (count < pattern.length() && at(pattern, eighth + count) == '-') {
            count++;
        }
        return EIGHTH * count;
    }
}
