package dev.entrain.validation.beat;

import dev.entrain.noise.SeededNoise;

/** Key, scale and the chords of a piece, bar after bar. */
final class Harmony {
    private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11};
    private static final int[] MINOR = {0, 2, 3, 5, 7, 8, 10};
    private static final int[][] COURSES = {
        {0, 4, 5, 3}, {0, 5, 3, 4}, {0, 3, 0, 4}, {5, 3, 0, 4}, {0, 1, 4, 0}, {0, 0, 3, 4}, {0, 2, 3, 4}, {3, 0, 4, 5}
    };

    private final int root;
    private final int[] scale;
    private final int[] course;
    private final SeededNoise noise;
    private int melody;

    Harmony(SeededNoise noise) {
        this.noise = noise;
        root = (int) noise.uniform(0, 12);
        scale = noise.uniform() < 0.65 ? MAJOR : MINOR;
        course = COURSES[(int) noise.uniform(0, COURSES.length)];
        melody = (int) noise.uniform(0, 7);
    }

    private int degree(int bar) {
        return course[Math.floorMod(bar, course.length)];
    }

    private int key(int degree, int octave) {
        return 12 * (octave + 1 + Math.floorDiv(degree, 7)) + root + scale[Math.floorMod(degree, 7)];
    }

    /** Root of the bar's chord. */
    int bass(int bar, int octave) {
        return key(degree(bar), octave);
    }

    /** Fifth of the bar's chord, above its root. */
    int fifth(int bar, int octave) {
        return key(degree(bar) + 4, octave);
    }

    /** Step {@code i} of a scale that begins on the bar's root. */
    int scaleStep(int bar, int i, int octave) {
        return key(degree(bar) + i, octave);
    }

    int[] triad(int bar, int octave) {
        int degree = degree(bar);
        return new int[] {key(degree, octave), key(degree + 2, octave), key(degree + 4, octave)};
    }

    /** The next key of a melody: mostly by steps, on strong places a note of the chord. */
    int tune(int bar, boolean strong, int octave) {
        melody += (int) Math.round(noise.uniform(-2.49, 2.49));
        melody = Math.clamp(melody, 0, 11);
        if (strong) {
            int inChord = Math.floorMod(melody - degree(bar), 7);
            melody += inChord == 1 || inChord == 3 || inChord == 5 ? 1 : inChord == 6 ? -2 : 0;
        }
        return key(melody, octave);
    }
}
