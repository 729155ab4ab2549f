package dev.entrain.musictest;

/**
 * How even a sound's level is: its mean square over 400 ms, every 100 ms (the momentary windows of EBU Tech 3341, without
 * weighting).
 *
 * @param leastDb of them, against their mean, dB
 * @param mostDb of them, against their mean, dB
 */
public record LevelSpan(double leastDb, double mostDb) {
    private static final double WINDOW_S = 0.4;
    private static final double HOP_S = 0.1;

    /** Measures a sound, one channel, at least 0.4 s. */
    public static LevelSpan of(float[] sound, int rateHz) {
        int window = (int) (WINDOW_S * rateHz);
        int hop = (int) (HOP_S * rateHz);
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        double mean = 0;
        int count = 0;
        for (int from = 0; from + window <= sound.length; from += hop) {
            double sum = 0;
            for (int i = from; i < from + window; i++) {
                sum += (double) sound[i] * sound[i];
            }
            least = Math.min(least, sum);
            most = Math.max(most, sum);
            mean += sum;
            count++;
        }
        double middle = mean / Math.max(1, count);
        return new LevelSpan(10 * Math.log10(least / middle), 10 * Math.log10(most / middle));
    }

    /** Returns the distance from the quietest to the loudest, dB. */
    public double spanDb() {
        return mostDb - leastDb;
    }
}
