package dev.entrain.audio;

import java.util.Locale;

/**
 * The level the cues get: the one asked for in dB SPL where the headphones are calibrated, otherwise the one in dB below
 * full scale.
 *
 * @param audio the configuration with that level and with what is known of the headphones
 * @param beatDbSpl level of a plain beat (LAFmax) before anything is lowered by rule, dB(A); not a number where the headphones
 *     are not calibrated
 * @param notice one line for the technician at the start
 * @param doubtful whether that line is a warning
 */
public record LevelSetting(AudioConfig audio, double beatDbSpl, String notice, boolean doubtful) {
    /** Any rate will do: a cue is as loud at each. */
    private static final int RATE_HZ = 48_000;

    private static final String HOW = "entrain calibrate headphones --config FILE";

    /**
     * Chooses the level.
     *
     * @param asked as configured
     * @param measured what was measured of the output; {@link OutputCalibration#NONE} for a file
     */
    public static LevelSetting of(AudioConfig asked, OutputCalibration measured) {
        Loudness loudness = new Loudness(asked.loudness().levelDbSpl(), measured.fullScaleDbSpl());
        if (!loudness.calibrated()) {
            return new LevelSetting(
                    asked.withLevel(asked.levelDbfs(), loudness), Double.NaN, uncalibrated(asked), true);
        }
        double fullGainDbSpl = loudness.fullScaleDbSpl()
                + CueLevel.ofBeat(new Voices(asked.sounds().timbre(), RATE_HZ), RATE_HZ);
        double wantedDbfs = loudness.asked() ? loudness.levelDbSpl() - fullGainDbSpl : asked.levelDbfs();
        double levelDbfs = Math.clamp(wantedDbfs, AudioConfig.LEVEL_MIN_DBFS, AudioConfig.LEVEL_MAX_DBFS);
        double beatDbSpl = fullGainDbSpl + levelDbfs;
        String notice = String.format(
                Locale.ROOT,
                "Level: a beat is %.1f dB(A) at the ear (%.1f dBFS, headphones %.1f dB SPL at full scale).",
                beatDbSpl,
                levelDbfs,
                loudness.fullScaleDbSpl());
        boolean missed = levelDbfs != wantedDbfs;
        if (missed) {
            notice += String.format(
                    Locale.ROOT,
                    " The %.0f dB(A) asked for are out of this output's reach; turn its volume %s and calibrate anew.",
                    loudness.levelDbSpl(),
                    levelDbfs < wantedDbfs ? "up" : "down");
        }
        boolean loud = beatDbSpl > Loudness.LEVEL_MAX;
        if (loud) {
            notice += String.format(
                    Locale.ROOT,
                    " That is more than %.0f dB(A); sound is held at %.0f dB(A) at most. Lower level_dbfs.",
                    Loudness.LEVEL_MAX,
                    Loudness.MOST_DBA);
        }
        return new LevelSetting(asked.withLevel(levelDbfs, loudness), beatDbSpl, notice, missed || loud);
    }

    private static String uncalibrated(AudioConfig asked) {
        String fallback = asked.loudness().asked()
                ? String.format(
                        Locale.ROOT,
                        " level_db_spl cannot be used; level_dbfs = %.0f counts instead.",
                        asked.levelDbfs())
                : "";
        return "The headphones on '" + asked.device() + "' are not calibrated: level and sound dose are unknown."
                + fallback + " To know them: " + HOW;
    }
}
