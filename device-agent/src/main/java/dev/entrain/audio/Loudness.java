package dev.entrain.audio;

/**
 * Levels at the ear. The level of a cue is what a sound level meter shows for it on A and Fast with its maximum held
 * (LAFmax, IEC 61672-1), for a plain beat. Beats at 120 a minute have an equivalent level (LAeq) about 6 dB below that.
 *
 * @param levelDbSpl level of a plain beat that is asked for, dB(A), {@value #LEVEL_MIN} to {@value #LEVEL_MAX}; not a number
 *     where the level is given in dB below full scale
 * @param fullScaleDbSpl what a full-scale 1 kHz sine is at the ear, dB SPL; not a number where the headphones were never
 *     calibrated
 */
public record Loudness(double levelDbSpl, double fullScaleDbSpl) {
    /** Quietest level that may be asked for, dB(A). */
    public static final double LEVEL_MIN = 30;

    /** Loudest level that may be asked for, dB(A): 40 h of such beats a week are a quarter of the allowed dose. */
    public static final double LEVEL_MAX = 80;

    /**
     * No sound is louder than this on A and Fast, whatever the configuration says, dB(A). The limit of NIOSH (1998) for
     * the mean of an 8 h day, taken here for every moment, and below the 100 dB(A) at which IEC 62368-1 wants a warning.
     */
    public static final double MOST_DBA = 85;

    /** Least plausible level of full scale, dB SPL: quieter, and it is a loudspeaker across the room or a closed mixer. */
    public static final double FULL_SCALE_MIN = 75;

    /** Greatest plausible level of full scale, dB SPL: sensitive earphones on a strong amplifier. */
    public static final double FULL_SCALE_MAX = 135;

    /** Nothing asked for, nothing known. */
    public static final Loudness UNKNOWN = new Loudness(Double.NaN, Double.NaN);

    /** Checks the range. */
    public Loudness {
        if (levelDbSpl < LEVEL_MIN || levelDbSpl > LEVEL_MAX) {
            throw new IllegalArgumentException("audio level must be " + LEVEL_MIN + " to " + LEVEL_MAX + " dB(A), not "
                    + levelDbSpl + "; conversation is 60");
        }
    }

    /** Returns whether a level in dB SPL is asked for. */
    public boolean asked() {
        return !Double.isNaN(levelDbSpl);
    }

    /** Returns whether the headphones are calibrated, and plausibly so. */
    public boolean calibrated() {
        return fullScaleDbSpl >= FULL_SCALE_MIN && fullScaleDbSpl <= FULL_SCALE_MAX;
    }
}
