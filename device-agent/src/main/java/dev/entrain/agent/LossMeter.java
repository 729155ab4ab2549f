package dev.entrain.agent;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;

/** Counts the readings each foot's sensor lost in the last {@value #SECONDS} s. For the control thread; realtime-safe. */
final class LossMeter {
    static final int SECONDS = 5;

    /** A jump over more readings is a sensor that began anew, no loss: over 2 s at 400 Hz. */
    private static final int LONGEST_JUMP = 1_000;

    private final int[][] came = new int[Foot.COUNT][SECONDS];
    private final int[][] lost = new int[Foot.COUNT][SECONDS];
    private final int[] lastSeq = new int[Foot.COUNT];
    private final boolean[] seen = new boolean[Foot.COUNT];
    private final long[] beganNs = new long[SECONDS];
    private int second;

    void onSample(ImuSample sample) {
        int foot = sample.foot.ordinal();
        int step = sample.seq - lastSeq[foot];
        if (seen[foot] && step > 1 && step <= LONGEST_JUMP) {
            lost[foot][second] += step - 1;
        }
        seen[foot] = true;
        lastSeq[foot] = sample.seq;
        came[foot][second]++;
    }

    /** Returns what was lost, %; NaN if nothing came. */
    double lossPct(Foot foot) {
        int i = foot.ordinal();
        int cameSum = 0;
        int lostSum = 0;
        for (int s = 0; s < SECONDS; s++) {
            cameSum += came[i][s];
            lostSum += lost[i][s];
        }
        return cameSum == 0 ? Double.NaN : 100.0 * lostSum / (cameSum + lostSum);
    }

    /** Returns how many readings came a second; NaN before {@value #SECONDS} s are over. */
    double rateHz(Foot foot, long nowNs) {
        long oldestNs = beganNs[(second + 1) % SECONDS];
        int cameSum = 0;
        for (int s = 0; s < SECONDS; s++) {
            cameSum += came[foot.ordinal()][s];
        }
        return oldestNs == 0 ? Double.NaN : cameSum * 1e9 / (nowNs - oldestNs);
    }

    /** Another second begins, and the oldest is forgotten. */
    void nextSecond(long nowNs) {
        second = (second + 1) % SECONDS;
        beganNs[second] = nowNs;
        for (int i = 0; i < Foot.COUNT; i++) {
            came[i][second] = 0;
            lost[i][second] = 0;
        }
    }
}
