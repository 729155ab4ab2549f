package dev.entrain.audio;

import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.cue.Prompt;
import dev.entrain.sample.Foot;
import java.util.Arrays;
import java.util.List;

/** What a prompt sounds like, and where it is in a stream. */
public final class SpokenWords {
    private static final double SILENCE = 1e-9;
    private static final int COARSE = 8;

    private SpokenWords() {}

    /**
     * Words in a stream.
     *
     * @param frame of their first sample
     * @param correlation with the recording, normalised: 1 if nothing else sounds
     */
    public record Found(int frame, double correlation) {}

    /** Returns the recordings at a rate, as loud as the product speaks them. */
    static PromptRecordings recordings(Language language, int rateHz) {
        return new PromptRecordings(language, rateHz, accentEnergy(rateHz));
    }

    /** Returns the cues the words are as loud as. */
    static Voices voices(int rateHz) {
        return new Voices(Timbre.WOOD, rateHz);
    }

    /** Returns the K-weighted energy of an accent. */
    static double accentEnergy(int rateHz) {
        return KWeighting.energy(voices(rateHz).of(Voice.ACCENT, Foot.LEFT), rateHz);
    }

    /** Returns a recording, mono, full scale 1. */
    public static float[] of(Language language, Prompt prompt, int rateHz) {
        return floats(recordings(language, rateHz).of(prompt));
    }

    static float[] floats(short[] recording) {
        float[] mono = new float[recording.length];
        for (int i = 0; i < mono.length; i++) {
            mono[i] = recording[i] / (float) Short.MAX_VALUE;
        }
        return mono;
    }

    /** Returns where the words are most likely, by cross-correlation of the whole stream. */
    public static Found find(float[] mono, float[] words) {
        Found coarse = search(decimate(mono), decimate(words), 0, Integer.MAX_VALUE);
        int near = coarse.frame * COARSE;
        return search(mono, words, near - 2 * COARSE, near + 2 * COARSE);
    }

    private static Found search(float[] mono, float[] words, int from, int to) {
        double energy = 0;
        for (float word : words) {
            energy += word * word;
        }
        Found best = new Found(-1, 0);
        int first = Math.max(0, from);
        double own = 0;
        for (int i = first; i < Math.min(first + words.length, mono.length); i++) {
            own += mono[i] * mono[i];
        }
        for (int at = first; at <= Math.min(to, mono.length - words.length); at++) {
            // What is left of a sum of silence is rounding, in which nothing can be found.
            if (own > SILENCE * energy) {
                double product = 0;
                for (int i = 0; i < words.length; i++) {
                    product += mono[at + i] * words[i];
                }
                double correlation = product / Math.sqrt(own * energy);
                if (correlation > best.correlation) {
                    best = new Found(at, correlation);
                }
            }
            int next = at + words.length;
            own += (next < mono.length ? mono[next] * mono[next] : 0) - mono[at] * mono[at];
        }
        return best;
    }

    private static float[] decimate(float[] mono) {
        float[] coarse = new float[mono.length / COARSE];
        for (int i = 0; i < coarse.length; i++) {
            for (float sample : Arrays.copyOfRange(mono, i * COARSE, (i + 1) * COARSE)) {
                coarse[i] += sample;
            }
        }
        return coarse;
    }

    /** Returns the frames that lie before the words or after them, when what they made softer is as before. */
    static List<Long> outside(List<Long> frames, Found found, float[] words) {
        int end = found.frame + words.length + words.length / 4;
        return frames.stream()
                .filter(frame -> frame < found.frame || frame > end)
                .toList();
    }

    /** Returns the left channel. */
    public static float[] left(float[] stereo) {
        float[] left = new float[stereo.length / 2];
        for (int i = 0; i < left.length; i++) {
            left[i] = stereo[2 * i];
        }
        return left;
    }
}
