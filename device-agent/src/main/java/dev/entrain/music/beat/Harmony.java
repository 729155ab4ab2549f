package dev.entrain.music.beat;

/** How much the spectrum after a moment differs from that before it: chords change on beats, and most on the first of a bar. */
final class Harmony {
    /** Bands left out at either end: drums fill them. */
    private static final int LOW_BANDS = 6;

    private static final int HIGH_BANDS = 12;

    private final ByteTrack spectrum;
    private final int bands;
    private final double hz;
    private final double[] before;
    private final double[] after;

    Harmony(OnsetFront front) {
        spectrum = front.spectrum();
        bands = front.bands();
        hz = front.frameHz() / OnsetFront.SPECTRUM_EVERY;
        before = new double[bands];
        after = new double[bands];
    }

    /** Change at a time, 0 to 1: one less the cosine between the mean amplitudes of the span before and after. */
    double change(double timeS, double spanS) {
        int at = (int) Math.round(timeS * hz);
        int span = Math.clamp(Math.round(0.9 * spanS * hz), 2, 120);
        for (int b = 0; b < bands; b++) {
            before[b] = 0;
            after[b] = 0;
        }
        for (int i = 1; i <= span; i++) {
            add(at - i, before);
            add(at + i, after);
        }
        double a = 1e-20;
        double b = 1e-20;
        double both = 0;
        for (int k = Math.min(LOW_BANDS, bands / 4); k < bands - Math.min(HIGH_BANDS, bands / 4); k++) {
            a += before[k] * before[k];
            b += after[k] * after[k];
            both += before[k] * after[k];
        }
        return Math.clamp(1 - both / Math.sqrt(a * b), 0, 1);
    }

    private void add(int frame, double[] sums) {
        for (int b = 0; b < bands; b++) {
            sums[b] += ByteTrack.amplitude(spectrum.step(frame * bands + b));
        }
    }
}
