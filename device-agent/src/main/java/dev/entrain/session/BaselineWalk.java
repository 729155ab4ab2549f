package dev.entrain.session;

import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import dev.entrain.sample.Foot;
import java.util.Arrays;

/**
 * The walk that gives C0: 60 over half the median stride time of steady walking. Strides, not steps, because a hemiparetic
 * walker's steps are alternately long and short while both feet's strides take the same time.
 *
 * <p>Not steady are the first {@value #INITIATION} strides of each foot after a pause, the last before one, turns and
 * freezing. Keeps the newest {@value #KEPT} strides. Not thread-safe; realtime-safe.
 */
final class BaselineWalk {
    static final int KEPT = 512;

    /** Gait is steady after some three steps. */
    static final int INITIATION = 2;

    /** No contact for so long is a pause, ns (the shortest silence rule of the planner). */
    private static final long PAUSE_NS = 2_000_000_000L;

    /** Plausible strides (Mobilise-D; as in StepPeriod), ns. */
    private static final long MIN_STRIDE_NS = 400_000_000L;

    private static final long MAX_STRIDE_NS = 3_000_000_000L;

    /** Plausible speeds (Mobilise-D), m/s. */
    private static final double MIN_SPEED_MPS = 0.08;

    private static final double MAX_SPEED_MPS = 2.22;

    /** Fewest strides with a speed to say one. */
    private static final int MIN_SPEEDS = 10;

    /** Time before a freeze that belongs to it: steps shorten and hurry, ns. */
    private static final long BEFORE_FREEZE_NS = 2_000_000_000L;

    private final long[] endsNs = new long[KEPT];
    private final long[] durationsNs = new long[KEPT];
    private final int[] feet = new int[KEPT];
    private final long[] sorted = new long[KEPT];
    private final double[] speedsMps = new double[KEPT];
    private final double[] sortedMps = new double[KEPT];
    private final long[] lastContactNs = new long[Foot.COUNT];
    private final boolean[] seen = new boolean[Foot.COUNT];
    private final int[] unsteady = new int[Foot.COUNT];
    private long newestNs;
    private boolean frozen;
    private int count;
    private int at;
    private int speeds;
    private int speedAt;

    /** Forgets everything. */
    void reset() {
        count = 0;
        at = 0;
        speeds = 0;
        speedAt = 0;
        Arrays.fill(durationsNs, 0);
        walkOn();
    }

    /** Says that walking was interrupted: the next strides are gait initiation. */
    void walkOn() {
        frozen = false;
        Arrays.fill(seen, false);
        Arrays.fill(unsteady, INITIATION);
    }

    /** Takes a gait event. */
    void onGaitEvent(GaitEvent event) {
        switch (event.kind) {
            case INITIAL_CONTACT -> onContact(event.foot.ordinal(), event.timeNs);
            case CONTACT_REVISED -> onRevised(event.foot.ordinal(), event.formerNs, event.timeNs);
            case FREEZE_ON -> {
                frozen = true;
                exclude(event.timeNs - BEFORE_FREEZE_NS, event.decidedNs);
            }
            case FREEZE_OFF -> {
                walkOn();
            }
            default -> {}
        }
    }

    /** Takes a stride for its speed. */
    void onStride(StrideEstimate stride) {
        // A speed that is not known fails both comparisons.
        if (!frozen && stride.speedMps >= MIN_SPEED_MPS && stride.speedMps <= MAX_SPEED_MPS) {
            speedsMps[speedAt] = stride.speedMps;
            speedAt = (speedAt + 1) % KEPT;
            speeds = Math.min(speeds + 1, KEPT);
        }
    }

    /** Takes a turn: the strides in it are told before it. */
    void onTurn(Turn turn) {
        exclude(turn.startNs, turn.endNs);
    }

    /** Returns the number of steady strides, both feet together. */
    int strides() {
        int steady = 0;
        for (int i = 0; i < count; i++) {
            steady += durationsNs[i] > 0 ? 1 : 0;
        }
        return steady;
    }

    /** Returns C0, steps/min; NaN without a steady stride. */
    double cadenceSpm() {
        int steady = 0;
        for (int i = 0; i < count; i++) {
            if (durationsNs[i] > 0) {
                sorted[steady++] = durationsNs[i];
            }
        }
        if (steady == 0) {
            return Double.NaN;
        }
        Arrays.sort(sorted, 0, steady);
        double medianNs = (sorted[(steady - 1) / 2] + sorted[steady / 2]) / 2.0;
        return 120e9 / medianNs;
    }

    /** Returns the median speed, m/s; NaN where the sensors do not offer enough of them. */
    double speedMps() {
        if (speeds < MIN_SPEEDS) {
            return Double.NaN;
        }
        System.arraycopy(speedsMps, 0, sortedMps, 0, speeds);
        Arrays.sort(sortedMps, 0, speeds);
        return (sortedMps[(speeds - 1) / 2] + sortedMps[speeds / 2]) / 2;
    }

    private void onContact(int foot, long timeNs) {
        if (!frozen && (seen[0] || seen[1]) && timeNs - newestNs > PAUSE_NS) {
            dropNewest(0);
            dropNewest(1);
            walkOn();
        }
        long strideNs = timeNs - lastContactNs[foot];
        if (!frozen && seen[foot] && strideNs >= MIN_STRIDE_NS && strideNs <= MAX_STRIDE_NS) {
            if (unsteady[foot] > 0) {
                unsteady[foot]--;
            } else {
                endsNs[at] = timeNs;
                durationsNs[at] = strideNs;
                feet[at] = foot;
                at = (at + 1) % KEPT;
                count = Math.min(count + 1, KEPT);
            }
        }
        seen[foot] = true;
        lastContactNs[foot] = timeNs;
        newestNs = timeNs;
    }

    private void onRevised(int foot, long formerNs, long timeNs) {
        int newest = newestOf(foot);
        if (newest >= 0 && endsNs[newest] == formerNs && durationsNs[newest] > 0) {
            endsNs[newest] = timeNs;
            durationsNs[newest] += timeNs - formerNs;
        }
        lastContactNs[foot] = timeNs;
    }

    private void dropNewest(int foot) {
        int newest = newestOf(foot);
        if (newest >= 0) {
            durationsNs[newest] = 0;
        }
    }

    private int newestOf(int foot) {
        for (int i = 1; i <= count; i++) {
            int slot = (at + KEPT - i) % KEPT;
            if (feet[slot] == foot) {
                return slot;
            }
        }
        return -1;
    }

    private void exclude(long fromNs, long toNs) {
        for (int i = 0; i < count; i++) {
            if (endsNs[i] - fromNs > 0 && endsNs[i] - durationsNs[i] - toNs < 0) {
                durationsNs[i] = 0;
            }
        }
    }
}
