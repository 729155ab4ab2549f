package dev.entrain.audio;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.sample.Foot;

/**
 * The cue sounds of one timbre, synthesised once for the rate of the output; the same bits on every machine.
 *
 * <p>Loudness. Every sound is levelled by the mean of its K-weighted and its A-weighted energy, in dB. Below about 100 ms
 * the ear sums energy (Zwislocki 1960), so energy and not a running level is what compares sounds of different length.
 * Both feet then agree within 0.5 dB by either weighting, all timbres within 1.5 dB, and an accent is
 * {@value #ACCENT_DB} dB louder than a beat. The peakiest sound of all timbres just stays below full scale.
 *
 * <p>Feet. The right foot's sound lies higher: wood and drum by a fourth (33 %), click by 40 %, swish by an octave. That is
 * ten times what people with normal hearing just notice in such short sounds (2 to 4 %).
 *
 * <p>Onset. The first frame of a sound is never 0 and the last always is. Within {@value #PERCEIVED_WITHIN_MS} ms of the
 * first frame its energy has risen to where it is perceived ({@link SoundFigures}), whatever the timbre. Immutable and
 * thread-safe.
 */
public final class Voices {
    /** How much louder an accent is than a beat, dB. */
    static final double ACCENT_DB = 3;

    /** Every sound is perceived to start within this of its first frame, ms. */
    static final double PERCEIVED_WITHIN_MS = 2;

    /** Energy of an accent, dB of a full-scale sine that lasts 1 s: as much as full scale allows the peakiest sound. */
    private static final double ACCENT_ENERGY_DB = -24.9;

    private final float[][] sounds = new float[Voice.values().length * Foot.COUNT][];

    /**
     * Synthesises the sounds.
     *
     * @param timbre what they sound like
     * @param rateHz frames per second, 8000 to 192000
     */
    public Voices(Timbre timbre, int rateHz) {
        if (rateHz < 8_000 || rateHz > 192_000) {
            throw new IllegalArgumentException("rateHz must be 8000 to 192000, not " + rateHz);
        }
        for (Voice voice : Voice.values()) {
            double aimDb = ACCENT_ENERGY_DB - (voice == Voice.ACCENT ? 0 : ACCENT_DB);
            for (int foot = 0; foot < Foot.COUNT; foot++) {
                float[] sound = Synthesis.sound(timbre, voice, Foot.of(foot), rateHz);
                double kDb = SoundFigures.kEnergyDb(sound, rateHz);
                double aDb = SoundFigures.aEnergyDb(sound, rateHz);
                // In whole hundredths, so that the last bit of a logarithm on another machine changes no sound.
                double raiseDb = Math.rint(100 * (aimDb - (kDb + aDb) / 2)) / 100;
                scale(sound, StrictMath.pow(10, raiseDb / 20));
                sounds[index(voice, Foot.of(foot))] = sound;
            }
        }
    }

    /**
     * Returns one sound, mono, full scale 1, which the peakiest sounds just reach. Realtime-safe.
     *
     * @return the sound itself, not to be written to
     */
    float[] of(Voice voice, Foot foot) {
        return sounds[index(voice, foot)];
    }

    private static int index(Voice voice, Foot foot) {
        return voice.ordinal() * Foot.COUNT + foot.ordinal();
    }

    private static void scale(float[] sound, double factor) {
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) (sound[i] * factor);
        }
    }
}
