package dev.entrain.audio;

import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Voice;
import dev.entrain.sample.Foot;

/**
 * The cues that are planned but do not sound yet, and the numbers of those that lately began to sound. Bounded by
 * {@link #CAPACITY}. Not thread-safe; realtime-safe.
 */
final class PendingCues {
    /** Most cues planned at once. A planner looks a few steps ahead, so this is reached only by a fault. */
    static final int CAPACITY = 64;

    final long[] cueId = new long[CAPACITY];
    final long[] onsetNs = new long[CAPACITY];
    final long[] decidedNs = new long[CAPACITY];
    final long[] periodNs = new long[CAPACITY];
    final float[] gain = new float[CAPACITY];
    final Foot[] foot = new Foot[CAPACITY];
    final Voice[] voice = new Voice[CAPACITY];

    /** Whether the cue will not be moved any more. */
    final boolean[] committed = new boolean[CAPACITY];

    /** Whether the cue was still ahead of the written frames when last looked at. */
    final boolean[] wasAhead = new boolean[CAPACITY];

    private final long[] begunIds = new long[CAPACITY];
    private int begunNext;
    private int count;

    /** Returns how many cues are planned; they have the indices below it. */
    int count() {
        return count;
    }

    /** Returns the index of a cue or -1. */
    int find(long id) {
        for (int i = 0; i < count; i++) {
            if (cueId[i] == id) {
                return i;
            }
        }
        return -1;
    }

    /** Plans a cue; returns whether there was room. */
    boolean add(CueCommand command) {
        if (count == CAPACITY) {
            return false;
        }
        committed[count] = false;
        fill(count, command, false);
        count++;
        return true;
    }

    /** Moves a planned cue. */
    void move(int index, CueCommand command) {
        fill(index, command, wasAhead[index] && onsetNs[index] == command.onsetNs);
    }

    /** Takes a cue out; the last one gets its index. */
    void remove(int index) {
        count--;
        cueId[index] = cueId[count];
        onsetNs[index] = onsetNs[count];
        decidedNs[index] = decidedNs[count];
        periodNs[index] = periodNs[count];
        gain[index] = gain[count];
        foot[index] = foot[count];
        voice[index] = voice[count];
        committed[index] = committed[count];
        wasAhead[index] = wasAhead[count];
    }

    /** Forgets every planned cue. */
    void clear() {
        count = 0;
    }

    /** Remembers that a cue began to sound. */
    void begun(long id) {
        begunIds[begunNext] = id;
        begunNext = (begunNext + 1) % CAPACITY;
    }

    /** Returns whether the cue is among the last {@link #CAPACITY} that began to sound. */
    boolean hasBegun(long id) {
        for (long begun : begunIds) {
            if (begun == id) {
                return true;
            }
        }
        return false;
    }

    private void fill(int index, CueCommand command, boolean ahead) {
        cueId[index] = command.cueId;
        onsetNs[index] = command.onsetNs;
        decidedNs[index] = command.decidedNs;
        periodNs[index] = command.periodNs;
        gain[index] = command.gain;
        foot[index] = command.foot;
        voice[index] = command.voice;
        wasAhead[index] = ahead;
    }
}
