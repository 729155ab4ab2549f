package dev.entrain.cue;

import dev.entrain.sample.Foot;

/**
 * One change of the cue plan. A mutable view that rings and producers reuse. A cue is named by {@link #cueId}: a later
 * {@link Kind#SCHEDULE} with the same id moves it, {@link Kind#WITHDRAW} takes it back, {@link Kind#SILENCE} ends all sound.
 */
public final class CueCommand {
    /** What to do. */
    public enum Kind {
        /** Plan a cue, or move a planned one. */
        SCHEDULE,
        /** The planned cue will not change any more. */
        COMMIT,
        /** Forget a planned cue. */
        WITHDRAW,
        /**
         * Forget every cue, fade within 5 ms whatever is still to be given to the card, stay silent until the next
         * SCHEDULE. What the card was given before (up to 48 ms) is heard.
         */
        SILENCE,
        /** Speak {@link #prompt} at once; nothing else of the command counts. */
        SAY
    }

    /** The sound to play. */
    public enum Voice {
        /** A plain beat. */
        BEAT,
        /** An accented beat. */
        ACCENT
    }

    /** What to do. */
    public Kind kind = Kind.SCHEDULE;

    /** Running number of the cue within the walk, from 1. */
    public long cueId;

    /** When the sound must start, CLOCK_MONOTONIC (or recording) ns. */
    public long onsetNs;

    /** Time of the newest sample the decision used, ns. */
    public long decidedNs;

    /** The foot the cue is for. */
    public Foot foot = Foot.LEFT;

    /** The sound. */
    public Voice voice = Voice.BEAT;

    /** The words of {@link Kind#SAY}. */
    public Prompt prompt = Prompt.WALK;

    /** Beat period at this cue, ns. */
    public long periodNs;

    /** Loudness factor on top of the configured level, 0 to 1. */
    public float gain = 1f;

    /** Copies every field of another view into this one. */
    public void copyFrom(CueCommand other) {
        kind = other.kind;
        cueId = other.cueId;
        onsetNs = other.onsetNs;
        decidedNs = other.decidedNs;
        foot = other.foot;
        voice = other.voice;
        prompt = other.prompt;
        periodNs = other.periodNs;
        gain = other.gain;
    }
}
