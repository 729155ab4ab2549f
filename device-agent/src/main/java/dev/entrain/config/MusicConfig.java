package dev.entrain.config;

import dev.entrain.audio.music.MusicSettings;
import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CueConfig.PolicyName;

/**
 * How the patient's music is played.
 *
 * @param enabled whether it plays where there are songs
 * @param levelDb of music against its normal level, dB, {@value #LEAST_LEVEL_DB} to {@value #MOST_LEVEL_DB}
 * @param clickDb of the click on a beat that music carries, dB, {@value #NO_CLICK_DB} (none) to 0
 * @param click when it sounds
 * @param strategy how music follows the steps in a walk without a programme
 * @param reward whether the arrangement opens while the walker is in step
 * @param shareTitles whether the clinic may see titles: the patient agreed
 */
public record MusicConfig(
        boolean enabled,
        double levelDb,
        double clickDb,
        Click click,
        Strategy strategy,
        boolean reward,
        boolean shareTitles) {
    /** Softest music, dB. */
    public static final double LEAST_LEVEL_DB = -20;

    /** Loudest music, dB. */
    public static final double MOST_LEVEL_DB = 6;

    /** No click over music, dB. */
    public static final double NO_CLICK_DB = -40;

    /** When a click sounds on a beat. */
    public enum Click {
        /** On every beat, over music softly. */
        ALWAYS,
        /** Only where no music carries the beat. */
        FALLBACK
    }

    /** How music follows the steps. */
    public enum Strategy {
        /** Tempo and phase, as [cue] says. */
        PHASE,
        /** Tempo alone. */
        TEMPO,
        /** The tempo is the walker's when the beats begin, and stays. */
        START
    }

    /** Music as loud as beats, a soft click over it, no reward, no titles. */
    public static final MusicConfig DEFAULT = new MusicConfig(true, 0, -12, Click.ALWAYS, Strategy.PHASE, false, false);

    /** Returns how loud the player is. */
    public MusicSettings settings() {
        return new MusicSettings(levelDb, clickDb, click == Click.ALWAYS);
    }

    /**
     * Returns the cues that lead the music. What follows the walker is made to follow less; what does not follow him (a
     * metronome, fractal, on demand) stays as it is.
     *
     * @param cue as configured
     */
    public CueConfig leading(CueConfig cue) {
        boolean follows = cue.policy() == PolicyName.ADAPTIVE
                || cue.policy() == PolicyName.OSCILLATOR
                || cue.policy() == PolicyName.STEP_LOCKED;
        return switch (strategy) {
            case PHASE -> cue;
            case TEMPO -> follows ? cue.with(PolicyName.ADAPTIVE).withPhaseCorrection(0) : cue;
            case START -> follows ? cue.with(PolicyName.METRONOME) : cue;
        };
    }
}
