package dev.entrain.cuetest;

import dev.entrain.spectrum.Fft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds a known sound in a recording by correlation. Both pass the same band from {@value #LOW_HZ} to {@value #HIGH_HZ} Hz
 * first, which takes hum, rumble and hiss away; gain and polarity do not matter. After the strongest place, what the sound explains around it is
 * taken out and the next looked for, so that a direct sound weaker than its echo is found too. Between frames the place comes
 * from a parabola through the correlation's crest.
 *
 * <p>Two channels are searched in one transform, and the one with the clearer sound counts. Not thread-safe; not realtime-safe.
 */
final class SoundFinder {
    /** Most places told of one search. */
    static final int MOST = 4;

    /** A place this much weaker than the strongest is not told. */
    private static final double WEAKEST = 0.15;

    private static final double SWING_S = 0.004;
    private static final int NOISE_STEP = 7;
    private static final double SAME = 1e-7;

    private static final double LOW_HZ = 300;
    private static final double HIGH_HZ = 8_000;

    private final double lowShare;
    private final double highShare;
    private final int searchFrames;
    private final int length;
    private final int swingFrames;
    private final Fft fft;
    private final double[] soundRe;
    private final double[] soundIm;
    private final double energy;
    private final double[] self;
    private final int lobeFrames;
    private final double selfRival;

    private final double[] re;
    private final double[] im;
    private final double[][] energies;

    /**
     * Prepares a search.
     *
     * @param sound the known sound, its onset at index 0
     * @param searchFrames places looked at
     * @param rateHz frames per second of both
     */
    SoundFinder(float[] sound, int searchFrames, int rateHz) {
        this.searchFrames = searchFrames;
        length = sound.length;
        lowShare = 1 - Math.exp(-2 * Math.PI * LOW_HZ / rateHz);
        highShare = 1 - Math.exp(-2 * Math.PI * Math.min(HIGH_HZ, 0.45 * rateHz) / rateHz);
        swingFrames = (int) (SWING_S * rateHz);
        fft = new Fft(searchFrames + length);
        re = new double[fft.size()];
        im = new double[fft.size()];
        energies = new double[2][searchFrames];
        soundRe = new double[fft.size()];
        soundIm = new double[fft.size()];
        // Begins at rest, unlike a recording, which comes from the midst of one.
        pass(sound, 0, length, soundRe);
        energy = Arrays.stream(soundRe).map(x -> x * x).sum();
        self = selfCorrelation();
        fft.forward(soundRe, soundIm);
        int lobe = 1;
        while (lobe < self.length - 1 && Math.abs(self[lobe + 1]) < Math.abs(self[lobe])) {
            lobe++;
        }
        lobeFrames = lobe;
        double rival = 0;
        for (int i = lobe; i < Math.min(self.length, swingFrames); i++) {
            rival = Math.max(rival, Math.abs(self[i]));
        }
        selfRival = Math.min(rival, 0.999);
    }

    /** Returns how many frames a search needs: the places looked at and the sound after the last. */
    int frames() {
        return searchFrames + length;
    }

    /**
     * Searches.
     *
     * @param left at least {@link #frames} samples
     * @param right of the other channel, or the same array again
     * @return the places of the clearer channel, strongest first; empty if nothing stands out
     */
    List<Arrival> find(float[] left, float[] right) {
        filter(left, re, energies[0]);
        filter(right, im, energies[1]);
        fft.forward(re, im);
        for (int i = 0; i < re.length; i++) {
            double x = re[i] * soundRe[i] + im[i] * soundIm[i];
            double y = im[i] * soundRe[i] - re[i] * soundIm[i];
            re[i] = x;
            im[i] = y;
        }
        // The sound is real, so the channels come back apart: left as the real part, right as the imaginary one.
        fft.inverse(re, im);
        double sizeLeft = Math.abs(re[highest(re)]);
        double sizeRight = Math.abs(im[highest(im)]);
        // What rounding leaves of one channel in the other is no sound.
        double least = Math.max(Double.MIN_NORMAL, SAME * Math.max(sizeLeft, sizeRight));
        double noiseLeft = Math.max(least, noise(re));
        double noiseRight = Math.max(least, noise(im));
        boolean takeRight = sizeRight / noiseRight > sizeLeft / noiseLeft;
        return takeRight ? places(im, energies[1], noiseRight) : places(re, energies[0], noiseLeft);
    }

    private double[] selfCorrelation() {
        double[] result = new double[length];
        for (int lag = 0; lag < length; lag++) {
            for (int i = 0; i + lag < length; i++) {
                result[lag] += soundRe[i] * soundRe[i + lag] / energy;
            }
        }
        return result;
    }

    /** Passes a signal through the band: two poles below, two above. */
    private void pass(float[] from, double before, int count, double[] to) {
        double low1 = before;
        double low2 = 0;
        double high1 = 0;
        double high2 = 0;
        for (int i = 0; i < count; i++) {
            low1 += lowShare * (from[i] - low1);
            double once = from[i] - low1;
            low2 += lowShare * (once - low2);
            high1 += highShare * (once - low2 - high1);
            high2 += highShare * (high1 - high2);
            to[i] = high2;
        }
    }

    /** Filters a channel and sums its energy under the sound at every place. */
    private void filter(float[] from, double[] to, double[] under) {
        Arrays.fill(to, 0);
        pass(from, from[0], frames(), to);
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += to[i] * to[i];
        }
        for (int i = 0; i < searchFrames; i++) {
            under[i] = Math.max(0, sum);
            sum += to[i + length] * to[i + length] - to[i] * to[i];
        }
    }

    /** Returns the spread of the correlation by its median, which a few sounds in it do not move. */
    private double noise(double[] correlation) {
        double[] sizes = new double[searchFrames / NOISE_STEP];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(correlation[i * NOISE_STEP]);
        }
        Arrays.sort(sizes);
        return 1.4826 * sizes[sizes.length / 2];
    }

    private List<Arrival> places(double[] correlation, double[] under, double noise) {
        List<Arrival> found = new ArrayList<>();
        double strongest = 0;
        for (int i = 0; i < MOST; i++) {
            int at = highest(correlation);
            double size = Math.abs(correlation[at]);
            strongest = Math.max(strongest, size);
            if (size < WEAKEST * strongest || size < Arrival.LEAST_NOISE_RATIO / 2 * noise) {
                break;
            }
            double likeness = size / Math.sqrt(energy * Math.max(under[at], Double.MIN_NORMAL));
            found.add(new Arrival(
                    at + crest(correlation, at),
                    correlation[at] / energy,
                    Math.min(1, likeness),
                    size / noise,
                    firmness(correlation, at, size, noise)));
            takeOut(correlation, at);
        }
        return found;
    }

    private int highest(double[] correlation) {
        int at = 0;
        for (int i = 1; i < searchFrames; i++) {
            if (Math.abs(correlation[i]) > Math.abs(correlation[at])) {
                at = i;
            }
        }
        return at;
    }

    private double crest(double[] correlation, int at) {
        if (at == 0 || at == searchFrames - 1) {
            return 0;
        }
        double before = correlation[at - 1];
        double after = correlation[at + 1];
        double curve = before - 2 * correlation[at] + after;
        return curve == 0 ? 0 : Math.clamp(0.5 * (before - after) / curve, -0.5, 0.5);
    }

    private double firmness(double[] correlation, int at, double size, double noise) {
        double rival = 0;
        for (int away = lobeFrames; away <= swingFrames; away++) {
            rival = Math.max(rival, at - away < 0 ? 0 : Math.abs(correlation[at - away]));
            rival = Math.max(rival, at + away >= searchFrames ? 0 : Math.abs(correlation[at + away]));
        }
        // Noise moves two places of the correlation together the more alike the sound is there.
        return (size - rival) / (noise * Math.sqrt(2 * (1 - selfRival)));
    }

    private void takeOut(double[] correlation, int at) {
        double size = correlation[at];
        for (int away = 0; away < self.length; away++) {
            double share = size * self[away];
            if (at - away >= 0 && away > 0) {
                correlation[at - away] -= share;
            }
            if (at + away < searchFrames) {
                correlation[at + away] -= share;
            }
        }
    }
}
