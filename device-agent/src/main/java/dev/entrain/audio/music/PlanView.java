package dev.entrain.audio.music;

/** The plan as the audio thread saw it before a block. A mutable view that the ring reuses. */
final class PlanView {
    /** Most cues of a plan; the mixer keeps no more. */
    static final int MOST = 64;

    /** Counts breaks and silences: sound made for an earlier one is never heard. */
    long epoch;

    /** Counts silences. */
    long silences;

    /** First frame not mixed yet after this block. */
    long headFrame;

    /** First frame of the block itself. */
    long blockFrame;

    int count;
    final long[] cueId = new long[MOST];
    final long[] frame = new long[MOST];
    final long[] periodNs = new long[MOST];

    void begin(long blockAt, int frames, long newEpoch, long newSilences) {
        blockFrame = blockAt;
        headFrame = blockAt + frames;
        epoch = newEpoch;
        silences = newSilences;
        count = 0;
    }

    /** Takes a cue in; they are kept in the order of their frames. */
    void add(long id, long at, long period) {
        if (count == MOST) {
            return;
        }
        int i = count++;
        while (i > 0 && frame[i - 1] > at) {
            cueId[i] = cueId[i - 1];
            frame[i] = frame[i - 1];
            periodNs[i] = periodNs[i - 1];
            i--;
        }
        cueId[i] = id;
        frame[i] = at;
        periodNs[i] = period;
    }

    boolean has(long id) {
        for (int i = 0; i < count; i++) {
            if (cueId[i] == id) {
                return true;
            }
        }
        return false;
    }
}
