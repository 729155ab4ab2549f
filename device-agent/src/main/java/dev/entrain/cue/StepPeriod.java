package dev.entrain.cue;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import java.util.Arrays;

/**
 * The walker's present step period: half the median of the latest stride times of either foot. Strides, not steps,
 * because a hemiparetic walker's steps are alternately long and short while both feet's strides take the same time. Not
 * thread-safe; realtime-safe.
 */
public final class StepPeriod {
    /** Strides shorter than this are double detections, longer ones are pauses (Mobilise-D plausibility bounds), ns. */
    private static final long MIN_STRIDE_NS = 400_000_000L;

    private static final long MAX_STRIDE_NS = 3_000_000_000L;
    private static final int WINDOW = 6;

    /** Strides needed before the period is believed: two of each foot, or three of one where only one is worn. */
    private static final int ENOUGH = 3;

    /** Strides of the newest {@link #ENOUGH} that differ by less are steady; healthy walkers vary by 2 % (CV). */
    private static final double STEADY_SPREAD = 0.05;

    private final long[] strides = new long[WINDOW];
    private final long[] sorted = new long[WINDOW];
    private final long[] lastContactNs = new long[Foot.COUNT];
    private final boolean[] seen = new boolean[Foot.COUNT];
    private int count;
    private int at;
    private long periodNs;

    /** Forgets all strides. */
    public void reset() {
        count = 0;
        at = 0;
        periodNs = 0;
        Arrays.fill(seen, false);
    }

    /** Takes an initial contact; other events are ignored. */
    public void onGaitEvent(GaitEvent event) {
        if (event.kind != GaitEvent.Kind.INITIAL_CONTACT) {
            return;
        }
        int foot = event.foot.ordinal();
        long strideNs = event.timeNs - lastContactNs[foot];
        if (seen[foot] && strideNs > MAX_STRIDE_NS) {
            // A pause, or the sensors were blind: earlier strides count no more. The period stays until there is a new
            // one, because beats may still be going on with it.
            count = 0;
            at = 0;
        } else if (seen[foot] && strideNs >= MIN_STRIDE_NS) {
            strides[at] = strideNs;
            at = (at + 1) % WINDOW;
            count = Math.min(count + 1, WINDOW);
            periodNs = median() / 2;
        }
        seen[foot] = true;
        lastContactNs[foot] = event.timeNs;
    }

    /** Returns whether enough strides were seen to believe the period. */
    public boolean known() {
        return count >= ENOUGH;
    }

    /**
     * Returns whether the walker has found a rhythm: the newest strides are alike, or so many were seen that this walker's
     * never are. Steps of gait initiation are slower than those that follow; a cue set by them would be late for long,
     * because tempo may change only slowly.
     */
    public boolean steady() {
        return count == WINDOW || (known() && spread() < STEADY_SPREAD * 2 * periodNs);
    }

    /** Returns the step period, ns; 0 before the first stride. */
    public long periodNs() {
        return periodNs;
    }

    /** Returns the cadence, steps/min; NaN before the first stride. */
    public double cadenceSpm() {
        return periodNs == 0 ? Double.NaN : 60e9 / periodNs;
    }

    private long spread() {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 1; i <= ENOUGH; i++) {
            long strideNs = strides[(at + WINDOW - i) % WINDOW];
            least = Math.min(least, strideNs);
            most = Math.max(most, strideNs);
        }
        return most - least;
    }

    private long median() {
        System.arraycopy(strides, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
    }
}
