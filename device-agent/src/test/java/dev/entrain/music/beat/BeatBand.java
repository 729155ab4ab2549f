package dev.entrain.music.beat;

import dev.entrain.noise.SeededNoise;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Drums and chords at known times. */
final class BeatBand {
    private static final double FIRST_S = 0.4137;
    private static final double[] ROOTS_HZ = {220, 174.6, 261.6, 196};

    private final int rateHz;
    private final float[] sound;
    private final double[] beatsS;

    BeatBand(int rateHz, double lengthS, DoubleUnaryOperator bpmAt) {
        this.rateHz = rateHz;
        sound = new float[(int) (lengthS * rateHz)];
        double[] times = new double[4 + (int) (lengthS * 4)];
        int count = 0;
        double timeS = FIRST_S;
        while (timeS < lengthS - 0.3) {
            times[count++] = timeS;
            timeS += 60 / bpmAt.applyAsDouble(timeS);
        }
        beatsS = Arrays.copyOf(times, count);
    }

    double[] beatsS() {
        return beatsS.clone();
    }

    /** A drum on each beat. */
    float[] drums() {
        for (double beatS : beatsS) {
            drum(sound, rateHz, beatS, 90, 0.5);
        }
        return sound.clone();
    }

    /** A low drum where a bar begins, higher ones on its other beats, and another chord each bar. */
    float[] drumsAndChords(int beatsPerBar) {
        for (int i = 0; i < beatsS.length; i++) {
            drum(sound, rateHz, beatsS[i], i % beatsPerBar == 0 ? 70 : 330, 0.4);
            double untilS = i + 1 < beatsS.length ? beatsS[i + 1] : beatsS[i] + 0.2;
            chord(ROOTS_HZ[i / beatsPerBar % ROOTS_HZ.length], beatsS[i], untilS);
        }
        return sound.clone();
    }

    private void chord(double rootHz, double fromS, double untilS) {
        int to = Math.min(sound.length, (int) (untilS * rateHz));
        for (int i = (int) Math.ceil(fromS * rateHz); i < to; i++) {
            double t = i / (double) rateHz;
            for (double ratio : new double[] {1, 1.25, 1.5}) {
                sound[i] += (float) (0.04 * Math.sin(2 * Math.PI * rootHz * ratio * t));
            }
        }
    }

    /** A struck skin: a decaying tone and a short rush of noise, from an exact moment on. */
    static void drum(float[] sound, int rateHz, double atS, double hz, double level) {
        SeededNoise noise = new SeededNoise(Math.round(atS * 1e6), 0);
        int from = (int) Math.ceil(atS * rateHz);
        for (int i = from; i < Math.min(sound.length, from + rateHz / 5); i++) {
            double t = i / (double) rateHz - atS;
            sound[i] += (float) (level * Math.exp(-t / 0.05) * Math.sin(2 * Math.PI * hz * t)
                    + 0.3 * level * Math.exp(-t / 0.015) * noise.gaussian());
        }
    }
}
