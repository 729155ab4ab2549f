package dev.entrain.music.tune;

import java.util.ArrayList;
import java.util.List;

/** A piece while it is written: sections one after another, and what each instrument plays in them. Not thread-safe. */
final class Arrangement {
    private final double bpm;
    private final int beatsPerBar;
    private final List<Chord> chords = new ArrayList<>();
    private final List<Track> tracks = new ArrayList<>();

    Arrangement(double bpm, int beatsPerBar) {
        this.bpm = bpm;
        this.beatsPerBar = beatsPerBar;
    }

    /** Appends a section with this harmony, see {@link Notation#chords}. */
    Section section(String harmony) {
        Section section = new Section(chords.size(), Notation.chords(harmony, beatsPerBar));
        chords.addAll(section.chords());
        return section;
    }

    /** Adds an instrument, see {@link Line}. */
    Track track(String stem, double gainDb, double send, Instrument instrument) {
        Track track = new Track(stem, gainDb, send, instrument, beatsPerBar);
        tracks.add(track);
        return track;
    }

    Score score() {
        return new Score(
                bpm, beatsPerBar, chords, tracks.stream().map(Track::line).toList());
    }
}
