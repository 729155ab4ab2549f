package dev.entrain.music;

import java.util.Arrays;

/**
 * The beats of a song, found once when it is added. Immutable: the array is copied on the way in and out, so whoever walks
 * it often keeps the copy.
 *
 * @param beatsS times of the beats, s from the song's first frame, ascending; empty where none were found
 * @param beatsPerBar 2, 3 or 4; 0 where the bar is not known
 * @param firstDownbeat index of the first beat 1 of a bar; 0 where the bar is not known
 * @param bpm median tempo, beats per minute; 0 without beats
 * @param steadiness coefficient of variation of the intervals between beats, a share; 0 is a machine
 * @param clarity how plainly the beats stand out of the sound, 0 (not at all) to 1
 */
@SuppressWarnings("ArrayRecordComponent") // Copied both ways; compared by its content below.
public record BeatGrid(
        double[] beatsS, int beatsPerBar, int firstDownbeat, double bpm, double steadiness, double clarity) {
    /** Of a song without any beat. */
    public static final BeatGrid NONE = new BeatGrid(new double[0], 0, 0, 0, 0, 0);

    /**
     * Keeps a copy of the beats.
     *
     * @throws IllegalArgumentException if the times do not ascend or a figure is outside its range
     */
    public BeatGrid {
        beatsS = beatsS.clone();
        for (int i = 0; i < beatsS.length; i++) {
            if (!(beatsS[i] >= 0) || (i > 0 && !(beatsS[i] > beatsS[i - 1]))) {
                throw new IllegalArgumentException("beats must ascend from 0 s, beat " + i + " is at " + beatsS[i]);
            }
        }
        if (beatsPerBar != 0 && (beatsPerBar < 2 || beatsPerBar > 4)) {
            throw new IllegalArgumentException("beats of a bar must be 0 or 2 to 4, not " + beatsPerBar);
        }
        if (firstDownbeat < 0 || !(bpm >= 0) || !(steadiness >= 0) || !(clarity >= 0 && clarity <= 1)) {
            throw new IllegalArgumentException("first downbeat " + firstDownbeat + ", tempo " + bpm + ", steadiness "
                    + steadiness + ", clarity " + clarity);
        }
    }

    @Override
    public double[] beatsS() {
        return beatsS.clone();
    }

    /** How many beats there are. */
    public int count() {
        return beatsS.length;
    }

    /** Time of beat {@code i}, s from the song's first frame. */
    public double beatS(int i) {
        return beatsS[i];
    }

    /** Whether beat {@code i} is the first of its bar; never where the bar is not known. */
    public boolean downbeat(int i) {
        return beatsPerBar > 0 && Math.floorMod(i - firstDownbeat, beatsPerBar) == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BeatGrid grid
                && Arrays.equals(beatsS, grid.beatsS)
                && beatsPerBar == grid.beatsPerBar
                && firstDownbeat == grid.firstDownbeat
                && Double.compare(bpm, grid.bpm) == 0
                && Double.compare(steadiness, grid.steadiness) == 0
                && Double.compare(clarity, grid.clarity) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(beatsS) + Double.hashCode(bpm);
    }

    @Override
    public String toString() {
        return "BeatGrid[" + beatsS.length + " beats, " + bpm + " bpm]";
    }
}
