package dev.entrain.music.beat;

/**
 * Which beats begin a bar, and how many beats a bar has: the bass and new harmony come with the first beat more than with
 * others, and bars repeat (Davies and Plumbley, "A spectral difference approach to extracting downbeats in musical audio",
 * 2006).
 */
final class BarFinder {
    private static final int MOST_BEATS = 4;
    private static final int LEAST_BARS = 4;

    /** A bar must stand out by this many standard errors, or it is not known. */
    private static final double LEAST_SURE = 3;

    /** Two beats on either side, so that a drum on every other one tells nothing of the harmony. */
    private static final double SPAN_BEATS = 2;

    private static final double BASS_WEIGHT = 0.3;
    private static final double NEAR_S = 0.025;

    private BarFinder() {}

    /** What was found: beats of a bar (0 unknown) and the index of the first beat that begins one. */
    record Bar(int beats, int first) {}

    /**
     * Finds the bar.
     *
     * @param beatsS times of the beats, s
     * @param harmony of the recording
     * @param thump onset strength of the bass, {@code frameHz} a second
     */
    static Bar find(double[] beatsS, Harmony harmony, float[] thump, double frameHz) {
        int n = beatsS.length;
        double[] change = new double[n];
        double[] bass = new double[n];
        for (int i = 0; i < n; i++) {
            double spanS = i + 1 < n ? beatsS[i + 1] - beatsS[i] : beatsS[i] - beatsS[i - 1];
            change[i] = harmony.change(beatsS[i], SPAN_BEATS * spanS);
            bass[i] = Envelope.peakNear(thump, beatsS[i] * frameHz, (int) (NEAR_S * frameHz));
        }
        scale(change);
        scale(bass);
        for (int i = 0; i < n; i++) {
            change[i] += BASS_WEIGHT * bass[i];
        }
        return find(change);
    }

    /** Takes the mean off and makes the deviation one. */
    private static void scale(double[] values) {
        double mean = 0;
        double square = 0;
        for (double value : values) {
            mean += value / values.length;
            square += value * value / values.length;
        }
        double deviation = Math.sqrt(Math.max(1e-12, square - mean * mean));
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - mean) / deviation;
        }
    }

    /**
     * Finds the bar whose first beats stand out most.
     *
     * @param accent how much each beat looks like the first of a bar: any scale
     */
    static Bar find(double[] accent) {
        int n = accent.length;
        scale(accent);
        Bar best = new Bar(0, 0);
        double most = LEAST_SURE;
        for (int beats = 2; beats <= MOST_BEATS; beats++) {
            if (n < beats * LEAST_BARS) {
                continue;
            }
            for (int first = 0; first < beats; first++) {
                double sum = 0;
                int count = 0;
                for (int i = first; i < n; i += beats) {
                    sum += accent[i];
                    count++;
                }
                double rest = (n - count) / (double) n;
                double sure = sum / count / rest * Math.sqrt(count * rest);
                if (sure > most) {
                    most = sure;
                    best = new Bar(beats, first);
                }
            }
        }
        return best;
    }
}
