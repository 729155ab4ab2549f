package dev.entrain.audio;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.sample.Foot;

/**
 * The cue sounds, synthesised once for the rate of the output. Each is a struck bar: two partials (the second at 2.76
 * times the first, as of a free bar) under a 1 ms attack and an exponential decay, {@value #LENGTH_MS} ms in all. The feet
 * differ in pitch by a major third and are equally loud by K-weighted energy; an accent is an octave higher, brighter and
 * {@value #ACCENT_DB} dB louder. The first partials stay below 2 kHz, where age takes least hearing.
 *
 * <p>The first frame of a sound is never 0 and the last always is, so an onset is exact and an end makes no click.
 * Immutable and thread-safe.
 */
public final class Voices {
    /** Length of every sound, ms. */
    static final int LENGTH_MS = 60;

    /** How much louder an accent is than a beat, dB. */
    static final double ACCENT_DB = 3;

    private static final double LEFT_HZ = 784;
    private static final double RIGHT_HZ = 988;
    private static final double ATTACK_S = 0.001;
    private static final double RELEASE_S = 0.005;
    private static final double DECAY_S = 0.012;
    private static final double SECOND_PARTIAL = 2.756;
    private static final double SECOND_DECAY_S = 0.004;

    private final float[][] sounds = new float[Voice.values().length * Foot.COUNT][];

    /**
     * Synthesises the sounds.
     *
     * @param rateHz frames per second, 8000 to 192000
     */
    public Voices(int rateHz) {
        if (rateHz < 8_000 || rateHz > 192_000) {
            throw new IllegalArgumentException("rateHz must be 8000 to 192000, not " + rateHz);
        }
        put(Voice.BEAT, Foot.LEFT, strike(rateHz, LEFT_HZ, 0.35));
        put(Voice.BEAT, Foot.RIGHT, strike(rateHz, RIGHT_HZ, 0.35));
        put(Voice.ACCENT, Foot.LEFT, strike(rateHz, 2 * LEFT_HZ, 0.6));
        put(Voice.ACCENT, Foot.RIGHT, strike(rateHz, 2 * RIGHT_HZ, 0.6));
        equalise(rateHz);
    }

    /**
     * Returns one sound, mono, full scale 1, which the louder sounds just reach. Realtime-safe.
     *
     * @return the sound itself, not to be written to
     */
    float[] of(Voice voice, Foot foot) {
        return sounds[voice.ordinal() * Foot.COUNT + foot.ordinal()];
    }

    private void put(Voice voice, Foot foot, float[] sound) {
        sounds[voice.ordinal() * Foot.COUNT + foot.ordinal()] = sound;
    }

    private static float[] strike(int rateHz, double pitchHz, double secondLevel) {
        float[] sound = new float[rateHz * LENGTH_MS / 1000];
        for (int i = 0; i < sound.length; i++) {
            double timeS = (double) i / rateHz;
            double leftS = (double) (sound.length - 1 - i) / rateHz;
            // The attack starts one frame in and the partials at their crest, so that frame 0 already sounds.
            double attack = Math.min(1, (timeS + 1.0 / rateHz) / ATTACK_S);
            double release = Math.min(1, leftS / RELEASE_S);
            double first = Math.cos(2 * Math.PI * pitchHz * timeS) * Math.exp(-timeS / DECAY_S);
            double second =
                    Math.cos(2 * Math.PI * SECOND_PARTIAL * pitchHz * timeS) * Math.exp(-timeS / SECOND_DECAY_S);
            sound[i] = (float) (attack * release * (first + secondLevel * second));
        }
        return sound;
    }

    private void equalise(int rateHz) {
        double peak = 0;
        for (Voice voice : Voice.values()) {
            double aim = voice == Voice.ACCENT ? Math.pow(10, ACCENT_DB / 20) : 1;
            for (int foot = 0; foot < Foot.COUNT; foot++) {
                float[] sound = of(voice, Foot.of(foot));
                scale(sound, aim / Math.sqrt(KWeighting.energy(sound, rateHz)));
                peak = Math.max(peak, peakOf(sound));
            }
        }
        for (float[] sound : sounds) {
            scale(sound, 1 / peak);
        }
    }

    private static void scale(float[] sound, double factor) {
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) (sound[i] * factor);
        }
    }

    private static double peakOf(float[] sound) {
        double peak = 0;
        for (float value : sound) {
            peak = Math.max(peak, Math.abs(value));
        }
        return peak;
    }
}
