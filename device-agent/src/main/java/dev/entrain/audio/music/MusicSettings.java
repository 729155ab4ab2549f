package dev.entrain.audio.music;

/**
 * How loud music and the click over it are.
 *
 * @param levelDb of music against its normal level, dB, -20 to 6. At 0 a song's integrated loudness (EBU R128) is that of a
 *     plain beat at its loudest on a sound level meter (A, Fast): with cues of -18 dBFS some -38 LUFS
 * @param clickDb of the click on a beat that music carries, against a click alone, dB, {@value #NO_CLICK_DB} (none) to 0
 * @param clickAlways whether that click sounds at all; without it a click sounds only where music does not carry the beat
 */
public record MusicSettings(double levelDb, double clickDb, boolean clickAlways) {
    /** At this and below no click sounds on a beat that music carries. */
    public static final double NO_CLICK_DB = -40;

    /** Music as loud as beats, with a quiet click over it. */
    public static final MusicSettings DEFAULT = new MusicSettings(0, -12, true);

    /** Checks the ranges. */
    public MusicSettings {
        if (!(levelDb >= -20 && levelDb <= 6)) {
            throw new IllegalArgumentException("music level must be -20 to 6 dB, not " + levelDb);
        }
        if (!(clickDb >= NO_CLICK_DB && clickDb <= 0)) {
            throw new IllegalArgumentException(
                    "click over music must be " + NO_CLICK_DB + " to 0 dB, not " + clickDb + "; -12 is quiet");
        }
    }

    /** Returns the factor of the click on a beat that music carries. */
    float clickGain() {
        return clickAlways && clickDb > NO_CLICK_DB ? (float) Math.pow(10, clickDb / 20) : 0;
    }
}
