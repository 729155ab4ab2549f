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

    private BarFinder() {}

    /** What was found: beats of a bar (0 unknown) and the index of the first beat that begins one. */
    record Bar(int beats, int first) {}

    /**
     * Finds the bar.
     *
     * @param accent how much each beat looks like the first of a bar: any scale
     */
    static Bar find(double[] accent) {
        int n = accent.length;
        double mean = 0;
        double square = 0;
        for (double value : accent) {
            mean += value / Math.max(1, n);
            square += value * value / Math.max(1, n);
        }
        double deviation = Math.sqrt(Math.max(1e-12, square - mean * mean));
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
                    sum += accent[i] - mean;
                    count++;
                }
                double rest = (n - count) / (double) n;
                double sure = sum / count / rest / deviation * Math.sqrt(count * rest);
                if (sure > most) {
                    most = sure;
                    best = new Bar(beats, first);
                }
            }
        }
        return best;
    }
}
