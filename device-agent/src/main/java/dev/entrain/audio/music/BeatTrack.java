package dev.entrain.audio.music;

/**
 * The planned beats as the music thread knows them: those lately passed and those to come, each with an ordinal. Ordinals are
 * places on the beats' grid, so where beats are left out they step by more than one. What lies beyond the last planned beat is
 * guessed by its period. Not thread-safe; allocates nothing.
 */
final class BeatTrack {
    private static final int MOST = 2 * PlanView.MOST;
    private static final int KEPT = 8;

    /** A first beat after a silence is no neighbour of those before. */
    private static final long APART = 1_000;

    private static final double NS_PER_S = 1e9;

    private final int rateHz;
    private final long[] id = new long[MOST];
    private final long[] frame = new long[MOST];
    private final long[] ordinal = new long[MOST];
    private final double[] period = new double[MOST];
    private int count;
    private long nextFree = APART;

    /**
     * Makes an empty one.
     *
     * @param rateHz frames per second of the stream
     */
    BeatTrack(int rateHz) {
        this.rateHz = rateHz;
    }

    /** Forgets everything: beats that come later are another train. */
    void clear() {
        if (count > 0) {
            nextFree = ordinal[count - 1] + APART;
        }
        count = 0;
    }

    /** Takes the plan as it is now. */
    void update(PlanView view) {
        for (int i = count - 1; i >= 0 && frame[i] >= view.blockFrame; i--) {
            if (!view.has(id[i])) {
                remove(i, 1); // Withdrawn; also one with others after it.
            }
        }
        for (int i = 0; i < view.count; i++) {
            take(view.cueId[i], view.frame[i], view.periodNs[i] * rateHz / NS_PER_S);
        }
        int old = 0;
        while (old + KEPT < count && frame[old + KEPT] < view.blockFrame) {
            old++;
        }
        remove(0, old);
    }

    /** Returns whether any beat is known. */
    boolean any() {
        return count > 0;
    }

    /** Returns the ordinal of the last planned beat; there must be one. */
    long last() {
        return ordinal[count - 1];
    }

    /** Returns the interval to the beat before the last planned one on the grid, frames; there must be one. */
    double periodFrames() {
        return period[count - 1];
    }

    /**
     * Returns whether beats come one after the other around a frame: the last one known has a neighbour before it and is not
     * long past.
     */
    boolean steady(double atFrame) {
        return count > 1
                && ordinal[count - 1] - ordinal[count - 2] == 1
                && atFrame < frame[count - 1] + 0.6 * period[count - 1];
    }

    /** Returns the ordinal of the first beat on a frame or later, known or guessed; there must be one known. */
    long from(double atFrame) {
        if (frame[count - 1] < atFrame) {
            return ordinal[count - 1] + (long) Math.ceil((atFrame - frame[count - 1]) / period[count - 1]);
        }
        int i = count - 1;
        while (i > 0 && frame[i - 1] >= atFrame) {
            i--;
        }
        if (i == 0) {
            return ordinal[0] - (long) Math.floor((frame[0] - atFrame) / period[0]);
        }
        double perBeat = (double) (frame[i] - frame[i - 1]) / (ordinal[i] - ordinal[i - 1]);
        return ordinal[i] - (long) Math.floor((frame[i] - atFrame) / perBeat);
    }

    /** Returns the frame of a place on the grid, between and beyond the planned beats guessed; there must be one planned. */
    double frameOf(long place) {
        if (place >= ordinal[count - 1]) {
            return frame[count - 1] + (place - ordinal[count - 1]) * period[count - 1];
        }
        int i = count - 1;
        while (i > 0 && ordinal[i - 1] >= place) {
            i--;
        }
        if (i == 0) {
            return frame[0] - (ordinal[0] - place) * period[0];
        }
        double perBeat = (double) (frame[i] - frame[i - 1]) / (ordinal[i] - ordinal[i - 1]);
        return frame[i] - (ordinal[i] - place) * perBeat;
    }

    /** Returns the index of the first planned beat after an ordinal, or -1. */
    int after(long place) {
        for (int i = 0; i < count; i++) {
            if (ordinal[i] > place) {
                return i;
            }
        }
        return -1;
    }

    long ordinalAt(int index) {
        return ordinal[index];
    }

    long frameAt(int index) {
        return frame[index];
    }

    long idAt(int index) {
        return id[index];
    }

    private void take(long cueId, long at, double periodFrames) {
        for (int i = count - 1; i >= 0; i--) {
            if (id[i] == cueId) {
                frame[i] = at;
                period[i] = periodFrames;
                return;
            }
        }
        if (!(periodFrames >= 1)) {
            return;
        }
        if (count > 0 && at <= frame[count - 1]) {
            between(cueId, at, periodFrames);
            return;
        }
        if (count == MOST) {
            remove(0, 1);
        }
        long place = nextFree;
        if (count > 0) {
            long steps = Math.round((at - frame[count - 1]) / periodFrames);
            place = ordinal[count - 1] + Math.max(1, steps);
        }
        id[count] = cueId;
        frame[count] = at;
        period[count] = periodFrames;
        ordinal[count] = place;
        nextFree = place + APART;
        count++;
    }

    /** A beat among those known: where one was withdrawn before. It is left out where there is no place for it. */
    private void between(long cueId, long at, double periodFrames) {
        int after = count - 1;
        while (after > 0 && frame[after - 1] >= at) {
            after--;
        }
        long place = ordinal[after] - Math.round((frame[after] - at) / period[after]);
        if (after == 0 || count == MOST || place >= ordinal[after] || place <= ordinal[after - 1]) {
            return;
        }
        move(after, 1);
        id[after] = cueId;
        frame[after] = at;
        period[after] = periodFrames;
        ordinal[after] = place;
    }

    private void remove(int from, int howMany) {
        move(from + howMany, -howMany);
    }

    private void move(int from, int by) {
        int to = from + by;
        int length = count - from;
        System.arraycopy(id, from, id, to, length);
        System.arraycopy(frame, from, frame, to, length);
        System.arraycopy(ordinal, from, ordinal, to, length);
        System.arraycopy(period, from, period, to, length);
        count += by;
    }
}
