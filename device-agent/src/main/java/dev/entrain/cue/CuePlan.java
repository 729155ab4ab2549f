package dev.entrain.cue;

/**
 * The beats as the sink knows them: the newest final one, the planned one, and which of them sound. A thinned beat keeps
 * its place on the grid, but is no cue: nothing is sent of it and no step is paired with it for others. Not thread-safe;
 * realtime-safe.
 */
final class CuePlan {
    private final CueSink sink;
    private final AsynchronyMeter cues = new AsynchronyMeter();
    private final AsynchronyMeter beats = new AsynchronyMeter();
    private final CueCommand command = new CueCommand();
    private final Beat last = new Beat();
    private final Beat pending = new Beat();
    private boolean hasLast;
    private boolean hasPending;
    private boolean pendingSounds;
    private boolean lastSounds;
    private float pendingGain;
    private float lastGain;
    private long pendingId;
    private long pendingBeat;
    private long lastId;
    private long lastBeat;
    private int oneIn = 1;
    private int thinned;
    private boolean unsilenced;

    CuePlan(CueSink sink) {
        this.sink = sink;
    }

    void thin(int one) {
        oneIn = one;
        thinned = 0;
    }

    boolean hasLast() {
        return hasLast;
    }

    boolean hasPending() {
        return hasPending;
    }

    /** Returns the newest final beat; of meaning while there is one. */
    Beat last() {
        return last;
    }

    /** Returns whether the newest final beat sounds. */
    boolean lastSounds() {
        return lastSounds;
    }

    /** Returns whether all beats are thinned away. */
    boolean mute() {
        return oneIn == 0;
    }

    /** Returns the loudness of the newest final beat. */
    float lastGain() {
        return lastGain;
    }

    /** Returns when the planned beat sounds, ns. */
    long pendingNs() {
        return pending.onsetNs;
    }

    /** Returns the pairing of steps with the beats that sound. */
    AsynchronyMeter cues() {
        return cues;
    }

    /** Returns the pairing of steps with all beats. */
    AsynchronyMeter beats() {
        return beats;
    }

    /** Plans a beat or moves the planned one. */
    void place(Beat proposal, float gain, boolean always, long nowNs) {
        boolean moved = !hasPending
                || proposal.onsetNs != pending.onsetNs
                || proposal.foot != pending.foot
                || gain != pendingGain
                || (always && !pendingSounds);
        if (!hasPending) {
            hasPending = true;
            pendingBeat = ++lastBeat;
            pendingSounds = oneIn > 0 && thinned % oneIn == 0;
            pendingId = pendingSounds ? ++lastId : 0;
            thinned++;
        }
        if (always && !pendingSounds) {
            pendingSounds = true;
            pendingId = ++lastId;
        }
        pendingGain = gain;
        pending.copyFrom(proposal);
        if (moved) {
            beats.onBeat(pendingBeat, pending.onsetNs, pending.periodNs);
            if (pendingSounds) {
                cues.onBeat(pendingId, pending.onsetNs, pending.periodNs);
                send(CueCommand.Kind.SCHEDULE, nowNs);
            }
        }
    }

    /** Makes the planned beat final. */
    void commit(long nowNs) {
        if (pendingSounds) {
            send(CueCommand.Kind.COMMIT, nowNs);
        }
        last.copyFrom(pending);
        lastGain = pendingGain;
        lastSounds = pendingSounds;
        hasLast = true;
        hasPending = false;
    }

    /** Ends the train without a word to the card: the planned beat is taken back, what is final still sounds. */
    void end(long nowNs) {
        if (hasPending) {
            beats.forget(pendingBeat);
            if (pendingSounds) {
                cues.forget(pendingId);
                send(CueCommand.Kind.WITHDRAW, nowNs);
            }
        }
        hasLast = false;
        hasPending = false;
    }

    /** Ends the train and all sound, also of beats that were final when another train ended. */
    void silence(long nowNs) {
        hasLast = false;
        hasPending = false;
        cues.reset();
        beats.reset();
        if (unsilenced) {
            pendingId = 0;
            pending.onsetNs = nowNs;
            send(CueCommand.Kind.SILENCE, nowNs);
        }
    }

    private void send(CueCommand.Kind kind, long nowNs) {
        unsilenced = kind != CueCommand.Kind.SILENCE;
        command.kind = kind;
        command.cueId = pendingId;
        command.onsetNs = pending.onsetNs;
        command.decidedNs = nowNs;
        command.foot = pending.foot;
        command.voice = CueCommand.Voice.BEAT;
        command.periodNs = pending.periodNs;
        command.gain = pendingGain;
        sink.onCue(command);
    }
}
