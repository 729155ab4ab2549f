package dev.entrain.music.tune;

import dev.entrain.music.BeatGrid;
import java.util.List;

/**
 * A piece as written. Beat 0 is the first beat of the first bar; tempo does not change.
 *
 * @param bpm beats per minute
 * @param beatsPerBar 3 or 4
 * @param chords the harmony, one for each beat
 * @param lines who plays what
 */
record Score(double bpm, int beatsPerBar, List<Chord> chords, List<Line> lines) {
    /** Silence before the first beat, s. */
    static final double LEAD_S = 0.5;

    /** The last notes fade, s. */
    static final double TAIL_S = 3;

    private static final double MINUTE_S = 60;

    /** Copies the lists. */
    Score {
        chords = List.copyOf(chords);
        lines = List.copyOf(lines);
    }

    /** Returns how many beats the piece has. */
    int beats() {
        return chords.size();
    }

    /** Returns how long some beats last, s. */
    double seconds(double beats) {
        return beats * MINUTE_S / bpm;
    }

    /** Returns the frame on which a moment of the piece sounds; never accumulated. */
    int frame(double beat) {
        return Math.toIntExact(Math.round((LEAD_S + seconds(beat)) * TuneRenderer.RATE_HZ));
    }

    /** Returns the piece's length, frames. */
    int frames() {
        return frame(beats()) + Math.toIntExact(Math.round(TAIL_S * TuneRenderer.RATE_HZ));
    }

    /** Returns the beats as they are in the sound, exact to the frame. */
    BeatGrid grid() {
        double[] beatsS = new double[beats()];
        for (int i = 0; i < beatsS.length; i++) {
            beatsS[i] = (double) frame(i) / TuneRenderer.RATE_HZ;
        }
        return new BeatGrid(beatsS, beatsPerBar, 0, bpm, 0, 1);
    }
}
