package dev.entrain.provision;

import dev.entrain.audio.AudioException;
import dev.entrain.audio.AudioOpener;
import dev.entrain.audio.AudioOutput;
import dev.entrain.audio.Audition;
import java.util.function.BooleanSupplier;

/** A soft tone of half a second on the left, on the right, then on both; it grows and fades, so that it startles nobody. */
final class TestTone {
    private static final double PITCH_HZ = 500;
    private static final double TONE_S = 0.6;
    private static final double PAUSE_S = 0.4;
    private static final double RAMP_S = 0.1;

    /** A card that keeps time takes at least so long, less a full buffer, ns. */
    static final long LEAST_NS = 1_500_000_000L;

    private TestTone() {}

    /**
     * Plays it to the end.
     *
     * @param levelDbfs dB below full scale
     * @param ending whether to stop
     * @throws AudioException a sentence for a technician
     */
    static void play(AudioOpener opener, double levelDbfs, BooleanSupplier ending) throws AudioException {
        try (AudioOutput output = opener.open()) {
            Audition.play(stereo(output.rateHz(), levelDbfs), output, ending);
        }
    }

    /** Returns left and right in turn. */
    static float[] stereo(int rateHz, double levelDbfs) {
        int tone = (int) (TONE_S * rateHz);
        int slot = tone + (int) (PAUSE_S * rateHz);
        double gain = Math.pow(10, levelDbfs / 20);
        float[] stereo = new float[2 * 3 * slot];
        for (int part = 0; part < 3; part++) {
            for (int i = 0; i < tone; i++) {
                double ramp = Math.clamp(Math.min(i, tone - i) / (RAMP_S * rateHz), 0, 1);
                float sample = (float) (gain * ramp * Math.sin(2 * Math.PI * PITCH_HZ * i / rateHz));
                int at = 2 * (part * slot + i);
                stereo[at] = part == 1 ? 0 : sample;
                stereo[at + 1] = part == 0 ? 0 : sample;
            }
        }
        return stereo;
    }
}
