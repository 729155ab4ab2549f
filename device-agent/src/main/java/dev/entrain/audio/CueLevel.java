package dev.entrain.audio;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.sample.Foot;

/** How loud a single sound is to a sound level meter. Thread-safe. */
final class CueLevel {
    private static final double SINE = 0.5;

    private CueLevel() {}

    /** Returns the level of a plain beat at gain 1 of the louder foot; the feet are equally loud within half a decibel. */
    static double ofBeat(Voices voices, int rateHz) {
        return Math.max(
                fastMaxDb(voices.of(Voice.BEAT, Foot.LEFT), rateHz),
                fastMaxDb(voices.of(Voice.BEAT, Foot.RIGHT), rateHz));
    }

    /** Returns the A-weighted Fast maximum (LAFmax) of a sound out of silence, dB relative to a full-scale sine. */
    static double fastMaxDb(float[] mono, int rateHz) {
        AWeighting weighting = new AWeighting(rateHz);
        double step = 1 - Math.exp(-1 / (HearingGuard.FAST_S * rateHz));
        double fast = 0;
        double peak = 0;
        for (float sample : mono) {
            double weighted = weighting.step(sample);
            fast += (weighted * weighted - fast) * step;
            peak = Math.max(peak, fast);
        }
        return 10 * Math.log10(peak / SINE);
    }
}
