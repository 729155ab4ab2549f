package dev.entrain.music.choice;

/**
 * How a song's tempo meets the tempo of the steps: one beat a step, or half or double time, whichever needs the least
 * stretching. The one place where this is decided. Pure values, safe from any thread, realtime-safe but for the object made.
 *
 * @param cuesPerBeat steps on one beat of the song: 2 (a slow song, its beats on every other step), 1, or 0.5 (a fast song,
 *     every other of its beats on a step)
 * @param stretch tempo heard over the song's own tempo; 1.05 is 5 % faster. Pitch stays.
 */
public record TempoFit(double cuesPerBeat, double stretch) {

    /** The most a song is stretched either way, share of its own tempo: beyond it drums smear and voices sound wrong. */
    public static final double MOST_STRETCH = 0.12;

    private static final double ROUNDING = 1e-9;

    /**
     * The fit that needs the least stretching.
     *
     * @param songBpm the song's own tempo, beats per minute, above 0
     * @param targetSpm the tempo asked for, steps per minute, above 0
     * @throws IllegalArgumentException for a tempo that is none
     */
    public static TempoFit of(double songBpm, double targetSpm) {
        if (!(songBpm > 0 && targetSpm > 0 && Double.isFinite(songBpm) && Double.isFinite(targetSpm))) {
            throw new IllegalArgumentException("no tempo: song " + songBpm + ", steps " + targetSpm);
        }
        double plain = targetSpm / songBpm;
        double twice = plain / 2;
        double half = plain * 2;
        double cues = 1;
        double stretch = plain;
        if (distance(twice) < distance(stretch)) {
            cues = 2;
            stretch = twice;
        }
        if (distance(half) < distance(stretch)) {
            cues = 0.5;
            stretch = half;
        }
        return new TempoFit(cues, stretch);
    }

    /** Whether a song of this tempo can be walked to at that one at all; false where either is no tempo. */
    public static boolean fits(double songBpm, double targetSpm) {
        return songBpm > 0
                && targetSpm > 0
                && Double.isFinite(songBpm)
                && Double.isFinite(targetSpm)
                && of(songBpm, targetSpm).fits();
    }

    /** Whether the stretch is within {@link #MOST_STRETCH}. */
    public boolean fits() {
        return Math.abs(stretch - 1) <= MOST_STRETCH + ROUNDING;
    }

    /** How much faster (above 0) or slower than its own the song is heard, %. */
    public double stretchPct() {
        return 100 * (stretch - 1);
    }

    /** A ratio's distance from 1, the same for 1.1 and 1 / 1.1. */
    private static double distance(double ratio) {
        return ratio >= 1 ? ratio : 1 / ratio;
    }
}
