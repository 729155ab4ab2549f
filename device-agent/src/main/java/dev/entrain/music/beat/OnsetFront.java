package dev.entrain.music.beat;

import dev.entrain.spectrum.Fft;
import java.util.Arrays;

/**
 * What is kept of a recording as it streams by: how strongly something begins, in three ranges of pitch, some 200 times
 * a second; a coarse spectrum 25 times a second; and the level of the sound every millisecond, for the exact place of
 * an onset. About 12 kB a second of music, whatever its rate.
 *
 * <p>The onset strength is the spectral flux of logarithmic bands against a maximum of neighbouring bands a moment ago,
 * which keeps a vibrato from looking like new notes (Boeck and Widmer, "Maximum filter vibrato suppression for onset
 * detection", 2013). Levels are taken against the loudest band of the last seconds, so that a quiet recording and a loud
 * one look the same. Not thread-safe.
 */
final class OnsetFront {
    /** Ranges of pitch: up to 200 Hz, to 1.6 kHz, above. */
    static final int RANGES = 3;

    /** One more row: rises below 160 Hz as they are, without compression, so that a drum stands above a plucked bass. */
    static final int THUMP = 3;

    private static final double THUMP_HZ = 160;

    /** Every how many frames the spectrum is kept. */
    static final int SPECTRUM_EVERY = 8;

    private static final double ASKED_HZ = 200;
    private static final double WINDOW_S = 0.040;
    private static final double LOWEST_HZ = 40;
    private static final double HIGHEST_HZ = 11_000;
    private static final int BANDS_PER_OCTAVE = 6;
    private static final double[] RANGE_ENDS_HZ = {200, 1600};
    private static final double LOOK_BACK_S = 0.020;
    private static final double LOUDEST_DECAY_S = 10;
    private static final double LEAST_LOUDEST = 1e-4;
    private static final double COMPRESSION = 300;

    private final int hop;
    private final double frameHz;
    private final Fft fft;
    private final double[] window;
    private final double[] re;
    private final double[] im;
    private final float[] ring;
    private final int[] bandFrom;
    private final int[] bandRange;
    private final int bands;
    private final int thumpBands;
    private final double[][] past;
    private final double decay;
    private final FloatTrack[] flux = new FloatTrack[RANGES + 1];
    private final ByteTrack spectrum = new ByteTrack();
    private final FineLevel fine;

    private int ringAt;
    private int untilFrame;
    private boolean halfPair;
    private int frame;
    private double loudest = LEAST_LOUDEST;

