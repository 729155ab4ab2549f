package dev.entrain.cue;

import java.util.Arrays;

/**
 * Pairs each step with its nearest beat. Keeps the latest few beats, final or still planned. Not thread-safe; realtime-
 * safe.
 */
public final class AsynchronyMeter {
    private static final int KEPT = 8;

    private final long[] ids = new long[KEPT];
    private final long[] onsetsNs = new long[KEPT];
    private final long[] periodsNs = new long[KEPT];
    private int found;

    /** Forgets all beats. */
    public void reset() {
        Arrays.fill(ids, 0);
    }

    /** Forgets a beat that was taken back. */
    public void forget(long cueId) {
        int slot = (int) (cueId % KEPT);
        if (ids[slot] == cueId) {
            ids[slot] = 0;
        }
    }

    /** Takes note of a beat, or of its new place. */
    public void onBeat(long cueId, long onsetNs, long periodNs) {
        int slot = (int) (cueId % KEPT);
        ids[slot] = cueId;
        onsetsNs[slot] = onsetNs;
        periodsNs[slot] = periodNs;
    }

    /**
     * Looks for the beat a step belongs to.
     *
     * @return true if a beat lies within half its period of the step; the getters then tell about it
     */
    public boolean match(long stepNs) {
        found = -1;
        for (int i = 0; i < KEPT; i++) {
            if (ids[i] != 0 && (found < 0 || distance(i, stepNs) < distance(found, stepNs))) {
                found = i;
            }
        }
        return found >= 0 && 2 * distance(found, stepNs) <= periodsNs[found];
    }

    /** Returns the matched cue's number. */
    public long cueId() {
        return ids[found];
    }

    /** Returns step minus matched beat, ns. */
    public long asynchronyNs(long stepNs) {
        return stepNs - onsetsNs[found];
    }

    private long distance(int slot, long stepNs) {
        return Math.abs(stepNs - onsetsNs[slot]);
    }
}
