package dev.entrain.audio;

/**
 * What protects the ears, at the one place every sound passes: lowers by rule, keeps calibrated headphones under
 * {@link Loudness#MOST_DBA}, and measures what is really rendered. For one thread; realtime-safe, allocates only when the
 * rate changes.
 *
 * <p>The cap: with F the A-weighted Fast mean square of what was rendered and C the cap, the short-term power of what
 * comes may be at most {@code C + REACH (C - F)}; a gain brings it there. A short sound whose Fast level stays under the cap
 * by 3 dB passes untouched; a lasting one comes to rest at the cap, because at F = C nothing but C is left. The aim lies
 * {@value #AIM_BELOW_DB} dB below the cap for what the short-term power sees too late. A tone below 200 Hz that begins at
 * full scale on headphones of 120 dB SPL and more passes the cap by up to 5 dB with its first 5 ms, because a gain that
 * must fall within a part of its wave is a click; no sound of ours has energy there.
 */
final class HearingGuard {
    /** The level is lowered and raised by so much a second: nobody is startled, nobody notices a step. */
    static final double RAMP_DB_PER_S = 1;

    /** Time constant of a sound level meter on Fast (IEC 61672-1), s. */
    static final double FAST_S = 0.125;

    private static final double SHORT_S = 0.004;

    /** A gain that follows the course of a low tone would make it a harsh one; so it comes back slowly. */
    private static final double RELEASE_S = 0.1;

    /** A power below this is 0: numbers that small cost much to compute with. */
    private static final double NOTHING = 1e-60;

    private static final double NEARLY_ONE = 0.9999;
    private static final double REACH = 8;
    private static final double AIM_BELOW_DB = 1;

    /** Mean square of a full-scale sine. */
    private static final double SINE = 0.5;

    private final double aim;
    private final SoundLevel level;

    private AWeighting coming;
    private AWeighting rendered;
    private double shortStep;
    private double fastStep;
    private double secondsPerFrame;
    private double rampStep;
    private double shortPower;
    private double fastPower;
    private double fastPeak;
    private double exposure;
    private double attenuationDb = Double.NaN;
    private double gain = 1;
    private double kept = 1;
    private double releaseStep;

    /**
     * Makes a guard that has heard nothing.
     *
     * @param loudness what is known of the headphones
     * @param level is told what is rendered, and tells by how much to lower
     * @param rateHz frames per second
     */
    HearingGuard(Loudness loudness, SoundLevel level, int rateHz) {
        aim = loudness.calibrated()
                ? SINE * Math.pow(10, (Loudness.MOST_DBA - AIM_BELOW_DB - loudness.fullScaleDbSpl()) / 10)
                : Double.POSITIVE_INFINITY;
        this.level = level;
        restart(rateHz);
    }

    /** Goes on at a rate, Hz, after a break: what sounded before has died away. */
    void restart(int rateHz) {
        // New filters, because a filter belongs to a rate.
        coming = new AWeighting(rateHz);
        rendered = new AWeighting(rateHz);
        secondsPerFrame = 1.0 / rateHz;
        shortStep = 1 - Math.exp(-secondsPerFrame / SHORT_S);
        releaseStep = 1 - Math.exp(-secondsPerFrame / RELEASE_S);
        fastStep = 1 - Math.exp(-secondsPerFrame / FAST_S);
        rampStep = RAMP_DB_PER_S * secondsPerFrame;
    }

    /** Lowers the left channel by what the rule asks, on a ramp. Comes before the limit. */
    void lower(float[] stereo, int frames) {
        double target = level.targetDb();
        if (Double.isNaN(attenuationDb)) {
            attenuationDb = target;
            gain = Math.pow(10, -attenuationDb / 20);
        }
        if (attenuationDb == target && target == 0) {
            return;
        }
        for (int i = 0; i < frames; i++) {
            if (attenuationDb != target) {
                attenuationDb = attenuationDb < target
                        ? Math.min(target, attenuationDb + rampStep)
                        : Math.max(target, attenuationDb - rampStep);
                gain = Math.pow(10, -attenuationDb / 20);
            }
            stereo[2 * i] = (float) (stereo[2 * i] * gain);
        }
    }

    /** Keeps the left channel under the cap and measures it. Comes last. */
    void keep(float[] stereo, int frames) {
        double energy = 0;
        for (int i = 0; i < frames; i++) {
            float sample = stereo[2 * i];
            double weighted = coming.step(sample);
            shortPower += (weighted * weighted - shortPower) * shortStep;
            double allowed = allowed();
            double wanted = shortPower > allowed ? Math.sqrt(allowed / shortPower) : 1;
            kept = kept > NEARLY_ONE && wanted == 1 ? 1 : Math.min(wanted, kept + (1 - kept) * releaseStep);
            if (kept < 1) {
                sample = (float) (sample * kept);
                stereo[2 * i] = sample;
            }
            double heard = rendered.step(sample);
            double power = heard * heard;
            energy += power;
            fastPower += (power - fastPower) * fastStep;
            fastPeak = Math.max(fastPeak, fastPower);
        }
        coming.settle();
        rendered.settle();
        shortPower = shortPower < NOTHING ? 0 : shortPower;
        fastPower = fastPower < NOTHING ? 0 : fastPower;
        exposure += energy / SINE * secondsPerFrame;
        level.told(exposure, fastPeak / SINE, attenuationDb);
    }

    /** Returns the short-term power that may come now; it has no edge, because a gain that falls at once is a click itself. */
    private double allowed() {
        if (fastPower <= aim) {
            return aim + REACH * (aim - fastPower);
        }
        double over = aim / fastPower;
        return aim * over * over * over * over;
    }
}
