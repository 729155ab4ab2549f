package dev.entrain.cuetest;

import dev.entrain.audio.AudioConfig;
import dev.entrain.sample.Foot;
import dev.entrain.spectrum.Fft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Beats at irregular intervals as an input would record them: late, turned, filtered, among echoes, hum and noise. */
final class SyntheticLoop {
    static final int RATE_HZ = 48_000;
    private static final double FRAME_NS = 1e9 / RATE_HZ;
    private static final int BEFORE = 2 * RATE_HZ;
    private static final Fft FFT = new Fft(2 * RATE_HZ / 10);
    private static final float[][] SOUNDS = {synthesised(Foot.of(0)), synthesised(Foot.of(1))}; // Costly to make.

    final Random random = new Random(4711);
    private final int beats;
    private final double[] recorded;
    private final long[] plannedNs;
    private UnaryOperator<double[]> microphone = x -> x;

    double lagNs = 1_234_567;
    double jitterNs;
    double gain = 1;
    double echoGain;
    double echoNs;
    double noise;
    double hum;
    double likeliness = 1;

    SyntheticLoop(int beats) {
        this.beats = beats;
        recorded = new double[BEFORE + (beats + 3) * RATE_HZ];
        plannedNs = new long[beats];
    }

    /** What the input makes of all that reaches it. */
    void microphone(UnaryOperator<double[]> filter) {
        microphone = filter;
    }

    LoopbackResult measure() {
        long onsetNs = Math.round(BEFORE * FRAME_NS);
        for (int beat = 0; beat < beats; beat++) {
            plannedNs[beat] = onsetNs;
            if (random.nextDouble() < likeliness) {
                double at = onsetNs + lagNs + jitterNs * random.nextGaussian();
                put(beat, at, gain);
                put(beat, at + echoNs, gain * echoGain);
            }
            onsetNs += BeatSchedule.irregular(494_641_385L).intervalNs(beat);
        }
        for (int i = 0; i < recorded.length; i++) {
            recorded[i] += noise * random.nextGaussian() + hum * Math.sin(2 * Math.PI * 50 * i / RATE_HZ);
        }
        float[] heard = new float[recorded.length];
        double[] filtered = microphone.apply(recorded);
        for (int i = 0; i < heard.length; i++) {
            heard[i] = (float) filtered[i];
        }
        return LoopbackMeter.evaluate("synthetic", look(heard), 0, 0);
    }

    private List<HeardCue> look(float[] heard) {
        int places = 55 * RATE_HZ / 100;
        List<HeardCue> cues = new ArrayList<>();
        SoundFinder[] finders = {new SoundFinder(sound(0), places, RATE_HZ), new SoundFinder(sound(1), places, RATE_HZ)
        };
        float[] silent = new float[2 * RATE_HZ];
        for (int beat = 0; beat < beats; beat++) {
            SoundFinder finder = finders[beat % 2];
            int from = (int) ((plannedNs[beat] - 50_000_000L) / FRAME_NS);
            float[] window = Arrays.copyOfRange(heard, from, from + finder.frames());
            List<HeardCue.Place> found = new ArrayList<>();
            for (Arrival each : finder.find(silent, window)) {
                found.add(new HeardCue.Place((from + each.lagFrames()) * FRAME_NS - plannedNs[beat], each));
            }
            cues.add(new HeardCue(beat + 1, plannedNs[beat], found));
        }
        return cues;
    }

    private static float[] sound(int beat) {
        return SOUNDS[beat % 2];
    }

    private static float[] synthesised(Foot foot) {
        return CueSounds.beat(AudioConfig.DEFAULT.withTimbre(LoopbackMeter.TIMBRE), RATE_HZ, foot);
    }

    /** Adds a beat between two frames, exactly, by turning the phase of its spectrum. */
    private void put(int beat, double atNs, double factor) {
        float[] sound = sound(beat);
        double[] re = new double[FFT.size()];
        double[] im = new double[FFT.size()];
        for (int i = 0; i < sound.length; i++) {
            re[i] = factor * sound[i];
        }
        long frame = (long) Math.floor(atNs / FRAME_NS);
        double part = atNs / FRAME_NS - frame;
        FFT.forward(re, im);
        for (int i = 0; i < re.length; i++) {
            int bin = i <= re.length / 2 ? i : i - re.length;
            double angle = -2 * Math.PI * bin * part / re.length;
            double x = re[i] * Math.cos(angle) - im[i] * Math.sin(angle);
            im[i] = re[i] * Math.sin(angle) + im[i] * Math.cos(angle);
            re[i] = x;
        }
        FFT.inverse(re, im);
        for (int i = 0; i < re.length; i++) {
            int at = i < re.length - 64 ? i : i - re.length; // The spectrum's ringing before the onset comes last.
            recorded[(int) frame + at] += re[i];
        }
    }
}
