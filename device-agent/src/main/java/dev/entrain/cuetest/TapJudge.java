package dev.entrain.cuetest;

import java.util.Arrays;

/**
 * Matches taps to a steady beat. All taps together say by their circular mean where around the beat this person taps; each tap
 * then belongs to the beat that brings it nearest to there, so that an output that is half a beat late is matched rightly.
 */
public final class TapJudge {
    /** Taps at the beginning that are left out: it takes a few to fall in with a beat. */
    static final int FIRST = 4;

    /** Fewest taps judged. */
    static final int FEWEST = 20;

    /** Taps a session asks for: what is left out, what is needed, and some to spare. */
    static final int WANTED = FIRST + FEWEST + 8;

    /** Earliest a tap may be of its beat, ms: an output of no latency and a person far ahead (Repp 2005: to 100 ms and more). */
    static final double EARLIEST_MS = -200;

    /** A finger or a key does not come again within this, ms. */
    private static final double BOUNCE_MS = 150;

    /** Taps of a beginner vary by about 40 ms around a beat of 750 ms; what varies more does not follow it. */
    private static final double WIDEST_MS = 50;

    private static final double FARTHEST_RUN_MS = 60;
    private static final double FOLLOWED = 0.8;
    private static final double NS_PER_MS = 1e6;

    private TapJudge() {}

    /**
     * Judges.
     *
     * @param firstNs a beat, ns
     * @param periodNs from beat to beat, ns
     * @param tapsNs the taps, ascending, ns
     */
    public static TapResult judge(long firstNs, long periodNs, long[] tapsNs) {
        double periodMs = periodNs / NS_PER_MS;
        double[] ms = new double[tapsNs.length];
        int count = 0;
        int doubles = 0;
        for (long tapNs : tapsNs) {
            double tapMs = (tapNs - firstNs) / NS_PER_MS;
            if (count > 0 && tapMs - ms[count - 1] < BOUNCE_MS) {
                doubles++;
            } else {
                ms[count++] = tapMs;
            }
        }
        ms = Arrays.copyOfRange(ms, Math.min(FIRST, count), count);
        if (ms.length < FEWEST) {
            return TapResult.refused(
                    "only " + ms.length + " taps after the first " + FIRST + "; " + FEWEST
                            + " are needed. Tap on every beat.",
                    ms.length,
                    doubles);
        }
        if (togetherness(ms, periodMs) < FOLLOWED) {
            String why = togetherness(ms, periodMs / 2) >= FOLLOWED
                    ? "there were taps on the beats and between them. Tap once for every beat."
                    : "the taps do not follow the beat. Listen to a few beats first, then tap with them.";
            return TapResult.refused(why, ms.length, doubles);
        }
        return judge(ms, lags(ms, periodMs), doubles);
    }

    private static TapResult judge(double[] ms, double[] lags, int doubles) {
        double spread = Robust.spread(lags);
        double run = Robust.slope(ms, lags) * (ms[ms.length - 1] - ms[0]);
        if (Math.abs(run) > FARTHEST_RUN_MS) {
            return TapResult.refused("the taps ran away from the beat. Stay with it.", ms.length, doubles);
        }
        if (spread > WIDEST_MS) {
            String why = "the taps are too uneven (spread " + Math.round(spread) + " ms, at most "
                    + Math.round(WIDEST_MS) + "). Sit down, tap with one finger.";
            return TapResult.refused(why, ms.length, doubles);
        }
        return new TapResult("", ms.length, doubles, Robust.median(lags), spread);
    }

    /** Returns the length of the mean direction of the taps around a circle of one period, 0 to 1. */
    private static double togetherness(double[] ms, double periodMs) {
        double[] mean = mean(ms, periodMs);
        return Math.hypot(mean[0], mean[1]);
    }

    private static double[] mean(double[] ms, double periodMs) {
        double x = 0;
        double y = 0;
        for (double tap : ms) {
            x += Math.cos(2 * Math.PI * tap / periodMs) / ms.length;
            y += Math.sin(2 * Math.PI * tap / periodMs) / ms.length;
        }
        return new double[] {x, y};
    }

    private static double[] lags(double[] ms, double periodMs) {
        double[] mean = mean(ms, periodMs);
        double angle = Math.atan2(mean[1], mean[0]);
        double centre = modulo(angle / (2 * Math.PI) * periodMs - EARLIEST_MS, periodMs) + EARLIEST_MS;
        double[] lags = new double[ms.length];
        for (int i = 0; i < ms.length; i++) {
            lags[i] = centre + modulo(ms[i] - centre + periodMs / 2, periodMs) - periodMs / 2;
        }
        return lags;
    }

    private static double modulo(double value, double by) {
        return value - by * Math.floor(value / by);
    }
}
