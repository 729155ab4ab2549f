package dev.entrain.audio;

import dev.entrain.cue.Prompt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/**
 * The spoken prompts of one language, as rendered at build time ({@code src/main/prompts}), made ready for the rate of the
 * output: low rumble removed, silence trimmed, resampled, ramps at both ends, made equally loud. Immutable and thread-safe.
 *
 * <p>How loud: the loudest 400 ms of each prompt carry as much K-weighted energy as one accent does in 400 ms (the momentary
 * loudness of EBU R 128; for speech this short nothing longer can be measured). So no word is ever louder than what the
 * walker set the level by, all prompts are alike in every language, and a word still stands out among the beats, which are
 * softer than accents and over after some 30 ms. No peak passes the one of the loudest cue.
 */
final class PromptRecordings {
    /** The window of the momentary loudness, s. */
    static final double MOMENTARY_S = 0.4;

    private static final int WAV_HEADER_BYTES = 44;
    private static final double RUMBLE_HZ = 100;
    private static final double SILENCE_DB = -40;
    private static final double LEAD_S = 0.005;
    private static final double TAIL_S = 0.02;
    private static final double RAMP_S = 0.005;
    private static final float FULL_SCALE = Short.MAX_VALUE;

    private final short[][] recordings = new short[Prompt.values().length][];

    /**
     * Reads and prepares the recordings.
     *
     * @param rateHz frames per second of the output, 8000 to 192000
     * @param accentEnergy K-weighted energy of one accent at that rate ({@link KWeighting#energy})
     * @throws IllegalStateException if a recording is missing or not as the build makes it
     */
    PromptRecordings(Language language, int rateHz, double accentEnergy) {
        for (Prompt prompt : Prompt.values()) {
            recordings[prompt.ordinal()] = prepare(read(language, prompt), rateHz, accentEnergy);
        }
    }

    /** Returns a recording, mono, {@link Short#MAX_VALUE} for the peak of the loudest cue; not to be written to. */
    short[] of(Prompt prompt) {
        return recordings[prompt.ordinal()];
    }

    /** Returns the whole file. */
    private static ByteBuffer read(Language language, Prompt prompt) {
        String name = "prompts/" + language.name().toLowerCase(Locale.ROOT) + "/" + prompt + ".wav";
        byte[] bytes;
        try (InputStream in = PromptRecordings.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The prompt " + name + " is not in this build. Add it to src/main/prompts and build again.");
            }
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteBuffer wav = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        // As the build writes it: PCM, one channel, 16 bit, no further chunks.
        boolean plain = bytes.length > WAV_HEADER_BYTES
                && wav.getShort(20) == 1
                && wav.getShort(22) == 1
                && wav.getShort(34) == Short.SIZE
                && wav.getInt(36) == 0x61746164;
        if (!plain) {
            throw new IllegalStateException(
                    "The prompt " + name + " is no plain 16 bit mono WAV file. Build again with espeak-ng and sox.");
        }
        return wav;
    }

    private static float[] samplesOf(ByteBuffer wav) {
        float[] mono = new float[(wav.capacity() - WAV_HEADER_BYTES) / Short.BYTES];
        for (int i = 0; i < mono.length; i++) {
            mono[i] = wav.getShort(WAV_HEADER_BYTES + i * Short.BYTES) / FULL_SCALE;
        }
        return mono;
    }

    private static short[] prepare(ByteBuffer wav, int rateHz, double accentEnergy) {
        int sourceHz = wav.getInt(24);
        float[] trimmed = trim(withoutRumble(samplesOf(wav), sourceHz), sourceHz);
        float[] mono = PolyphaseResampler.resample(trimmed, sourceHz, rateHz);
        ramp(mono, (int) Math.round(RAMP_S * rateHz));
        double energy = KWeighting.loudestEnergy(mono, rateHz, (int) Math.round(MOMENTARY_S * rateHz));
        double gain = Math.min(Math.sqrt(accentEnergy / energy), 1 / peakOf(mono));
        short[] prepared = new short[mono.length];
        for (int i = 0; i < mono.length; i++) {
            prepared[i] = (short) Math.round(mono[i] * gain * FULL_SCALE);
        }
        return prepared;
    }

    /** A second-order Butterworth high pass, in place: what is below carries no word, but takes room. */
    private static float[] withoutRumble(float[] mono, int rateHz) {
        double k = Math.tan(Math.PI * RUMBLE_HZ / rateHz);
        double a0 = 1 + Math.sqrt(2) * k + k * k;
        double a1 = 2 * (k * k - 1) / a0;
        double a2 = (1 - Math.sqrt(2) * k + k * k) / a0;
        double state1 = 0;
        double state2 = 0;
        for (int i = 0; i < mono.length; i++) {
            double in = mono[i] / a0;
            double out = in + state1;
            state1 = -2 * in - a1 * out + state2;
            state2 = in - a2 * out;
            mono[i] = (float) out;
        }
        return mono;
    }

    private static float[] trim(float[] mono, int rateHz) {
        double audible = peakOf(mono) * Math.pow(10, SILENCE_DB / 20);
        int first = 0;
        while (first < mono.length && Math.abs(mono[first]) < audible) {
            first++;
        }
        int last = mono.length - 1;
        while (last > first && Math.abs(mono[last]) < audible) {
            last--;
        }
        int from = Math.max(0, first - (int) (LEAD_S * rateHz));
        int to = Math.min(mono.length, last + 1 + (int) (TAIL_S * rateHz));
        return Arrays.copyOfRange(mono, from, to);
    }

    private static void ramp(float[] mono, int frames) {
        int length = Math.min(frames, mono.length / 2);
        for (int i = 0; i < length; i++) {
            float factor = (float) (0.5 - 0.5 * Math.cos(Math.PI * (i + 1) / (length + 1)));
            mono[i] *= factor;
            mono[mono.length - 1 - i] *= factor;
        }
    }

    private static double peakOf(float[] mono) {
        double peak = 0;
        for (float value : mono) {
            peak = Math.max(peak, Math.abs(value));
        }
        return peak;
    }
}
