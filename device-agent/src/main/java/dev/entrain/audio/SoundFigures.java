package dev.entrain.audio;

/**
 * What can be measured of one sound, played on both channels of a stereo output.
 *
 * @param loudnessLufs loudest momentary loudness (ITU-R BS.1770-5: 400 ms, K-weighted, both channels), LUFS
 * @param exposureDbA A-weighted energy, dB of a full-scale 1 kHz sine that lasts 1 s
 * @param peakDbtp true peak, dB of full scale
 * @param perceivedMs from the first frame to where the sound is perceived to start, ms: the K-weighted energy of the last
 *     2 ms comes within 10 dB of its largest value (a threshold below the maximum, after Vos and Rasch, "The perceptual
 *     onset of musical tones", 1981)
 */
public record SoundFigures(double loudnessLufs, double exposureDbA, double peakDbtp, double perceivedMs) {
    private static final int MOMENTARY_MS = 400;
    private static final int RISE_MS = 2;
    private static final double RISE_SHARE = 0.1;
    private static final double LUFS_OFFSET_DB = -0.691;
    private static final int CHANNELS = 2;

    /** Mean square of a full-scale sine. */
    private static final double SINE = 0.5;

    /**
     * Measures a sound between two silences.
     *
     * @param mono the sound, full scale 1
     * @param gain its factor
     * @param rateHz frames per second
     */
    public static SoundFigures of(float[] mono, double gain, int rateHz) {
        double gainDb = 20 * Math.log10(gain);
        int window = frames(MOMENTARY_MS, rateHz);
        double momentary = KWeighting.loudestEnergy(mono, rateHz, window) / window;
        return new SoundFigures(
                LUFS_OFFSET_DB + 10 * Math.log10(CHANNELS * momentary) + gainDb,
                aEnergyDb(mono, rateHz) + gainDb,
                20 * Math.log10(new TruePeak().of(mono)) + gainDb,
                rise(mono, rateHz) * 1000.0 / rateHz);
    }

    /** Returns the K-weighted energy of a sound, dB of a full-scale sine that lasts 1 s. */
    static double kEnergyDb(float[] mono, int rateHz) {
        return energyDb(KWeighting.energy(mono, rateHz), rateHz);
    }

    /** Returns the A-weighted energy of a sound, dB of a full-scale 1 kHz sine that lasts 1 s. */
    static double aEnergyDb(float[] mono, int rateHz) {
        AWeighting filter = new AWeighting(rateHz);
        double sum = 0;
        // A tenth of a second of silence lets the high passes ring out.
        for (int i = 0; i < mono.length + rateHz / 10; i++) {
            double out = filter.step(i < mono.length ? mono[i] : 0);
            sum += out * out;
        }
        return energyDb(sum, rateHz);
    }

    private static double energyDb(double energy, int rateHz) {
        return 10 * Math.log10(energy / rateHz / SINE);
    }

    private static int frames(int ms, int rateHz) {
        return ms * rateHz / 1000;
    }

    private static int rise(float[] mono, int rateHz) {
        int window = frames(RISE_MS, rateHz);
        double aim = RISE_SHARE * KWeighting.loudestEnergy(mono, rateHz, window);
        double[] weighted = KWeighting.weigh(mono, rateHz);
        double sum = 0;
        for (int i = 0; i < weighted.length; i++) {
            double left = i < window ? 0 : weighted[i - window];
            sum += weighted[i] * weighted[i] - left * left;
            if (sum >= aim) {
                return i;
            }
        }
        return weighted.length;
    }
}