    OnsetFront(int rateHz) {
        hop = (int) Math.max(1, Math.round(rateHz / ASKED_HZ));
        frameHz = rateHz / (double) hop;
        int size = 1 << (int) Math.round(Math.log(rateHz * WINDOW_S) / Math.log(2));
        fft = new Fft(size);
        re = new double[fft.size()];
        im = new double[fft.size()];
        ring = new float[fft.size()];
        window = new double[fft.size()];
        for (int i = 0; i < window.length; i++) {
            // 4 / size: a sine of full scale gives a magnitude of 1.
            window[i] = (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / window.length)) * 4 / window.length;
        }
        bandFrom = bandEdges(rateHz, fft.size());
        bands = bandFrom.length - 1;
        bandRange = new int[bands];
        int below = 0;
        for (int b = 0; b < bands; b++) {
            double hz = bandFrom[b] * (double) rateHz / fft.size();
            below += hz < THUMP_HZ ? 1 : 0;
            bandRange[b] = hz < RANGE_ENDS_HZ[0] ? 0 : hz < RANGE_ENDS_HZ[1] ? 1 : 2;
        }
        thumpBands = below;
        past = new double[(int) Math.round(LOOK_BACK_S * frameHz) + 1][bands];
        decay = Math.exp(-1 / (LOUDEST_DECAY_S * frameHz));
        for (int r = 0; r <= RANGES; r++) {
            flux[r] = new FloatTrack();
        }
        fine = new FineLevel(rateHz);
        untilFrame = fft.size() / 2;
    }

    private static int[] bandEdges(int rateHz, int size) {
        double top = Math.min(HIGHEST_HZ, 0.45 * rateHz);
        int[] edges = new int[BANDS_PER_OCTAVE * 16];
        int count = 0;
        for (int i = 0; i < edges.length; i++) {
            double hz = LOWEST_HZ * Math.pow(2, i / (double) BANDS_PER_OCTAVE);
            int bin = (int) Math.max(1, Math.round(hz * size / rateHz));
            if (count == 0 || bin > edges[count - 1]) {
                edges[count++] = bin;
            }
            if (hz >= top) {
                break;
            }
        }
        return Arrays.copyOf(edges, count);
    }

    /** Takes what comes next, one channel; what is no number counts as silence. */
    void feed(float[] mono, int frames) {
        for (int i = 0; i < frames; i++) {
            float value = mono[i];
            put(Math.abs(value) <= 1e3f ? value : 0);
        }
    }

    /** Ends the recording: half a window of silence follows it. */
    void finish() {
        for (int i = 0; i < fft.size() / 2; i++) {
            put(0);
        }
        if (halfPair) {
            Arrays.fill(im, 0);
            analysePair();
        }
    }

    private void put(float value) {
        fine.put(value);
        ring[ringAt] = value;
        ringAt = (ringAt + 1) & (ring.length - 1);
        if (--untilFrame == 0) {
            untilFrame = hop;
            double[] into = halfPair ? im : re;
            for (int i = 0; i < ring.length; i++) {
                into[i] = ring[(ringAt + i) & (ring.length - 1)] * window[i];
            }
            if (halfPair) {
                analysePair();
            }
            halfPair = !halfPair;
        }
    }

    /** Two real spectra from one complex transform. */
    private void analysePair() {
        fft.forward(re, im);
        double[] first = past[frame % past.length];
        bandsOf(first, 1);
        // The second overwrites the oldest of the ring, which the first still needs.
        addFrame(first);
        double[] second = past[frame % past.length];
        bandsOf(second, -1);
        addFrame(second);
    }

    private void bandsOf(double[] into, int sign) {
        int size = fft.size();
        for (int b = 0; b < bands; b++) {
            double sum = 0;
            for (int k = bandFrom[b]; k < bandFrom[b + 1]; k++) {
                double x = sign > 0 ? re[k] + re[size - k] : im[k] + im[size - k];
                double y = sign > 0 ? im[k] - im[size - k] : re[size - k] - re[k];
                sum += Math.sqrt(x * x + y * y);
            }
            into[b] = sum / 2;
        }
    }

    private void addFrame(double[] now) {
        loudest *= decay;
        for (double value : now) {
            loudest = Math.max(loudest, value);
        }
        loudest = Math.max(loudest, LEAST_LOUDEST);
        double gain = COMPRESSION / loudest;
        // The ring has look-back + 1 places, so the place after this one is the oldest.
        double[] before = past[(frame + 1) % past.length];
        double thump = 0;
        double[] sums = new double[RANGES];
        int[] counts = new int[RANGES];
        for (int b = 0; b < bands; b++) {
            double was = before[b];
            if (b > 0) {
                was = Math.max(was, before[b - 1]);
            }
            if (b + 1 < bands) {
                was = Math.max(was, before[b + 1]);
            }
            double rise = Math.log((1 + gain * now[b]) / (1 + gain * was));
            sums[bandRange[b]] += Math.max(0, rise);
            counts[bandRange[b]]++;
            thump += b < thumpBands ? Math.max(0, now[b] - before[b]) : 0;
        }
        for (int r = 0; r < RANGES; r++) {
            flux[r].add((float) (sums[r] / Math.max(1, counts[r])));
        }
        flux[THUMP].add((float) (thump / loudest));
        if (frame % SPECTRUM_EVERY == 0) {
            for (double value : now) {
                spectrum.addPower(value * value);
            }
        }
        frame++;
    }

    /** How late the crest of the onset strength is against the onset, s: measured on clicks and tones, see the tests. */
    double fluxLateS() {
        return 0;
    }

    double frameHz() {
        return frameHz;
    }

    int bands() {
        return bands;
    }

    /** Onset strength of one range, per frame. */
    float[] flux(int range) {
        return flux[range].toArray();
    }

    /** Levels of all bands, one frame in {@value #SPECTRUM_EVERY} after the other. */
    ByteTrack spectrum() {
        return spectrum;
    }

    FineLevel fine() {
        return fine;
    }
}
