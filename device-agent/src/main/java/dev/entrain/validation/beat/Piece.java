package dev.entrain.validation.beat;

import dev.entrain.noise.SeededNoise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A piece to be composed: its name says style, course, tempo and seed, and the same name is always the same piece.
 *
 * @param kind style and course of the tempo, the row of the table it belongs to
 * @param bpm tempo at its middle
 * @param beatsPerBar of the style
 */
record Piece(String kind, Style style, TimeCourse.Kind course, double bpm, int beatsPerBar, double looseS, long seed) {
    private static final double LENGTH_S = 45;

    /** A row of the table: a kind of music and the tempos it is played at. */
    private record Kind(
            String name,
            Style style,
            TimeCourse.Kind course,
            int beatsPerBar,
            double low,
            double high,
            double looseMs) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("rock", BandStyle.ROCK, TimeCourse.Kind.STEADY, 4, 84, 152, 2),
            new Kind("rock-drift", BandStyle.ROCK, TimeCourse.Kind.DRIFT, 4, 84, 144, 3),
            new Kind("dance", BandStyle.DANCE, TimeCourse.Kind.STEADY, 4, 110, 140, 0),
            new Kind("ballad", BandStyle.BALLAD, TimeCourse.Kind.STEADY, 4, 60, 88, 3),
            new Kind("reggae", BandStyle.REGGAE, TimeCourse.Kind.STEADY, 4, 64, 96, 3),
            new Kind("swing", BandStyle.SWING, TimeCourse.Kind.STEADY, 4, 100, 180, 5),
            new Kind("swing-drift", BandStyle.SWING, TimeCourse.Kind.DRIFT, 4, 100, 168, 5),
            new Kind("funk", BandStyle.FUNK, TimeCourse.Kind.STEADY, 4, 84, 116, 3),
            new Kind("march", BandStyle.MARCH, TimeCourse.Kind.STEADY, 2, 92, 132, 4),
            new Kind("bossa", BandStyle.LATIN, TimeCourse.Kind.STEADY, 4, 96, 152, 4),
            new Kind("fast", BandStyle.ROCK, TimeCourse.Kind.STEADY, 4, 156, 180, 2),
            new Kind("folk", QuietStyle.FOLK, TimeCourse.Kind.DRIFT, 4, 84, 132, 5),
            new Kind("waltz", QuietStyle.WALTZ, TimeCourse.Kind.STEADY, 3, 84, 180, 4),
            new Kind("waltz-rubato", QuietStyle.WALTZ, TimeCourse.Kind.RUBATO, 3, 96, 150, 5),
            new Kind("six-eight", QuietStyle.COMPOUND, TimeCourse.Kind.STEADY, 2, 60, 84, 4),
            new Kind("piano", QuietStyle.PIANO, TimeCourse.Kind.STEADY, 4, 66, 132, 6),
            new Kind("piano-rubato", QuietStyle.PIANO, TimeCourse.Kind.RUBATO, 4, 66, 116, 6),
            new Kind("strings", QuietStyle.STRINGS, TimeCourse.Kind.STEADY, 4, 66, 120, 8));

    /**
     * Returns the pieces of a part of the set.
     *
     * @param each how many of each kind; their tempos are spread over its range
     * @param firstSeed seed of the first; the parts of a set have none in common
     */
    static List<Piece> of(int each, long firstSeed) {
        List<Piece> pieces = new ArrayList<>();
        for (int k = 0; k < KINDS.size(); k++) {
            Kind kind = KINDS.get(k);
            for (int i = 0; i < each; i++) {
                long seed = firstSeed + i;
                double place = (i + new SeededNoise(seed, 1000 + k).uniform()) / each;
                double bpm = Math.round(kind.low * Math.pow(kind.high / kind.low, place));
                pieces.add(new Piece(
                        kind.name, kind.style, kind.course, bpm, kind.beatsPerBar, kind.looseMs / 1000, 64 * seed + k));
            }
        }
        return pieces;
    }

    String name() {
        return String.format(Locale.ROOT, "%s_%03.0f_%d", kind, bpm, seed);
    }

    /** Writes {@code NAME.mid} and {@code NAME.beats}, whose lines are {@code t_s,place in the bar from 1}. */
    void compose(Path folder) throws IOException {
        SeededNoise noise = new SeededNoise(seed, 0);
        int bars = (int) Math.ceil(LENGTH_S * bpm / 60 / beatsPerBar);
        int beats = bars * beatsPerBar;
        TimeCourse time = new TimeCourse(course, bpm, noise.uniform(0.1, 1.5), beats, noise);
        Sheet sheet = new Sheet(time, noise, looseS);
        Harmony harmony = new Harmony(noise);
        style.players(sheet);
        StringBuilder known = new StringBuilder("t_s,beat\n");
        for (int bar = 0; bar < bars; bar++) {
            style.bar(sheet, harmony, bar, (double) bar * beatsPerBar);
        }
        for (int beat = 0; beat < beats; beat++) {
            known.append(String.format(Locale.ROOT, "%.4f,%d%n", time.timeS(beat), 1 + beat % beatsPerBar));
        }
        MidiFile.write(folder.resolve(name() + ".mid"), sheet);
        Files.write(folder.resolve(name() + ".beats"), known.toString().getBytes(StandardCharsets.UTF_8));
    }
}
