package dev.entrain.cue;

/**
 * Which cues a walker hears. Values a policy does not use are kept and without effect.
 *
 * @param policy how beats are placed
 * @param tempoSpm beats per minute, 40 to 160; NaN for the walker's own cadence when the beats begin
 * @param phaseCorrection alpha of the adaptive policy, 0 to 1
 * @param periodCorrection beta of the adaptive policy, 0 to 0.25
 * @param aheadPct eps of the oscillator, how much faster than the walker it wants to be, %, -5 to 5
 * @param coupling K of the oscillator as a share of its own frequency, 0 to 0.05
 * @param leadMs how much earlier than the walker's own asynchrony the beat is meant to be (phase lead), ms, -100 to 100
 * @param fractalExponent spectrum 1/f^x of the fractal metronome's intervals, 0 to 1.5
 * @param fractalCvPct coefficient of variation of its intervals, %, 0 to 5
 * @param seed of what is random
 */
public record CueConfig(
        PolicyName policy,
        double tempoSpm,
        double phaseCorrection,
        double periodCorrection,
        double aheadPct,
        double coupling,
        double leadMs,
        double fractalExponent,
        double fractalCvPct,
        long seed) {
    /** The policies there are. */
    public enum PolicyName {
        /** A fixed tempo. */
        METRONOME,
        /** Period and phase correction towards the walker. */
        ADAPTIVE,
        /** An oscillator that is a little ahead of the walker and adapts a little. */
        OSCILLATOR,
        /** Silent, until the walker freezes. */
        ON_DEMAND,
        /** A tempo with 1/f variability. */
        FRACTAL,
        /** A sound at each predicted contact (sonification). */
        STEP_LOCKED
    }

    /** The walker's own cadence, followed. */
    public static final CueConfig DEFAULT =
            new CueConfig(PolicyName.ADAPTIVE, Double.NaN, 0.25, 0.25, 3, 0.05, 0, 1, 2, 1);

    /** Returns these values with another policy. */
    public CueConfig with(PolicyName other) {
        return new CueConfig(
                other,
                tempoSpm,
                phaseCorrection,
                periodCorrection,
                aheadPct,
                coupling,
                leadMs,
                fractalExponent,
                fractalCvPct,
                seed);
    }

    /** Returns these values with another tempo, beats per minute; NaN for the walker's own. */
    public CueConfig withTempo(double otherSpm) {
        return new CueConfig(
                policy,
                otherSpm,
                phaseCorrection,
                periodCorrection,
                aheadPct,
                coupling,
                leadMs,
                fractalExponent,
                fractalCvPct,
                seed);
    }

    /** Returns these values with another phase correction, 0 to 1. */
    public CueConfig withPhaseCorrection(double other) {
        return new CueConfig(
                policy,
                tempoSpm,
                other,
                periodCorrection,
                aheadPct,
                coupling,
                leadMs,
                fractalExponent,
                fractalCvPct,
                seed);
    }

    /** Makes a fresh policy. */
    public CuePolicy newPolicy() {
        return switch (policy) {
            case METRONOME -> new MetronomePolicy(tempoSpm);
            case ADAPTIVE -> new AdaptivePolicy(phaseCorrection, periodCorrection, leadMs, tempoSpm);
            case OSCILLATOR -> new OscillatorPolicy(aheadPct, coupling, leadMs, tempoSpm);
            case ON_DEMAND -> new OnDemandPolicy();
            case FRACTAL -> new FractalPolicy(tempoSpm, fractalExponent, fractalCvPct, seed);
            case STEP_LOCKED -> new StepLockedPolicy();
        };
    }
}
